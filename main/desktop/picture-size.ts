/** Width and height in pixels, as a picture's file says before anything of it is decoded. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What precedes IHDR's numbers: the signature, the chunk's length of 13, and its name (PNG, third edition, §5.2 and §11.2.1). */
const pngHead = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52);
/** SOF0 to SOF15, without DHT, JPG and DAC (ITU-T T.81, table B.1). */
const frameMarkers = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];

/**
 * Reads the size of a PNG or JPEG picture, so that its cost is known before it is paid.
 *
 * @param bytes - Of the file; not changed.
 * @returns Null for anything else, and for a picture that says no size.
 */
export function pictureSizeOf(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length >= 24 && pngHead.every((byte, at) => bytes[at] === byte)) {
    return sizeOrNull(view.getUint32(16), view.getUint32(20));
  }
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSize(view) : null;
}

/** Goes from segment to segment up to the frame header (ITU-T T.81, B.1.1.4 and B.2.2). */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++; // a fill byte
      continue;
    }
    if (frameMarkers.includes(marker)) return sizeOrNull(view.getUint16(at + 7), view.getUint16(at + 5));
    const length = view.getUint16(at + 2);
    // Start of scan or end of image before any frame.
    if (marker === 0xda || marker === 0xd9 || length < 2) return null;
    at += 2 + length;
  }
  return null;
}

function sizeOrNull(width: number, height: number): PictureSize | null {
  return width > 0 && height > 0 ? { width, height } : null;
}
