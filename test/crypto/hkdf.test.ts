import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hkdfSha256 } from '../../main/crypto/hkdf';
import vectors from '../vectors/hkdf-sha256.json';

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe(vectors.source, () => {
  for (const v of vectors.cases) {
    const params = { salt: fromHex(v.saltHex), info: fromHex(v.infoHex), lengthBytes: v.lengthBytes };
    test(`${v.name}, from bytes`, () => {
      expect(toHex(hkdfSha256(fromHex(v.ikmHex), params))).toBe(v.okmHex);
    });
    test(`${v.name}, from a KeyObject`, () => {
      expect(toHex(hkdfSha256(createSecretKey(fromHex(v.ikmHex)), params))).toBe(v.okmHex);
    });
  }
});
