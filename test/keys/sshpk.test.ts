import { parseKey, parsePrivateKey } from 'sshpk';
import { describe, expect, test } from 'vitest';
import { writePrivateKey, writePublicKey } from '../../main/keys/export';
import { fingerprintsOf } from '../../main/keys/fingerprints';
import { generateKeyPair } from '../../main/keys/generate';

// A reader that shares no code with ours. It is not used to write keys: see docs/adr/0002.
describe.each(['rsa-2048', 'ed25519'] as const)('sshpk reads what Coffer writes of an %s key', (algorithm) => {
  const formats = algorithm === 'ed25519' ? (['pkcs8', 'openssh'] as const) : (['pkcs1', 'pkcs8', 'openssh'] as const);

  test.each(formats)('%s, plain and under a passphrase', async (format) => {
    const pkcs8 = await generateKeyPair(algorithm, new AbortController().signal);
    const { openssh } = fingerprintsOf(pkcs8);
    for (const passphrase of [null, new TextEncoder().encode('pass phrase')]) {
      const file = Buffer.from(await writePrivateKey(pkcs8, format, { passphrase, comment: 'me@host' }));
      const key = parsePrivateKey(file, 'auto', passphrase === null ? {} : { passphrase: 'pass phrase' });
      expect(key.fingerprint('sha256').toString()).toBe(openssh);
    }
  });

  test('the public line', async () => {
    const pkcs8 = await generateKeyPair(algorithm, new AbortController().signal);
    const key = parseKey(Buffer.from(writePublicKey(pkcs8, 'me@host')), 'ssh');
    expect(key.fingerprint('sha256').toString()).toBe(fingerprintsOf(pkcs8).openssh);
    expect(key.comment).toBe('me@host');
  });
});
