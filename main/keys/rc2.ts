import { copyBytes, freshBytes } from '../crypto/fresh-bytes';
import { wipe } from '../crypto/wipe';

const blockBytes = 8;
/** RFC 2268 §2: the permutation that begins "d9 78 f9 c4", from the digits of pi. */
const permutation = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);
const rotations = [1, 2, 3, 5] as const;

/**
 * Decrypts RC2 in CBC mode with PKCS#7 padding. Old Windows and OpenSSL 1 put certificates and keys under it; OpenSSL 3 has it
 * in a provider that Node lacks, BoringSSL has it in part, and node-forge holds plaintext in strings, which cannot be wiped.
 * It is read and never written: 40 bits are no protection.
 *
 * @param key - 5 to 16 bytes, all of which count; not changed.
 * @param iv - 8 bytes; not changed.
 * @param sealed - Not changed.
 * @returns Bytes that the caller owns and wipes; null if the padding or the length is wrong.
 * @see RFC 2268.
 */
export function decryptRc2(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length === 0 || sealed.length % blockBytes !== 0) return null;
  const words = expandedKey(key);
  const plain = freshBytes(sealed.length);
  plain.set(sealed);
  const view = new DataView(plain.buffer);
  try {
    for (let at = 0; at < plain.length; at += blockBytes) {
      decryptBlock(view, at, words);
      const previous = at === 0 ? iv : sealed.subarray(at - blockBytes, at);
      for (let n = 0; n < blockBytes; n++) plain[at + n] = (plain[at + n] ?? 0) ^ (previous[n] ?? 0);
    }
    const padding = plain.at(-1) ?? 0;
    const isPadded =
      padding >= 1 && padding <= blockBytes && plain.subarray(-padding).every((byte) => byte === padding);
    return isPadded ? copyBytes(plain.subarray(0, -padding)) : null;
  } finally {
    wipe(plain);
    words.fill(0);
  }
}

/** RFC 2268 §2, with as many effective bits as the key has; the caller wipes it. */
function expandedKey(key: Uint8Array): Uint16Array {
  const expanded = freshBytes(128);
  expanded.set(key);
  const at = (index: number): number => expanded[index] ?? 0;
  for (let n = key.length; n < 128; n++) expanded[n] = permutation[(at(n - 1) + at(n - key.length)) & 0xff] ?? 0;
  expanded[128 - key.length] = permutation[at(128 - key.length)] ?? 0;
  for (let n = 127 - key.length; n >= 0; n--) expanded[n] = permutation[at(n + 1) ^ at(n + key.length)] ?? 0;
  const words = Uint16Array.from({ length: 64 }, (_, n) => at(2 * n) | (at(2 * n + 1) << 8));
  wipe(expanded);
  return words;
}

/** RFC 2268 §4: five mixing rounds, a mashing one, six, one, five, all backwards. */
function decryptBlock(view: DataView, at: number, words: Uint16Array): void {
  const r = [0, 2, 4, 6].map((offset) => view.getUint16(at + offset, true));
  const word = (index: number): number => r[index & 3] ?? 0;
  for (let round = 15; round >= 0; round--) {
    for (let n = 3; n >= 0; n--) {
      const shift = rotations[n] ?? 0;
      const turned = (word(n) >> shift) | (word(n) << (16 - shift));
      const mixed = (word(n + 3) & word(n + 2)) + (~word(n + 3) & word(n + 1));
      r[n] = (turned - (words[4 * round + n] ?? 0) - mixed) & 0xffff;
    }
    if (round !== 11 && round !== 5) continue;
    for (let n = 3; n >= 0; n--) r[n] = (word(n) - (words[word(n + 3) & 63] ?? 0)) & 0xffff;
  }
  for (const [n, value] of r.entries()) view.setUint16(at + 2 * n, value, true);
}
