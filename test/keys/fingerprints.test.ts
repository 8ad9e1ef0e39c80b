import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeKey } from '../../main/keys/describe';
import { writePrivateKey, writePublicKey } from '../../main/keys/export';
import { fingerprintsOf } from '../../main/keys/fingerprints';
import { generateKeyPair } from '../../main/keys/generate';
import { readPrivateKey } from '../../main/keys/import';
import { bytesOf, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();

test.each(['rsa-2048', 'rsa-4096'] as const)(
  '%s: the three fingerprints are those that AWS documents',
  async (algorithm) => {
    const pkcs8 = await generateKeyPair(algorithm, new AbortController().signal);
    const file = await writePrivateFile(
      folder,
      algorithm,
      await writePrivateKey(pkcs8, 'pkcs1', { passphrase: null, comment: '' }),
    );
    const publicFile = await writePrivateFile(folder, `${algorithm}.pub`, writePublicKey(pkcs8, ''));

    // EC2 User Guide, "Verify the fingerprint of your key pair": the two commands that it gives.
    const [pkcs8File, spkiFile] = [join(folder, 'pkcs8.der'), join(folder, 'spki.der')];
    await succeed('openssl', [
      'pkcs8',
      '-in',
      file,
      '-inform',
      'PEM',
      '-outform',
      'DER',
      '-topk8',
      '-nocrypt',
      '-out',
      pkcs8File,
    ]);
    await succeed('openssl', ['rsa', '-in', file, '-pubout', '-outform', 'DER', '-out', spkiFile]);
    expect(fingerprintsOf(pkcs8)).toEqual({
      awsCreated: digestOf(await succeed('openssl', ['sha1', '-c', pkcs8File])),
      awsImported: digestOf(await succeed('openssl', ['md5', '-c', spkiFile])),
      openssh: (await succeed('ssh-keygen', ['-l', '-f', publicFile])).split(' ')[1],
    });
  },
);

test('ed25519: one value, with and without SHA256: in front', async () => {
  const pkcs8 = await generateKeyPair('ed25519', new AbortController().signal);
  const publicFile = await writePrivateFile(folder, 'ed25519.pub', writePublicKey(pkcs8, ''));
  const openssh = (await succeed('ssh-keygen', ['-l', '-f', publicFile])).split(' ')[1];
  const aws = openssh?.replace('SHA256:', '');
  expect(fingerprintsOf(pkcs8)).toEqual({ awsCreated: aws, awsImported: aws, openssh });
});

test.each([512, 768, 1024, 3072])('an RSA key of %i bits is described with its size', async (bits) => {
  const file = join(folder, `rsa-${bits}.pem`);
  await succeed('openssl', ['genrsa', '-traditional', '-out', file, String(bits)]);
  const { pkcs8 } = await readPrivateKey(await readFile(file), null);
  expect(describeKey(pkcs8).algorithm).toEqual({ type: 'rsa', bits });
  const [spki, der] = [`${file}.spki`, `${file}.pkcs8`];
  await succeed('openssl', ['rsa', '-in', file, '-pubout', '-outform', 'DER', '-out', spki]);
  await succeed('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', file, '-outform', 'DER', '-out', der]);
  const { awsCreated, awsImported } = fingerprintsOf(pkcs8);
  expect(awsImported.replaceAll(':', '')).toBe(digestOf(await succeed('openssl', ['md5', spki])));
  expect(awsCreated.replaceAll(':', '')).toBe(digestOf(await succeed('openssl', ['sha1', der])));
});

test('bytes that are no key are refused', () => {
  expect(() => fingerprintsOf(bytesOf('no key'))).toThrow(expect.objectContaining({ code: 'bad-key' }));
});

/** The value of `SHA1(file)= value`. */
function digestOf(line: string): string {
  return line.trim().split('= ')[1] ?? '';
}
