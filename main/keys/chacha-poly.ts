import { isEqualConstantTime } from '../crypto/mac';
import { wipe } from '../crypto/wipe';

const blockBytes = 64;
const polyKeyBytes = 32;
const tagBytes = 16;
const rounds = 20;
/** "expand 32-byte k". */
const constants = Uint32Array.of(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574);
const prime = (1n << 130n) - 5n;

/**
 * Decrypts the private part of an OpenSSH key under `chacha20-poly1305@openssh.com`, for which Electron's crypto has no
 * ChaCha20. Used for nothing else: one message a key, whose nonce is zero.
 * The BigInts of Poly1305 cannot be wiped: they hold a key of this one message, which is of no use for another.
 *
 * @param key - 32 bytes, the first half of what bcrypt derives; not changed.
 * @param sealed - Not changed.
 * @param tag - 16 bytes.
 * @returns Bytes that the caller owns and wipes; null if the tag does not fit.
 * @see OpenSSH PROTOCOL.chacha20poly1305; RFC 8439 §2.3 and §2.5, but for the counter of 64 bits.
 */
export function openChachaPoly(key: Uint8Array, sealed: Uint8Array, tag: Uint8Array): Uint8Array | null {
  const keyWords = wordsOf(key);
  const polyKey = new Uint8Array(polyKeyBytes);
  try {
    applyChacha(keyWords, 0, polyKey);
    if (!isEqualConstantTime(poly1305(polyKey, sealed), tag)) return null;
    const opened = Uint8Array.from(sealed);
    applyChacha(keyWords, 1, opened);
    return opened;
  } finally {
    wipe(polyKey);
    keyWords.fill(0);
  }
}

/** XORs the key stream onto bytes, in place, from a block on. */
function applyChacha(keyWords: Uint32Array, firstBlock: number, bytes: Uint8Array): void {
  const stream = new Uint8Array(blockBytes);
  for (let offset = 0, block = firstBlock; offset < bytes.length; offset += blockBytes, block++) {
    writeBlock(keyWords, block, stream);
    const end = Math.min(offset + blockBytes, bytes.length);
    for (let at = offset; at < end; at++) bytes[at] = (bytes[at] ?? 0) ^ (stream[at - offset] ?? 0);
  }
  wipe(stream);
}

function writeBlock(keyWords: Uint32Array, block: number, stream: Uint8Array): void {
  const start = new Uint32Array(16);
  start.set(constants);
  start.set(keyWords, 4);
  start[12] = block;
  const state = Uint32Array.from(start);
  for (let round = 0; round < rounds; round += 2) {
    for (let at = 0; at < 4; at++) quarterRound(state, at, at + 4, at + 8, at + 12);
    for (let at = 0; at < 4; at++) quarterRound(state, at, 4 + ((at + 1) & 3), 8 + ((at + 2) & 3), 12 + ((at + 3) & 3));
  }
  const view = new DataView(stream.buffer);
  for (let at = 0; at < 16; at++) view.setUint32(4 * at, (state[at] ?? 0) + (start[at] ?? 0), true);
  state.fill(0);
  start.fill(0);
}

function quarterRound(state: Uint32Array, a: number, b: number, c: number, d: number): void {
  for (const [first, second] of [
    [16, 12],
    [8, 7],
  ] as const) {
    state[a] = word(state, a) + word(state, b);
    state[d] = rotated(word(state, d) ^ word(state, a), first);
    state[c] = word(state, c) + word(state, d);
    state[b] = rotated(word(state, b) ^ word(state, c), second);
  }
}

function poly1305(key: Uint8Array, message: Uint8Array): Uint8Array {
  const r = littleEndian(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  const s = littleEndian(key.subarray(16));
  let sum = 0n;
  for (let offset = 0; offset < message.length; offset += 16) {
    const part = message.subarray(offset, offset + 16);
    sum = ((sum + littleEndian(part) + (1n << BigInt(8 * part.length))) * r) % prime;
  }
  let left = sum + s;
  return Uint8Array.from({ length: tagBytes }, () => {
    const byte = Number(left & 0xffn);
    left >>= 8n;
    return byte;
  });
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function wordsOf(key: Uint8Array): Uint32Array {
  const view = new DataView(key.buffer, key.byteOffset, key.length);
  return Uint32Array.from({ length: 8 }, (_, at) => view.getUint32(4 * at, true));
}

function word(state: Uint32Array, at: number): number {
  return state[at] ?? 0;
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
