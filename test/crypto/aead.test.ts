import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openAesGcm, sealAesGcm, tagBytes } from '../../main/crypto/aead';
import vectors from '../vectors/aes-256-gcm.json';

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const refusal = expect.objectContaining({ name: 'CofferError', code: 'vault-damaged' }) as Error;

for (const v of vectors.cases) {
  describe(`${v.source}: ${v.name}`, () => {
    const key = createSecretKey(fromHex(v.keyHex));
    const nonce = fromHex(v.nonceHex);
    const plaintext = fromHex(v.plaintextHex);
    const associatedData = fromHex(v.associatedDataHex);
    const sealed = fromHex(v.ciphertextHex + v.tagHex);

    test('seals to the published ciphertext and tag', () => {
      expect(toHex(sealAesGcm(key, nonce, plaintext, associatedData))).toBe(v.ciphertextHex + v.tagHex);
    });

    test('opens to the published plaintext', () => {
      expect(toHex(openAesGcm(key, nonce, sealed, associatedData))).toBe(v.plaintextHex);
    });

    test('every flipped bit of ciphertext, tag, nonce and associated data is refused', () => {
      for (const changed of flipEachBit(sealed)) {
        expect(() => openAesGcm(key, nonce, changed, associatedData)).toThrow(refusal);
      }
      for (const changed of flipEachBit(nonce)) {
        expect(() => openAesGcm(key, changed, sealed, associatedData)).toThrow(refusal);
      }
      for (const changed of flipEachBit(associatedData)) {
        expect(() => openAesGcm(key, nonce, sealed, changed)).toThrow(refusal);
      }
    });

    test('every shorter tag is refused, also one that fits as far as it goes', () => {
      for (let lengthBytes = 0; lengthBytes < sealed.length; lengthBytes++) {
        const shortened = sealed.subarray(0, lengthBytes);
        expect(() => openAesGcm(key, nonce, shortened, associatedData)).toThrow(refusal);
      }
      expect(sealed.length).toBe(plaintext.length + tagBytes);
    });
  });
}

function* flipEachBit(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = bytes.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield changed;
  }
}
