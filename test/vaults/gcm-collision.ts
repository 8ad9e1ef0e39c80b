import { createCipheriv } from 'node:crypto';

/*
 * AES-GCM does not commit to its key. Its tag is a polynomial in H = AES(key, 0) over the blocks, plus AES(key, nonce ‖ 1); asking
 * for one tag under two keys is one linear equation, solved by choosing one block. See Len, Grubbs, Ristenpart, "Partitioning
 * oracle attacks" (2021), section 3.1.
 */

const blockBytes = 16;
// x^128 + x^7 + x^2 + x + 1, with GCM's order of bits (NIST SP 800-38D §6.3).
const reduction = 0xe1n << 120n;

function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  let factor = b;
  for (let bit = 127n; bit >= 0n; bit--) {
    if (((a >> bit) & 1n) === 1n) product ^= factor;
    factor = (factor & 1n) === 1n ? (factor >> 1n) ^ reduction : factor >> 1n;
  }
  return product;
}

/** a^(2^128 - 2). */
function invert(a: bigint): bigint {
  let result = 1n << 127n;
  let square = a;
  for (let bit = 1; bit < 128; bit++) {
    square = multiply(square, square);
    result = multiply(result, square);
  }
  return result;
}

const toNumber = (block: Uint8Array) => BigInt(`0x${Buffer.from(block).toString('hex')}`);
const toBlock = (value: bigint) => Buffer.from(value.toString(16).padStart(2 * blockBytes, '0'), 'hex');

function encryptBlock(key: Uint8Array, block: Uint8Array): bigint {
  return toNumber(createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block));
}

function blocksOf(bytes: Uint8Array): bigint[] {
  const padded = Buffer.alloc(Math.ceil(bytes.length / blockBytes) * blockBytes);
  padded.set(bytes);
  return Array.from({ length: padded.length / blockBytes }, (_, at) =>
    toNumber(padded.subarray(at * blockBytes, (at + 1) * blockBytes)),
  );
}

/**
 * Two blocks of ciphertext and a tag that open under both keys.
 *
 * @param first - The first block; the second is worked out.
 * @returns 48 bytes.
 */
export function collide(
  keys: readonly [Uint8Array, Uint8Array],
  nonce: Uint8Array,
  associatedData: Uint8Array,
  first: Uint8Array,
): Uint8Array {
  const lengths = Buffer.alloc(blockBytes);
  lengths.writeBigUInt64BE(BigInt(associatedData.length * 8), 0);
  lengths.writeBigUInt64BE(BigInt(2 * blockBytes * 8), 8);
  const parts = keys.map((key) => {
    const h = encryptBlock(key, Buffer.alloc(blockBytes));
    const mask = encryptBlock(key, Buffer.concat([nonce, Buffer.of(0, 0, 0, 1)]));
    const known = [...blocksOf(associatedData), toNumber(first), 0n, toNumber(lengths)];
    // Horner's rule; the unknown block, 0 here, has the factor H^2.
    const sum = known.reduce((hash, block) => multiply(hash ^ block, h), 0n);
    return { rest: sum ^ mask, factor: multiply(h, h) };
  });
  const [one, two] = parts as [(typeof parts)[0], (typeof parts)[0]];
  const second = multiply(one.rest ^ two.rest, invert(one.factor ^ two.factor));
  const tag = one.rest ^ multiply(second, one.factor);
  return Buffer.concat([first, toBlock(second), toBlock(tag)]);
}
