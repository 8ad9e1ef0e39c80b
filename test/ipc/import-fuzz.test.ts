import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CofferError } from '../../main/errors';
import { wipeFound } from '../../main/ipc/import/found';
import { maxImportBytes, recognise } from '../../main/ipc/import/recognise';
import { bytesOf, patchedAt, succeed, temporaryFolder } from '../support/keys-tools';
import { measurePeak } from '../support/peak-memory';

/** `npm run test:long` sets COFFER_LONG, and runs twenty times as many cases: 100,000 and more. */
const runs = (usual: number) => (process.env['COFFER_LONG'] === undefined ? usual : 20 * usual);
const folder = temporaryFolder();
const passphrase = bytesOf('long enough');
const mostMs = 1000;
/** With a passphrase, what a changed file asks for may be paid up to the limits; see import-costs.test.ts. */
const mostMsWithPassphrase = 4000;
const mostBytes = 64 * 1024 * 1024;
const codes = ['bad-key', 'bad-request', 'passphrase-needed', 'wrong-passphrase', 'not-supported', 'not-enough-memory'];

/** Nothing but findings or a refusal for the user, within the processor time that a file may cost. */
async function tryFile(bytes: Uint8Array, given: Uint8Array | null = null): Promise<string> {
  const start = process.cpuUsage();
  let outcome = 'found';
  try {
    wipeFound((await recognise(bytes, given)).found);
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
    expect(codes).toContain(error.code);
    outcome = error.message;
  }
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(given === null ? mostMs : mostMsWithPassphrase);
  return outcome;
}

const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const texts = {
  'credentials.csv': `User name,Password,Access key ID,Secret access key,Console login link\nann,"p,w""x",${keyId},${secretKey},https://029608264753.signin.aws.amazon.com/console\n`,
  'accessKeys.csv': `\ufeffAccess key ID,Secret access key\r\n${keyId},${secretKey}\r\n`,
  'root file': `AWSAccessKeyId=${keyId}\r\nAWSSecretKey=${secretKey}\r\n`,
  profiles: `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n[b]\nregion=eu-west-1\n`,
  json: JSON.stringify({ AccessKey: { UserName: 'ann', AccessKeyId: keyId, SecretAccessKey: secretKey } }, null, 2),
};
const files = new Map<string, Uint8Array>(Object.entries(texts).map(([name, text]) => [name, bytesOf(text)]));

beforeAll(async () => {
  const at = (name: string): string => join(folder, name);
  const keygen = async (name: string, ...args: string[]) => {
    await succeed('ssh-keygen', ['-q', '-f', at(name), ...args]);
    files.set(name, await readFile(at(name)));
  };
  await keygen('ed25519', '-t', 'ed25519', '-N', '');
  await keygen('ed25519 protected', '-t', 'ed25519', '-N', 'long enough', '-a', '1');
  await keygen('pkcs1', '-t', 'rsa', '-b', '1024', '-m', 'PEM', '-N', '');
  await keygen('pkcs8 protected', '-t', 'rsa', '-b', '1024', '-m', 'PKCS8', '-N', 'long enough');
  for (const scheme of ['PBE-SHA1-3DES', 'PBE-MD5-DES']) {
    const legacy = ['-provider', 'legacy', '-provider', 'default'];
    const args = ['pkcs8', '-topk8', '-v1', scheme, '-in', at('pkcs1'), '-passout', 'pass:long enough', ...legacy];
    files.set(scheme, bytesOf(await succeed('openssl', args)));
  }
  const ppkPassphrase = at('passphrase');
  await writeFile(ppkPassphrase, 'long enough\n');
  const ppk = ['--ppk-param', 'version=3,memory=64,passes=1', '--new-passphrase', ppkPassphrase, '-o', at('ppk')];
  await succeed('puttygen', ['-q', '-t', 'ed25519', '-C', 'x', ...ppk]);
  files.set('ppk', await readFile(at('ppk')));
  files.set('public line', await readFile(at('ed25519.pub')));
  files.set('rfc4716', bytesOf(await succeed('ssh-keygen', ['-e', '-f', at('pkcs1')])));
  const [certificate, bundle] = [at('certificate'), at('bundle.p12')];
  await succeed('openssl', ['req', '-x509', '-key', at('pkcs1'), '-subj', '/CN=x', '-out', certificate]);
  const inputs = ['-inkey', at('pkcs1'), '-in', certificate, '-passout', 'pass:long enough', '-out', bundle];
  await succeed('openssl', ['pkcs12', '-export', ...inputs]);
  files.set('certificate', await readFile(certificate)).set('pkcs12', await readFile(bundle));
  await succeed('openssl', ['rsa', '-in', at('pkcs1'), '-outform', 'DER', '-out', at('der')]);
  files.set('der', await readFile(at('der')));
});

/** A real file that was changed at some places, cut, or had a piece of it doubled. */
const mutation = fc.record({
  name: fc.nat(),
  edits: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 6 }),
  keep: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  doubled: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
  isGiven: fc.boolean(),
});

test('changed real files give findings or a refusal, in time', async () => {
  await fc.assert(
    fc.asyncProperty(mutation, async ({ name, edits, keep, doubled, isGiven }) => {
      const real = [...files.values()][name % files.size] ?? new Uint8Array();
      const bytes = Uint8Array.from(real).subarray(0, Math.ceil(real.length * keep));
      for (const [place, value] of edits) if (bytes.length > 0) bytes[Math.floor(place * (bytes.length - 1))] = value;
      const tail = bytes.subarray(0, Math.floor(bytes.length * doubled));
      await tryFile(Buffer.concat([bytes, tail]), isGiven ? passphrase : null);
    }),
    { numRuns: runs(3500) },
  );
});

test('any bytes and any text give findings or a refusal, in time', async () => {
  const piece = fc.constantFrom(...Object.values(texts), '-----BEGIN ', 'PRIVATE KEY-----\n', '[a]\n', '"', ',', '\0');
  const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }).map((parts) => bytesOf(parts.join('')));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 2000 }), text), async (bytes) => {
      await tryFile(bytes);
    }),
    { numRuns: runs(1500) },
  );
});

describe('files made to hurt are refused, each with its own message', () => {
  const full = (unit: string): Uint8Array => bytesOf(unit.repeat(Math.floor(maxImportBytes / unit.length)));
  test('within a second and 64 MiB', async () => {
    const openssh = new TextDecoder().decode(files.get('ed25519 protected'));
    const ppk = `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nComment: x\nPublic-Lines: 2\nAAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\nAAAA\nKey-Derivation: Argon2id\nArgon2-Memory: 4294967295\nArgon2-Passes: 13\nArgon2-Parallelism: 1\nArgon2-Salt: 000102030405060708090a0b0c0d0e0f\nPrivate-Lines: 1\nAAAAAAAAAAAAAAAAAAAAAA==\nPrivate-MAC: ${'00'.repeat(32)}\n`;
    const bad: Record<string, Uint8Array> = {
      empty: new Uint8Array(),
      zeros: new Uint8Array(4096),
      large: new Uint8Array(maxImportBytes + 1).fill(0x41),
      'PEM bomb': full('-----BEGIN X-----\nAAAA\n-----END X-----\n'),
      'bcrypt of 2^31 rounds': patchedAt(openssh, 63, '80000000'),
      'Argon2 of 4 TiB': bytesOf(ppk),
      picture: bytesOf('GIF89a, and more'),
      'a ZIP file': bytesOf('PK\x03\x04 and more'),
      hosts: bytesOf('example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA\n'),
      letter: bytesOf('Dear Jo,\nthe key follows.'),
    };
    const messages = new Map<string, string>();
    for (const [name, bytes] of Object.entries(bad)) {
      const { result, peakBytes } = await measurePeak(() => tryFile(bytes, passphrase));
      expect(peakBytes, name).toBeLessThan(mostBytes);
      messages.set(name, result);
    }
    expect(messages.get('bcrypt of 2^31 rounds')).toMatch(/256 bcrypt rounds/);
    expect(messages.get('Argon2 of 4 TiB')).toMatch(/32 MiB of Argon2/);
    expect(messages.get('PEM bomb')).toMatch(/200 PEM blocks/);
    expect([...messages.values()]).not.toContain('found');
    expect(new Set(messages.values()).size, JSON.stringify([...messages])).toBe(messages.size);
  });

  test.each([
    ['commas', ','],
    ['quotes', '"'],
    ['sections', '[a]\n'],
    ['braces', '{'],
    ['line ends', '\n'],
    ['settings', 'a=b\n'],
  ])('a megabyte of %s', async (_, unit) => {
    const { peakBytes } = await measurePeak(() => tryFile(full(unit)));
    expect(peakBytes).toBeLessThan(mostBytes);
  });
});
