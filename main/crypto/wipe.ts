/**
 * Overwrites bytes with zeros. What the caller copied elsewhere, or JavaScript strings made of them, stay.
 *
 * @param buffers - Wiped in place; null and undefined are skipped, so that `finally` blocks stay short.
 */
export function wipe(...buffers: readonly (Uint8Array | null | undefined)[]): void {
  for (const bytes of buffers) bytes?.fill(0);
}
