import { Worker } from 'node:worker_threads';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** Decoded pixels: four bytes each, blue, green, red and alpha, row by row; colours are multiplied by alpha. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** After this a picture has no QR code that anybody would wait for. */
const timeoutMs = 5000;

/**
 * Finds a QR code in a thread of its own, which is given up afterwards with all that it saw.
 *
 * @param workerUrl - The built `qr-worker`.
 * @param pixels - Handed over to the thread: the caller's array is wiped.
 * @returns The text as UTF-8 bytes, which the caller owns and wipes; null if no code was found.
 * @throws CofferError `internal` if the thread fails.
 */
export async function readQr(workerUrl: URL, { data, width, height }: Pixels): Promise<Uint8Array | null> {
  const worker = new Worker(workerUrl);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Uint8Array | null>((resolve, reject) => {
      const failed = (cause: unknown) =>
        reject(new CofferError('internal', say('main-desktop.picture-looking-for-a-qr-code-failed'), { cause }));
      worker.once('message', (text: Uint8Array | null) => resolve(text));
      worker.once('error', failed);
      worker.once('exit', failed);
      timer = setTimeout(() => resolve(null), timeoutMs);
      const pixels = Uint8Array.from(data);
      data.fill(0);
      worker.postMessage({ pixels, width, height }, [pixels.buffer]);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
