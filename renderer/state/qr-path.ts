import { encodeQR } from 'qr';

/** Width of the light rim that readers need, in squares (ISO/IEC 18004, quiet zone). */
const rim = 4;

/** A QR code as one path of an SVG: unit squares, dark on light, inside the light rim that readers need. */
export interface QrPath {
  /** Squares a side, rim included. */
  readonly size: number;
  /** For `<path d>`. */
  readonly path: string;
}

/**
 * Draws a QR code, here and without asking anybody.
 *
 * @param text - What a reader finds in it.
 * @returns The dark squares; the caller lays them on white.
 */
export function qrPath(text: string): QrPath {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: rim });
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter((square) => square !== '')
    .join('');
  return { size: rows.length, path };
}
