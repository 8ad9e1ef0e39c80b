import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openAesGcm } from '../../main/crypto/aead';
import { toSecretKey } from '../../main/crypto/secret-key';
import { collide } from '../vaults/gcm-collision';

test('AES-GCM alone opens one ciphertext under two keys: why a slot commits to its key', () => {
  const bytes = (seed: string) => createHash('sha256').update(seed).digest();
  const keys = [bytes('one'), bytes('two')] as const;
  const nonce = bytes('nonce').subarray(0, 12);
  const data = bytes('associated data').subarray(0, 21);
  const sealed = collide(keys, nonce, data, bytes('block').subarray(0, 16));
  const opened = keys.map((key) => Buffer.from(openAesGcm(toSecretKey(key), nonce, sealed, data)).toString('hex'));
  expect(opened[0]).toHaveLength(64);
  expect(opened[0]).not.toBe(opened[1]);
  expect(() => openAesGcm(toSecretKey(bytes('three')), nonce, sealed, data)).toThrow('tag check failed');
});
