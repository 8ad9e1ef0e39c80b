import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeKey } from '../../main/keys/describe';
import { writePrivateKey, writePublicKey } from '../../main/keys/export';
import { generateKeyPair } from '../../main/keys/generate';
import { readPrivateKey } from '../../main/keys/import';
import { pkcs8OfEd25519 } from '../../main/keys/pkcs8';
import { bytesOf, hexOf, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();
const comment = 'ops@example.org Schlüssel';
const passphrases = [null, 'plain5', 'Pässwörter  mit Leerzeichen 鍵 🔑'];
const versions = ['ppk2', 'ppk3'] as const;
let fileCount = 0;

/** A file that puttygen reads a passphrase from. */
async function passphraseFile(passphrase: string | null): Promise<string> {
  return writePrivateFile(folder, `passphrase-${fileCount++}`, bytesOf(`${passphrase ?? ''}\n`));
}

/** What puttygen makes of a file; without a passphrase for the new one, it gets none. */
async function puttygen(from: string, to: string, given: string | null, ...args: string[]): Promise<Uint8Array> {
  const old = ['--old-passphrase', await passphraseFile(given)];
  await succeed('puttygen', [from, '-o', to, ...old, ...args]);
  return readFile(to);
}

describe.each(['rsa-2048', 'rsa-4096', 'ed25519'] as const)('%s', (algorithm) => {
  let pkcs8: Uint8Array;
  let openssh: string;

  beforeAll(async () => {
    pkcs8 = await generateKeyPair(algorithm, new AbortController().signal);
    const file = await writePrivateKey(pkcs8, 'openssh', { passphrase: null, comment });
    openssh = await writePrivateFile(folder, `${algorithm}.openssh`, file);
  });

  describe.each(versions)('%s', (version) => {
    test.each(passphrases)('with the passphrase %j, puttygen reads what Coffer writes', async (passphrase) => {
      const written = await writePrivateKey(pkcs8, version, { passphrase: bytesOf(passphrase), comment });
      const file = await writePrivateFile(folder, `ours-${fileCount++}.ppk`, written);
      const old = ['--old-passphrase', await passphraseFile(passphrase)];
      const line = await succeed('puttygen', [file, '-O', 'public-openssh', ...old]);
      expect(line.trim()).toBe(new TextDecoder().decode(writePublicKey(pkcs8, comment)).trim());

      // With its private part: puttygen opens it, and gives it to ssh-keygen.
      const none = ['--new-passphrase', await passphraseFile(null)];
      const out = join(folder, `from-ours-${fileCount++}`);
      await puttygen(file, out, passphrase, '-O', 'private-openssh-new', ...none);
      expect((await readPrivateKey(await readFile(out), null)).pkcs8).toEqual(pkcs8);
      expect(await succeed('ssh-keygen', ['-y', '-P', '', '-f', out])).toContain(line.split(' ')[1] ?? '-');

      const again = await readPrivateKey(written, bytesOf(passphrase));
      expect(again).toEqual({ pkcs8, comment, sourceFormat: version, hadPassphrase: passphrase !== null });
    });

    test.each(passphrases)('with the passphrase %j, Coffer reads what puttygen writes', async (passphrase) => {
      const wanted = ['--new-passphrase', await passphraseFile(passphrase)];
      const parameters = version === 'ppk2' ? 'version=2' : 'version=3,memory=1024,passes=3,parallelism=2';
      const out = join(folder, `theirs-${fileCount++}.ppk`);
      const file = await puttygen(openssh, out, null, '-O', 'private', '--ppk-param', parameters, ...wanted);
      const read = await readPrivateKey(file, bytesOf(passphrase));
      expect(read).toEqual({ pkcs8, comment, sourceFormat: version, hadPassphrase: passphrase !== null });

      const crlf = bytesOf(`\ufeff${new TextDecoder().decode(file).replaceAll('\n', '\r\n')}`);
      expect((await readPrivateKey(crlf, bytesOf(passphrase))).pkcs8).toEqual(pkcs8);
    });
  });
});

test.each(['argon2id', 'argon2i', 'argon2d'])('PPK 3 under %s is read', async (kdf) => {
  const key = join(folder, `${kdf}.ppk`);
  const parameters = `version=3,kdf=${kdf},memory=256,passes=2,parallelism=4`;
  const wanted = ['--new-passphrase', await passphraseFile('for any variant')];
  await succeed('puttygen', ['-q', '-t', 'ed25519', '-C', 'any', '-o', key, '--ppk-param', parameters, ...wanted]);
  const read = await readPrivateKey(await readFile(key), bytesOf('for any variant'));
  expect(read).toMatchObject({ sourceFormat: 'ppk3', comment: 'any' });
  const line = await succeed('puttygen', [key, '-L']);
  expect(line.split(' ')[1]).toBe(Buffer.from(describeKey(read.pkcs8).sshPublicBlob).toString('base64'));
});

test('what PuTTY writes with its own settings is read: 8 MiB, and as many passes as it likes', async () => {
  const key = join(folder, 'defaults.ppk');
  const wanted = ['--new-passphrase', await passphraseFile('as it comes')];
  await succeed('puttygen', ['-q', '-t', 'rsa', '-b', '2048', '-C', '', '-o', key, ...wanted]);
  const read = await readPrivateKey(await readFile(key), bytesOf('as it comes'));
  expect(read).toMatchObject({ sourceFormat: 'ppk3', comment: '', hadPassphrase: true });
});

test('an Ed25519 seed that ends in zeros goes through puttygen and back', async () => {
  const seed = new Uint8Array(32).fill(7, 0, 29);
  const pkcs8 = pkcs8OfEd25519(seed, null);
  const ours = await writePrivateKey(pkcs8, 'ppk3', { passphrase: null, comment: '' });
  const file = await writePrivateFile(folder, 'zeros.ppk', ours);
  const theirs = join(folder, 'zeros-theirs.ppk');
  const none = ['--new-passphrase', await passphraseFile(null)];
  const again = await puttygen(file, theirs, null, '-O', 'private', '--reencrypt', ...none);
  expect(hexOf((await readPrivateKey(again, null)).pkcs8)).toBe(hexOf(pkcs8));
});

describe('what is refused', () => {
  const right = 'the right one';
  const files = new Map<string, string>();

  beforeAll(async () => {
    const pkcs8 = await generateKeyPair('rsa-2048', new AbortController().signal);
    for (const version of versions) {
      for (const passphrase of [null, right]) {
        const file = await writePrivateKey(pkcs8, version, { passphrase: bytesOf(passphrase), comment });
        files.set(`${version} ${passphrase === null ? 'plain' : 'sealed'}`, new TextDecoder().decode(file));
      }
    }
  });

  const textOf = (name: string): string => files.get(name) ?? '';
  const refused = (code: string, message: RegExp): object => ({
    code,
    message: expect.stringMatching(message) as string,
  });

  test.each(versions)('%s: no passphrase, and a wrong one', async (version) => {
    const file = bytesOf(textOf(`${version} sealed`));
    await expect(readPrivateKey(file, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
    await expect(readPrivateKey(file, bytesOf('another'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
  });

  test.each(versions)('%s: damage is told from a wrong passphrase', async (version) => {
    const renamed = textOf(`${version} sealed`).replace('Comment: ops', 'Comment: opa');
    const damaged = refused('bad-key', /damaged or changed/);
    await expect(readPrivateKey(bytesOf(renamed), bytesOf(right))).rejects.toMatchObject(damaged);
    const plain = textOf(`${version} plain`).replace('Comment: ops', 'Comment: opa');
    await expect(readPrivateKey(bytesOf(plain), null)).rejects.toMatchObject(damaged);
  });

  const argon2 = (name: string, value: string) => (text: string) =>
    text.replace(new RegExp(`${name}: .*`), `${name}: ${value}`);
  test.each<[string, string, (text: string) => string, RegExp]>([
    ['4 TiB of memory', 'ppk3 sealed', argon2('Argon2-Memory', '4294967296'), /more memory than Coffer spends/],
    ['just too much memory', 'ppk3 sealed', argon2('Argon2-Memory', '262145'), /more memory than Coffer spends/],
    ['too many passes', 'ppk3 sealed', argon2('Argon2-Passes', '4294967295'), /costs more than Coffer pays/],
    ['too many lanes', 'ppk3 sealed', argon2('Argon2-Parallelism', '17'), /costs more than Coffer pays/],
    ['no passes', 'ppk3 sealed', argon2('Argon2-Passes', '0'), /damaged/],
    ['no lanes', 'ppk3 sealed', argon2('Argon2-Parallelism', '0'), /damaged/],
    ['too little memory', 'ppk3 sealed', argon2('Argon2-Memory', '7'), /damaged/],
    ['a short salt', 'ppk3 sealed', argon2('Argon2-Salt', '00112233'), /damaged/],
    ['a salt that is no hex', 'ppk3 sealed', argon2('Argon2-Salt', 'zz'), /damaged/],
    ['another derivation', 'ppk3 sealed', argon2('Key-Derivation', 'scrypt'), /Argon2id, Argon2i or Argon2d/],
    ['another encryption', 'ppk2 plain', argon2('Encryption', 'rot13'), /aes256-cbc or none/],
    ['two thousand million lines', 'ppk2 plain', argon2('Private-Lines', '2147483648'), /at most 1024 lines/],
    ['more lines than there are', 'ppk2 plain', argon2('Public-Lines', '900'), /damaged/],
    ['a count below zero', 'ppk3 plain', argon2('Private-Lines', '-1'), /damaged/],
    ['no MAC', 'ppk3 plain', (text) => text.replace(/Private-MAC.*\n/, ''), /damaged/],
    ['a MAC cut short', 'ppk3 plain', (text) => text.slice(0, -3), /damaged/],
    ['version 1', 'ppk2 plain', (text) => text.replace('File-2', 'File-1'), /another version/],
    ['version 4', 'ppk3 plain', (text) => text.replace('File-3', 'File-4'), /another version/],
    ['an ECDSA key', 'ppk3 plain', (text) => text.replace('ssh-rsa', 'ecdsa-sha2-nistp256'), /an ECDSA key/],
    ['a DSA key', 'ppk2 plain', (text) => text.replace('ssh-rsa', 'ssh-dss'), /a DSA key/],
    ['the first line alone', 'ppk2 plain', (text) => text.split('\n')[0] ?? '', /damaged/],
  ])('%s', async (_, name, change, message) => {
    const changed = change(textOf(name));
    expect(changed).not.toBe(textOf(name));
    const startedMs = performance.now();
    const attempt = readPrivateKey(bytesOf(changed), bytesOf(right));
    await expect(attempt).rejects.toMatchObject(refused('bad-key', message));
    expect(performance.now() - startedMs).toBeLessThan(200);
  });

  test('an ECDSA key that puttygen made', async () => {
    const key = join(folder, 'ecdsa.ppk');
    const wanted = ['--new-passphrase', await passphraseFile(right)];
    await succeed('puttygen', ['-q', '-t', 'ecdsa', '-o', key, ...wanted]);
    await expect(readPrivateKey(await readFile(key), null)).rejects.toMatchObject(refused('bad-key', /an ECDSA key/));
  });

  test('a private key in ssh.com’s format', async () => {
    const [ppk, sshcom] = [join(folder, 'for-sshcom.ppk'), join(folder, 'sshcom')];
    await writeFile(ppk, textOf('ppk2 plain'));
    const none = ['--new-passphrase', await passphraseFile(null)];
    const file = await puttygen(ppk, sshcom, null, '-O', 'private-sshcom', ...none);
    await expect(readPrivateKey(file, null)).rejects.toMatchObject(refused('bad-key', /ssh\.com/));
  });

  test.each(versions)('%s: every character of its header lines, changed once', async (version) => {
    const text = textOf(`${version} plain`);
    const bytes = bytesOf(text);
    const end = text.indexOf('Public-Lines');
    for (let at = 0; at < end; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(readPrivateKey(changed, null)).rejects.toMatchObject({ code: 'bad-key' });
    }
  });
});
