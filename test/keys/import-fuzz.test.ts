import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CofferError } from '../../main/errors';
import { parseKeyPairList, parsePasswordData } from '../../main/keys/aws-json';
import { readPrivateKey } from '../../main/keys/import';
import { readPublicKey } from '../../main/keys/public-key';
import { decodePasswordData } from '../../main/keys/windows-password';
import { bytesOf, hexOf, succeed, temporaryFolder } from '../support/keys-tools';

/** `npm run test:long` sets COFFER_LONG, and runs twenty times as many cases. */
const runs = (usual: number) => (process.env['COFFER_LONG'] === undefined ? usual : 20 * usual);
const folder = temporaryFolder();
const passphrase = 'long enough';
const expectedCodes = ['bad-key', 'passphrase-needed', 'wrong-passphrase'];

/** Same key, or an error that is meant for the user; nothing else. */
async function readsTheSameOrRefuses(file: Uint8Array, pkcs8Hex: string | null): Promise<'same' | 'refused'> {
  try {
    const { pkcs8 } = await readPrivateKey(file, bytesOf(passphrase));
    if (pkcs8Hex !== null) expect(hexOf(pkcs8)).toBe(pkcs8Hex);
    return 'same';
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
    expect(expectedCodes).toContain(error.code);
    return 'refused';
  }
}

describe.each([
  ['ed25519 in OpenSSH’s format', ['-t', 'ed25519', '-N', '']],
  ['ed25519 in OpenSSH’s format, encrypted', ['-t', 'ed25519', '-N', passphrase, '-a', '1']],
  ['rsa in OpenSSH’s format', ['-t', 'rsa', '-b', '1024', '-N', '']],
  ['rsa as PKCS#1', ['-t', 'rsa', '-b', '1024', '-m', 'PEM', '-N', '']],
  ['rsa as PKCS#1, encrypted', ['-t', 'rsa', '-b', '1024', '-m', 'PEM', '-N', passphrase]],
  ['rsa as PKCS#8', ['-t', 'rsa', '-b', '1024', '-m', 'PKCS8', '-N', '']],
  ['rsa as PKCS#8, encrypted', ['-t', 'rsa', '-b', '1024', '-m', 'PKCS8', '-N', passphrase]],
])('%s', (name, args) => {
  let lines: string[];
  let bytes: Buffer;
  let head: string[];
  let pkcs8Hex: string;
  const textOf = (content: Uint8Array): Uint8Array =>
    bytesOf([...head, Buffer.from(content).toString('base64'), lines.at(-1), ''].join('\n'));

  beforeAll(async () => {
    const file = join(folder, name.replace(/\W+/g, '-'));
    await succeed('ssh-keygen', ['-q', '-f', file, ...args]);
    lines = (await readFile(file)).toString().trim().split('\n');
    const empty = lines.indexOf('');
    head = lines.slice(0, empty < 0 ? 1 : empty + 1);
    bytes = Buffer.from(lines.slice(head.length, -1).join(''), 'base64');
    pkcs8Hex = hexOf((await readPrivateKey(textOf(bytes), bytesOf(passphrase))).pkcs8);
  });

  test('one changed byte gives the same key or a refusal, never another key and never a crash', async () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, difference]) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ difference;
        await readsTheSameOrRefuses(textOf(changed), pkcs8Hex);
      }),
      { numRuns: runs(150) },
    );
  });

  test('what is cut short is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        expect(await readsTheSameOrRefuses(textOf(bytes.subarray(0, length)), null)).toBe('refused');
      }),
      { numRuns: runs(60) },
    );
  });

  test('a text that is cut anywhere is refused', async () => {
    const text = lines.join('\n');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), async (length) => {
        expect(await readsTheSameOrRefuses(bytesOf(text.slice(0, length)), null)).toBe('refused');
      }),
      { numRuns: runs(60) },
    );
  });
});

describe.each([
  ['PPK 2', 'version=2', ''],
  ['PPK 2, encrypted', 'version=2', passphrase],
  ['PPK 3', 'version=3', ''],
  ['PPK 3, encrypted', 'version=3,memory=64,passes=2', passphrase],
])('%s', (name, parameters, given) => {
  let file: Uint8Array;
  let pkcs8Hex: string;

  beforeAll(async () => {
    const [out, wanted] = [join(folder, `${name}.ppk`), join(folder, 'wanted')];
    await writeFile(wanted, `${given}\n`);
    const kind = ['-t', 'rsa', '-b', '1024', '-C', 'a comment', '--ppk-param', parameters];
    await succeed('puttygen', ['-q', ...kind, '-o', out, '--new-passphrase', wanted]);
    file = Uint8Array.from(await readFile(out));
    pkcs8Hex = hexOf((await readPrivateKey(file, bytesOf(passphrase))).pkcs8);
  });

  test('one changed byte gives the same key or a refusal, never another key and never a crash', async () => {
    const change = fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, difference]) => {
        const changed = Uint8Array.from(file);
        changed[at] = (changed[at] ?? 0) ^ difference;
        await readsTheSameOrRefuses(changed, pkcs8Hex);
      }),
      { numRuns: runs(150) },
    );
  });

  test('a text that is cut anywhere before its end is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 3), async (length) => {
        expect(await readsTheSameOrRefuses(file.subarray(0, length), null)).toBe('refused');
      }),
      { numRuns: runs(60) },
    );
  });
});

test('any bytes in any block are refused', async () => {
  const labels = ['RSA PRIVATE KEY', 'PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'CERTIFICATE'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...labels), fc.uint8Array({ maxLength: 400 }), async (label, content) => {
      const base64 = Buffer.from(content).toString('base64');
      const file = bytesOf(`-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`);
      expect(await readsTheSameOrRefuses(file, null)).toBe('refused');
    }),
    { numRuns: runs(500) },
  );
});

test('any bytes at all are refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (file) => {
      expect(await readsTheSameOrRefuses(file, null)).toBe('refused');
    }),
    { numRuns: runs(500) },
  );
});

test.each([
  ['BEGIN lines', '-----BEGIN RSA PRIVATE KEY-----\n'],
  ['whole empty blocks', '-----BEGIN X-----\n-----END X-----\n'],
  ['dashes', '-----'],
  ['header lines', '-----BEGIN RSA PRIVATE KEY-----\na: b\n'],
  ['line ends', '\n'],
  ['first lines of PPK', 'PuTTY-User-Key-File-3: ssh-rsa\n'],
  ['starts of first lines of PPK', 'xPuTTY-User-Key-File-'],
])('a file of 1 MiB full of %s is refused soon', async (_, unit) => {
  const file = bytesOf(unit.repeat(Math.floor((1024 * 1024) / unit.length)));
  const startMs = performance.now();
  expect(await readsTheSameOrRefuses(file, null)).toBe('refused');
  expect(performance.now() - startMs).toBeLessThan(10_000);
});

test('deeply nested DER is refused', async () => {
  const nested = Buffer.alloc(500_000, Buffer.from('3080', 'hex'));
  const lengths = Buffer.concat(Array.from({ length: 60_000 }, () => Buffer.from('30820fff', 'hex')));
  for (const content of [nested, lengths]) {
    for (const label of ['PRIVATE KEY', 'ENCRYPTED PRIVATE KEY']) {
      const file = bytesOf(`-----BEGIN ${label}-----\n${content.toString('base64')}\n-----END ${label}-----\n`);
      expect(await readsTheSameOrRefuses(file, null)).toBe('refused');
    }
  }
});

test('any text gives no public key, no list and no password data, or a refusal', () => {
  const pieces = fc.constantFrom(
    ...['ssh-rsa ', 'ssh-ed25519 ', 'AAAAB3NzaC1yc2E', 'AAAAC3NzaC1lZDI1NTE5AAAAI', '-----BEGIN PUBLIC KEY-----', '\n'],
    ...[
      '-----END PUBLIC KEY-----',
      '---- BEGIN SSH2 PUBLIC KEY ----',
      '---- END SSH2 PUBLIC KEY ----',
      'Comment: "',
      '\\',
    ],
    ...[
      '{"KeyPairs":[',
      '{"PasswordData":"',
      '"KeyFingerprint":"',
      '"}',
      ']}',
      'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A',
      '==',
    ],
  );
  const text = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 12 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.oneof(
        text.map((joined) => bytesOf(joined)),
        fc.uint8Array({ maxLength: 300 }),
      ),
      (bytes) => {
        for (const read of [readPublicKey, parseKeyPairList, parsePasswordData, decodePasswordData]) {
          try {
            read(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(CofferError);
            expect(['bad-key', 'bad-request']).toContain((error as CofferError).code);
          }
        }
      },
    ),
    { numRuns: runs(1000) },
  );
});
