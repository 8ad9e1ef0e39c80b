/**
 * Frees the memory of an array that nobody needs any more, now and not when the collector comes by: it sees that an array is
 * small and not the megabytes behind it. What is secret is to be wiped first.
 *
 * @param array - Its buffer goes, and every array over it is empty afterwards; nothing happens if it went before.
 */
export function freeMemory({ buffer }: { readonly buffer: ArrayBufferLike }): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}
