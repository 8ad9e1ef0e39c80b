/**
 * Zeros in memory of their own, for secrets that will be wiped. `new Uint8Array(n)` keeps up to 64 bytes inside the JavaScript
 * heap: there the collector moves them and leaves the old place as it was, and the first use of `buffer` copies them out, so
 * that wiping reaches one copy of several. An ArrayBuffer's bytes stay where they are.
 */
export function freshBytes(lengthBytes: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(lengthBytes));
}

/**
 * A copy in memory of its own; see {@link freshBytes}.
 *
 * @param bytes - Not changed.
 */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = freshBytes(bytes.length);
  copy.set(bytes);
  return copy;
}
