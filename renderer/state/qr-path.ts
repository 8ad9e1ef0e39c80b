import { encodeQR } from 'qr';

/** A QR code as one path of an SVG: unit squares, dark on light, without the light rim that readers need. */
export interface QrPath {
  /** Squares a side. */
  readonly size: number;
  /** For `<path d>`. */
  readonly path: string;
}

/**
 * Draws a QR code, here and without asking anybody.
 *
 * @param text - What a reader finds in it.
 * @returns The path; the caller adds a rim of four light squares (ISO/IEC 18004 §6.3.8).
 */
export function qrPath(text: string): QrPath {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 0 });
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter((square) => square !== '')
    .join('');
  return { size: rows.length, path };
}
