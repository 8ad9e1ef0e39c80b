import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { recognise } from '../../main/ipc/import/recognise';
import { bytesOf, patchedAt, succeed, temporaryFolder } from '../support/keys-tools';
import { measurePeak } from '../support/peak-memory';

// The dearest files that are let in, made by real programs. A file that costs a little more is refused: see test/keys/.
const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const passphrase = 'long enough';
const mostBytes = 64 * 1024 * 1024;
/** Each takes about a second on a machine that does nothing else; this leaves room for one that does. */
const mostMs = 4000;
/** What can be cancelled after each slice may take longer (ADR 0033). */
const mostBcryptMs = 3 * mostMs;
/** How long the thread is kept at a time, on average; a busy machine has others run in between. */
const usualTurnMs = 50;

beforeAll(async () => {
  await succeed('openssl', ['genrsa', '-traditional', '-out', at('key'), '1024']);
  await succeed('openssl', ['req', '-x509', '-key', at('key'), '-subj', '/CN=x', '-out', at('certificate')]);
  await writeFile(at('passphrase'), `${passphrase}\n`);
});

const pkcs8 = ['pkcs8', '-topk8', '-passout', `pass:${passphrase}`, '-in'];
const makers: Record<string, () => Promise<Uint8Array>> = {
  'bcrypt of 256 rounds': async () => {
    await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '256', '-N', passphrase, '-f', at('ed25519')]);
    return readFile(at('ed25519'));
  },
  'PBKDF2 of two million iterations': async () => {
    const scheme = ['-v2', 'aes256', '-v2prf', 'hmacWithSHA512', '-iter', '2000000'];
    return bytesOf(await succeed('openssl', [...pkcs8, at('key'), ...scheme]));
  },
  'PKCS#12 of 650,000 rounds': async () => {
    const plain = ['-keypbe', 'NONE', '-certpbe', 'NONE', '-iter', '650000', '-passout', `pass:${passphrase}`];
    const files = ['-inkey', at('key'), '-in', at('certificate'), '-out', at('p12')];
    await succeed('openssl', ['pkcs12', '-export', ...files, ...plain]);
    return readFile(at('p12'));
  },
  'Argon2 of 32 MiB and 32 passes': async () => {
    const wanted = ['--ppk-param', 'version=3,memory=32768,passes=32', '--new-passphrase', at('passphrase')];
    await succeed('puttygen', ['-q', '-t', 'ed25519', '-C', 'x', '-o', at('ppk'), ...wanted]);
    return readFile(at('ppk'));
  },
};

/** Reads a file, and counts how often others get their turn. */
async function measure(file: Uint8Array, given: string) {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const read = () => recognise(file, bytesOf(given)).then(({ found }) => found.length, codeOf);
  const measured = await measurePeak(read).finally(() => clearInterval(timer));
  return { ...measured, turns };
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

test.each(Object.keys(makers))('%s is read in its time, its memory, and in slices', async (name) => {
  const file = await makers[name]!();
  const wrong = await measure(file, 'another');
  expect(wrong.result).toBe('wrong-passphrase');
  for (const { peakBytes, cpuMs, turns } of [wrong, await measure(file, passphrase)]) {
    expect(peakBytes).toBeLessThan(mostBytes);
    expect(cpuMs).toBeLessThan(name.startsWith('bcrypt') ? mostBcryptMs : mostMs);
    expect(turns).toBeGreaterThan(cpuMs / usualTurnMs);
  }
});

test('scrypt of 32 MiB, twice over', async () => {
  const pem = await succeed('openssl', [...pkcs8, at('key'), '-scrypt']);
  const der = Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');
  // N = 16384, r = 8, p = 1 become r = 16, p = 2: another key, and so the passphrase is "wrong".
  const costs = der.indexOf(Buffer.from('02024000020108020101', 'hex'));
  const { result, peakBytes, cpuMs } = await measure(patchedAt(pem, costs, '02024000020110020102'), passphrase);
  expect(result).toBe('wrong-passphrase');
  expect(peakBytes).toBeLessThan(mostBytes);
  expect(cpuMs).toBeLessThan(mostMs);
});
