import { freshBytes } from './fresh-bytes';

/**
 * Joins bytes into one fresh array (never from Node's shared pool, which would keep secrets after a wipe).
 *
 * @param parts - Not changed.
 */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = freshBytes(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * Joins parts so that no two different lists give the same bytes: each part is preceded by its length, u32 big-endian.
 *
 * @param parts - Not changed; each shorter than 4 GiB.
 */
export function lengthPrefixed(parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(parts.flatMap((part) => [uint32(part.length), part]));
}

/**
 * Four bytes, big-endian.
 *
 * @param value - 0 to 2^32 - 1.
 */
export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/**
 * Eight bytes, big-endian.
 *
 * @param value - A safe integer of at least 0.
 */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

/**
 * UTF-8 bytes of a text that is not secret.
 *
 * @param text - Lone surrogates become U+FFFD.
 */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/**
 * The same bytes as a plain Uint8Array. Node's crypto gives Buffers, whose `slice` is a view where that of a Uint8Array is a
 * copy: wiping the one would wipe the other.
 *
 * @param buffer - Shared with the result.
 */
export function plainView(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
