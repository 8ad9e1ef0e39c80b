import { argon2Sync, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import forge from 'node-forge';
import { expect, test } from 'vitest';
import { openAesGcm, sealAesGcm } from '../../main/crypto/aead';
import { hkdfSha256 } from '../../main/crypto/hkdf';
import { deriveArgon2id } from '../../main/crypto/kdf';

// Each function against an implementation that shares no code with it: node-forge's, and OpenSSL's Argon2.
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const toBinary = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const exactly = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('AES-256-GCM seals as node-forge does, and opens what it sealed', () => {
  const upTo = (maxLength: number) => fc.uint8Array({ maxLength });
  fc.assert(
    fc.property(exactly(32), exactly(12), upTo(5000), upTo(300), (key, nonce, plaintext, associatedData) => {
      const twin = forge.cipher.createCipher('AES-GCM', toBinary(key));
      twin.start({ iv: toBinary(nonce), additionalData: toBinary(associatedData), tagLength: 128 });
      twin.update(forge.util.createBuffer(toBinary(plaintext)));
      twin.finish();
      const secret = createSecretKey(key);
      const sealed = sealAesGcm(secret, nonce, plaintext, associatedData);
      expect(toHex(sealed)).toBe(twin.output.toHex() + twin.mode.tag.toHex());
      expect(toHex(openAesGcm(secret, nonce, sealed, associatedData))).toBe(toHex(plaintext));
    }),
    { numRuns: 20_000 },
  );
});

test('HKDF-SHA-256 is RFC 5869 spelled out over node-forge’s HMAC', () => {
  const hmac = (key: string, data: string) => {
    const mac = forge.hmac.create();
    mac.start('sha256', key);
    mac.update(data);
    return mac.digest().getBytes();
  };
  const upTo = (maxLength: number) => fc.uint8Array({ maxLength });
  fc.assert(
    fc.property(upTo(100), upTo(100), upTo(100), fc.integer({ min: 1, max: 600 }), (ikm, salt, info, lengthBytes) => {
      const extracted = hmac(salt.length === 0 ? '\0'.repeat(32) : toBinary(salt), toBinary(ikm));
      let block = '';
      let expanded = '';
      for (let counter = 1; expanded.length < lengthBytes; counter++) {
        block = hmac(extracted, block + toBinary(info) + String.fromCharCode(counter));
        expanded += block;
      }
      const derived = hkdfSha256(ikm, { salt, info, lengthBytes });
      expect(toBinary(derived)).toBe(expanded.slice(0, lengthBytes));
    }),
    { numRuns: 20_000 },
  );
});

test('Argon2id derives as OpenSSL’s does', async () => {
  const lanes = fc.integer({ min: 1, max: 4 });
  const salts = fc.uint8Array({ minLength: 8, maxLength: 64 });
  const inputs = fc.uint8Array({ minLength: 1, maxLength: 1100 });
  await fc.assert(
    fc.asyncProperty(
      inputs,
      salts,
      lanes,
      fc.integer({ min: 1, max: 4 }),
      async (input, salt, parallelism, timeCost) => {
        const memoryKiB = 8 * parallelism + 64;
        const derived = await deriveArgon2id(input, { memoryKiB, timeCost, parallelism, salt });
        const twin = argon2Sync('argon2id', {
          message: input,
          nonce: salt,
          parallelism,
          tagLength: 32,
          memory: memoryKiB,
          passes: timeCost,
        });
        expect(toHex(derived)).toBe(toHex(twin));
      },
    ),
    { numRuns: 3000 },
  );
});
