import { parentPort } from 'node:worker_threads';
import { decodeQR } from 'qr/decode.js';

/** Above the default of one frame of a camera: a still picture is looked at once. */
const timeLimitMs = 1500;

// The decoder gives a string, which cannot be wiped; it lives in this thread's heap, which ends with the thread.
parentPort?.on('message', ({ pixels, width, height }: { pixels: Uint8Array; width: number; height: number }) => {
  parentPort?.postMessage(textOf({ data: pixels, width, height }));
});

function textOf(picture: { data: Uint8Array; width: number; height: number }): Uint8Array | null {
  layOnWhite(picture.data);
  try {
    return new TextEncoder().encode(decodeQR(picture, { format: 'BGRA', timeLimit: timeLimitMs, effort: 8 }));
  } catch {
    // It says "not found" in many ways, and none of them means more to the user.
    return null;
  } finally {
    picture.data.fill(0);
  }
}

/** What is transparent shows the page below it. Colours are multiplied by alpha already, as Chromium keeps them. */
function layOnWhite(pixels: Uint8Array): void {
  for (let at = 3; at < pixels.length; at += 4) {
    const rest = 0xff - (pixels[at] ?? 0);
    if (rest === 0) continue;
    for (let colour = at - 3; colour < at; colour++) pixels[colour] = Math.min(0xff, (pixels[colour] ?? 0) + rest);
  }
}
