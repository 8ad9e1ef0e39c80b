import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeKey } from '../../main/keys/describe';
import { writePrivateKey, writePublicKey, type PrivateFormat } from '../../main/keys/export';
import { generateKeyPair, type KeyAlgorithm } from '../../main/keys/generate';
import { readPrivateKey } from '../../main/keys/import';
import { bytesOf, hexOf, run, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();
const passphrases = [null, 'plain5', 'pass phrase  with spaces', 'Pässwörter 鍵 🔑'];
const comment = 'ops@example.org Schlüssel';
const cases: readonly (readonly [KeyAlgorithm, readonly PrivateFormat[]])[] = [
  ['rsa-2048', ['pkcs1', 'pkcs8', 'openssh']],
  ['rsa-4096', ['pkcs1', 'pkcs8', 'openssh']],
  ['ed25519', ['pkcs8', 'openssh']],
];

describe.each(cases)('%s', (algorithm, formats) => {
  let pkcs8: Uint8Array;
  let publicLine: string;

  beforeAll(async () => {
    pkcs8 = await generateKeyPair(algorithm, new AbortController().signal);
    publicLine = new TextDecoder().decode(writePublicKey(pkcs8, comment));
  });

  describe.each(formats)('%s', (format) => {
    test.each(passphrases)('with the passphrase %j it opens elsewhere as the same key', async (passphrase) => {
      const name = `${algorithm}-${format}-${passphrases.indexOf(passphrase)}`;
      const exported = await writePrivateKey(pkcs8, format, { passphrase: bytesOf(passphrase), comment });
      const file = await writePrivateFile(folder, name, exported);

      // OpenSSH reads no Ed25519 keys in PKCS#8; OpenSSL reads none of OpenSSH's format.
      if (format === 'openssh' || algorithm !== 'ed25519') {
        const derived = await succeed('ssh-keygen', ['-y', '-P', passphrase ?? '', '-f', file]);
        expect(keyOf(derived)).toBe(keyOf(publicLine));
      }
      if (format !== 'openssh') {
        const passin = ['-passin', `pass:${passphrase ?? ''}`];
        if (algorithm !== 'ed25519') {
          expect(await succeed('openssl', ['pkey', '-check', '-noout', '-in', file, ...passin])).toBe('Key is valid\n');
        }
        const spki = await succeed('openssl', ['pkey', '-pubout', '-in', file, ...passin]);
        expect(spki.split('\n').slice(1, -2).join('')).toBe(Buffer.from(describeKey(pkcs8).spkiDer).toString('base64'));
      }
      const again = await readPrivateKey(exported, bytesOf(passphrase));
      expect(hexOf(again.pkcs8)).toBe(hexOf(pkcs8));
      expect(again).toMatchObject({ sourceFormat: format, hadPassphrase: passphrase !== null });
      expect(again.comment).toBe(format === 'openssh' ? comment : '');
    });

    test('another passphrase is refused by ssh-keygen, by openssl and by Coffer', async () => {
      const passphrase = bytesOf('the right one');
      const exported = await writePrivateKey(pkcs8, format, { passphrase, comment });
      const file = await writePrivateFile(folder, `${algorithm}-${format}-wrong`, exported);
      expect((await run('ssh-keygen', ['-y', '-P', 'a wrong one', '-f', file])).status).not.toBe(0);
      if (format !== 'openssh') {
        const opened = await run('openssl', ['pkey', '-noout', '-in', file, '-passin', 'pass:a wrong one']);
        expect(opened.status).not.toBe(0);
      }
      await expect(readPrivateKey(exported, bytesOf('a wrong one'))).rejects.toMatchObject({
        code: 'wrong-passphrase',
      });
      await expect(readPrivateKey(exported, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
    });

    // PKCS#1 has one round of MD5: there is nothing to wait for.
    if (format !== 'pkcs1') {
      test('with a passphrase other work goes on meanwhile', async () => {
        let turns = 0;
        const timer = setInterval(() => turns++, 1);
        await writePrivateKey(pkcs8, format, { passphrase: bytesOf('long enough'), comment });
        clearInterval(timer);
        // Done in one go it would be none; counted are turns and not times, which depend on what else the machine does.
        expect(turns).toBeGreaterThan(5);
      });
    }

    test.each([
      ['four bytes', 'four'],
      ['no bytes', ''],
      ['1024 bytes', 'x'.repeat(1024)],
      ['a line end', 'first\nsecond'],
      ['a NUL', 'first\0second'],
    ])('a passphrase of %s is refused', async (_, passphrase) => {
      const writing = writePrivateKey(pkcs8, format, { passphrase: bytesOf(passphrase), comment });
      await expect(writing).rejects.toMatchObject({ code: 'bad-request' });
    });
  });

  test('the public key is what ssh-keygen accepts, with its comment', async () => {
    const file = await writePrivateFile(folder, `${algorithm}.pub`, bytesOf(publicLine));
    expect(await succeed('ssh-keygen', ['-l', '-f', file])).toContain(comment);
    expect(publicLine.endsWith(`${comment}\n`)).toBe(true);
    expect(new TextDecoder().decode(writePublicKey(pkcs8, ''))).toMatch(/^ssh-(rsa|ed25519) [A-Za-z0-9+/]+=*\n$/);
  });

  test.each(['two\nlines', 'nul\0', 'x'.repeat(1025), '\ud800'])('the comment %j is refused', async (unfit) => {
    expect(() => writePublicKey(pkcs8, unfit)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    const writing = writePrivateKey(pkcs8, 'openssh', { passphrase: null, comment: unfit });
    await expect(writing).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('the exported arrays share no memory with others', async () => {
    for (const format of formats) {
      const exported = await writePrivateKey(pkcs8, format, { passphrase: null, comment });
      expect(exported.buffer.byteLength).toBe(exported.length);
    }
    expect(pkcs8.buffer.byteLength).toBe(pkcs8.length);
  });
});

test('an RSA key without a passphrase is the file that AWS and openssl make: 64 columns, LF, final line end', async () => {
  const pkcs8 = await generateKeyPair('rsa-2048', new AbortController().signal);
  const exported = new TextDecoder().decode(await writePrivateKey(pkcs8, 'pkcs1', { passphrase: null, comment: '' }));
  const file = join(folder, 'aws.pem');
  await writePrivateFile(folder, 'aws.pem', bytesOf(exported));
  expect(await succeed('openssl', ['rsa', '-traditional', '-in', file])).toBe(exported);
});

test('an RSA key under a passphrase has the old headers as PKCS#1, and PBKDF2 with 600,000 rounds as PKCS#8', async () => {
  const pkcs8 = await generateKeyPair('rsa-2048', new AbortController().signal);
  const options = { passphrase: bytesOf('long enough'), comment: '' };
  const pkcs1 = new TextDecoder().decode(await writePrivateKey(pkcs8, 'pkcs1', options));
  expect(pkcs1).toMatch(
    /^-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,[0-9A-F]{32}\n\n([A-Za-z0-9+/=]{1,64}\n)+-----END RSA PRIVATE KEY-----\n$/,
  );
  const sealed = await writePrivateKey(pkcs8, 'pkcs8', options);
  const structure = await succeed('openssl', ['asn1parse'], sealed);
  expect(structure).toContain('PBES2');
  expect(structure).toContain('hmacWithSHA256');
  expect(structure).toContain('aes-256-cbc');
  expect(structure).toContain(`INTEGER           :0${(600_000).toString(16).toUpperCase()}`);
});

test('PKCS#1 of an Ed25519 key is refused', async () => {
  const pkcs8 = await generateKeyPair('ed25519', new AbortController().signal);
  for (const passphrase of [null, bytesOf('long enough')]) {
    const writing = writePrivateKey(pkcs8, 'pkcs1', { passphrase, comment: '' });
    await expect(writing).rejects.toMatchObject({ code: 'bad-request' });
  }
});

test('bytes that are no key are refused in every format', async () => {
  for (const format of ['pkcs1', 'openssh'] as const) {
    const writing = writePrivateKey(bytesOf('no key at all'), format, { passphrase: null, comment: '' });
    await expect(writing).rejects.toMatchObject({ code: 'bad-key' });
  }
});

/** Type and key of a public line, without its comment. */
function keyOf(line: string): string {
  return line.trim().split(' ').slice(0, 2).join(' ');
}
