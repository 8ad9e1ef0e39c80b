/**
 * Frees the memory of an array that nobody needs any more, now and not when the collector comes by: it sees that an array is
 * small and not the megabytes behind it. What is secret is to be wiped first.
 *
 * @param array - Owns its buffer, which no other array shares; empty afterwards.
 */
export function freeMemory({ buffer }: { readonly buffer: ArrayBufferLike }): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
