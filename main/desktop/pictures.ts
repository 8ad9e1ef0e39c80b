import { clipboard, nativeImage, type NativeImage } from 'electron';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { type PictureSize, pictureSizeOf } from './picture-size';
import { readQr } from './qr-reader';

/** Most pixels of a picture that is decoded: 64 MB of memory. */
const maxPixels = 16_000_000;
/** Longer sides are scaled down: the squares of a QR code stay large enough, and the search stays short. */
const maxSide = 2000;

/** Finds QR codes in pictures. Text is UTF-8 in bytes of its own, which the caller wipes; null where no code was found. */
export class Pictures {
  readonly #workerUrl: URL;

  /** @param workerUrl - The built `qr-worker`. */
  constructor(workerUrl: URL) {
    this.#workerUrl = workerUrl;
  }

  /**
   * Reads the code in a PNG or JPEG file.
   *
   * @param bytes - Of the file; not changed.
   * @throws CofferError `bad-request` if it is no such picture, or a very large one.
   */
  readQrCode(bytes: Uint8Array): Promise<Uint8Array | null> {
    const size = pictureSizeOf(bytes);
    if (size === null) throw new CofferError('bad-request', say('main-desktop.picture-expected-a-png-or-jpeg-file'));
    checkSize(size);
    return this.#read(nativeImage.createFromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)));
  }

  /**
   * Reads the code in the picture on the clipboard.
   *
   * @throws CofferError `bad-request` if there is no picture.
   */
  async readQrCodeOnClipboard(): Promise<Uint8Array | null> {
    // Electron 33 has the picture at once; Electron 45 has items like those of the web.
    const old = clipboard as unknown as { readonly readImage?: () => NativeImage };
    if (old.readImage !== undefined) return this.#read(old.readImage());
    for (const item of await clipboard.read()) {
      if (!item.types.includes('image/png')) continue;
      const blob = await item.getType<'image/png'>('image/png');
      return this.readQrCode(new Uint8Array(await blob.arrayBuffer()));
    }
    throw new CofferError('bad-request', say('main-desktop.clipboard-expected-a-picture-on-it'));
  }

  #read(image: NativeImage): Promise<Uint8Array | null> {
    const { width, height } = image.getSize();
    if (width === 0 || height === 0)
      throw new CofferError('bad-request', say('main-desktop.picture-expected-one-that-can-be-shown'));
    // A clipboard's picture may have been decoded by the system already; here nothing of it was copied yet.
    checkSize({ width, height });
    const scaled = scaledDown(image, { width, height });
    return readQr(this.#workerUrl, { data: scaled.toBitmap(), ...scaled.getSize() });
  }
}

function checkSize({ width, height }: PictureSize): void {
  if (width * height <= maxPixels) return;
  throw new CofferError(
    'bad-request',
    say('main-desktop.picture-expected-at-most-megapixels-cut-out-the', { megapixels: maxPixels / 1_000_000 }),
  );
}

function scaledDown(image: NativeImage, { width, height }: PictureSize): NativeImage {
  const scale = maxSide / Math.max(width, height);
  if (scale >= 1) return image;
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return image.resize({ width: scaled(width), height: scaled(height), quality: 'good' });
}
