import { generatePrimeSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readPrivateKey } from '../../main/keys/import';
import { bitLength, readRsaParts } from '../../main/keys/rsa';
import { publishedPrimes, rsaNumbers, rsaPem } from '../support/keys-rsa';
import { bytesOf, patchedAt, succeed, temporaryFolder } from '../support/keys-tools';

const folder = temporaryFolder();
const refused = (message: RegExp): object => ({ code: 'bad-key', message: expect.stringMatching(message) as string });

describe('what is no RSA or Ed25519 private key is named', () => {
  const commands: Record<string, readonly [readonly string[], RegExp]> = {
    'an EC key': [['ecparam', '-genkey', '-name', 'prime256v1', '-noout'], /ECDSA/],
    'an EC key as PKCS#8': [['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], /ECDSA/],
    'an X25519 key': [['genpkey', '-algorithm', 'X25519'], /X25519/],
    'an Ed448 key': [['genpkey', '-algorithm', 'ED448'], /Ed448/],
    'an X448 key': [['genpkey', '-algorithm', 'X448'], /X448/],
    'an RSA-PSS key': [['genpkey', '-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:1024'], /RSA-PSS/],
    'DH parameters': [
      ['genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048'],
      /PEM block of another type/,
    ],
  };

  test.each(Object.keys(commands))('%s', async (name) => {
    const [args, message] = commands[name]!;
    await expect(readPrivateKey(bytesOf(await succeed('openssl', args)), null)).rejects.toMatchObject(refused(message));
  });

  test('a DSA key, in its old and in its new format', async () => {
    const parameters = join(folder, 'dsa-parameters.pem');
    await succeed('openssl', ['dsaparam', '-out', parameters, '1024']);
    const generated = await succeed('openssl', ['gendsa', parameters]);
    const key = await succeed('openssl', ['dsa'], generated);
    await expect(readPrivateKey(bytesOf(key), null)).rejects.toMatchObject(refused(/DSA/));
    const pkcs8 = await succeed('openssl', ['pkey'], key);
    await expect(readPrivateKey(bytesOf(pkcs8), null)).rejects.toMatchObject(refused(/a DSA key/));
  });

  test('public keys and certificates', async () => {
    const [rsa, certificate] = [join(folder, 'rsa'), join(folder, 'cert.pem')];
    await succeed('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '', '-f', rsa]);
    await succeed('openssl', ['req', '-x509', '-key', rsa, '-subj', '/CN=x', '-out', certificate]);
    await succeed('ssh-keygen', ['-q', '-s', rsa, '-I', 'id', `${rsa}.pub`]);
    const found: readonly (readonly [Uint8Array | string, RegExp])[] = [
      [await readFile(`${rsa}.pub`), /a public key/],
      [await succeed('ssh-keygen', ['-e', '-f', rsa]), /a public key/],
      [await succeed('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', rsa]), /a public key/],
      [await succeed('ssh-keygen', ['-e', '-m', 'PEM', '-f', rsa]), /a public key/],
      [await readFile(certificate), /a certificate/],
      [await readFile(`${rsa}-cert.pub`), /an OpenSSH certificate/],
      [await succeed('openssl', ['req', '-new', '-key', rsa, '-subj', '/CN=x']), /certificate request/],
    ];
    for (const [file, message] of found) {
      const bytes = typeof file === 'string' ? bytesOf(file) : file;
      await expect(readPrivateKey(bytes, null)).rejects.toMatchObject(refused(message));
    }
  });

  test('ECDSA and DSA keys in OpenSSH’s format', async () => {
    for (const [type, message] of [
      ['ecdsa', /ECDSA/],
      ['dsa', /DSA/],
    ] as const) {
      const file = join(folder, type);
      await succeed('ssh-keygen', ['-q', '-t', type, '-N', 'long enough', '-f', file]);
      await expect(readPrivateKey(await readFile(file), null)).rejects.toMatchObject(refused(message));
    }
  });

  test.each<[string, string, RegExp]>([
    ['a PuTTY key that ends early', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n', /PuTTY key \(PPK\)/],
    ['a PuTTY key with a byte order mark', '\ufeffPuTTY-User-Key-File-2: ssh-rsa\r\n', /PuTTY key \(PPK\)/],
    ['an SSH-1 key', 'SSH PRIVATE KEY FILE FORMAT 1.1\n\0', /SSH-1/],
    ['an Ed25519 public key', ' ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me', /a public key/],
    ['nothing', '', /no private key/],
    ['a letter', 'Dear Jo,\nthe key follows.', /no private key/],
    ['a binary file', '0\u0082', /no private key|binary/],
    ['a block that is cut short', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', /END line/],
    [
      'a block with the END line of another',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
      /END line/,
    ],
    ['an empty block', '-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----', /damaged/],
    ['a block that is not base64', '-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----', /base64/],
    ['a block with an odd padding', '-----BEGIN PRIVATE KEY-----\nMA=A\n-----END PRIVATE KEY-----', /base64/],
    [
      'a block of another sort',
      '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nMAA=\n-----END PGP PRIVATE KEY BLOCK-----',
      /PGP/,
    ],
  ])('%s', async (_, text, message) => {
    await expect(readPrivateKey(bytesOf(text), null)).rejects.toMatchObject(refused(message));
  });

  test('a PKCS#12 file', async () => {
    const [key, certificate] = [join(folder, 'p12.pem'), join(folder, 'p12cert.pem')];
    await succeed('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-subj',
      '/CN=x',
      '-out',
      certificate,
    ]);
    const file = join(folder, 'bundle.p12');
    await succeed('openssl', [
      'pkcs12',
      '-export',
      '-inkey',
      key,
      '-in',
      certificate,
      '-passout',
      'pass:x',
      '-out',
      file,
    ]);
    await expect(readPrivateKey(await readFile(file), null)).rejects.toMatchObject(refused(/DER or PKCS#12/));
  });
});

describe('costs and sizes are bounded before they are paid', () => {
  let rsa: string;

  beforeAll(async () => {
    rsa = join(folder, 'bounds.pem');
    await succeed('openssl', ['genrsa', '-traditional', '-out', rsa, '2048']);
  });

  const quickly = async (file: Uint8Array, message: RegExp): Promise<void> => {
    const startMs = performance.now();
    await expect(readPrivateKey(file, bytesOf('long enough'))).rejects.toMatchObject(refused(message));
    // Paid, each of these costs would be minutes; a bound far below that tells, whatever else the machine does.
    expect(performance.now() - startMs).toBeLessThan(5000);
  };

  test('more than 1 MiB', () => quickly(new Uint8Array(1024 * 1024 + 1), /1 MiB/));

  test('PBKDF2 with more than two million iterations', async () => {
    const args = ['pkcs8', '-topk8', '-v2', 'aes256', '-iter', '2000001', '-in', rsa, '-passout', 'pass:x'];
    await quickly(bytesOf(await succeed('openssl', args)), /2000000 PBKDF2 iterations/);
  });

  test.each(['PBE-MD5-DES', 'PBE-SHA1-3DES'])('%s with a million iterations', async (scheme) => {
    const args = ['pkcs8', '-topk8', '-v1', scheme, '-iter', '1000000', '-in', rsa, '-passout', 'pass:x'];
    const legacy = ['-provider', 'legacy', '-provider', 'default'];
    await quickly(bytesOf(await succeed('openssl', [...args, ...legacy])), /650000 rounds of hashing/);
  });

  // openssl writes N = 16384, r = 8, p = 1, and refuses to write more than it would read.
  test.each([
    ['a block size of 127', '020108', '02017f'],
    ['a parallelism of 17', '020101', '020111'],
  ])('scrypt with %s', async (_, before, after) => {
    const pem = await succeed('openssl', ['pkcs8', '-topk8', '-scrypt', '-in', rsa, '-passout', 'pass:x']);
    await quickly(
      patched(pem, `02024000020108020101`, `02024000020108020101`.replace(before, after)),
      /32 MiB of scrypt/,
    );
  });

  test('bcrypt with more than 100 rounds', async () => {
    const file = join(folder, 'rounds');
    await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '1', '-N', 'long enough', '-f', file]);
    // Cipher, "bcrypt", options of 24 bytes: a salt of 16 bytes, then the rounds.
    const text = (await readFile(file)).toString();
    const rounds = Buffer.from(text.split('\n').slice(1, -2).join(''), 'base64').subarray(63, 67);
    expect(rounds.toString('hex')).toBe('00000001');
    await quickly(patchedAt(text, 63, '00000101'), /256 bcrypt rounds/);
    await quickly(patchedAt(text, 63, '80000000'), /256 bcrypt rounds/);
    await quickly(patchedAt(text, 63, 'ffffffff'), /256 bcrypt rounds/);
    await quickly(patchedAt(text, 63, '00000000'), /damaged/);
  });

  test('RSA keys below 512 and above 16,384 bits', async () => {
    const [smallP, smallQ] = [250, 250].map((bits) => generatePrimeSync(bits, { bigint: true })) as [bigint, bigint];
    await quickly(await rsaPem(folder, rsaNumbers(smallP, smallQ)), /512 to 16384 bits/);
    const [p, q] = await publishedPrimes(8192);
    const numbers = rsaNumbers(p, q);
    await quickly(await rsaPem(folder, { ...numbers, n: numbers.n * 2n }), /512 to 16384 bits/);
    // The numbers of a key of 16,384 bits are let in; testing its primes would take half a minute.
    const largest = new TextDecoder()
      .decode(await rsaPem(folder, numbers))
      .split('\n')
      .slice(1, -2)
      .join('');
    expect(bitLength(readRsaParts(Buffer.from(largest, 'base64')).n)).toBe(16_384);
  });

  test('an RSA public exponent of more than 33 bits', async () => {
    const [p, q] = await publishedPrimes(2048);
    await quickly(await rsaPem(folder, rsaNumbers(p, q, 2n ** 64n + 13n)), /33 bits/);
  });
});

describe('algorithms that are outdated or unknown are named', () => {
  let rsa: string;

  beforeAll(async () => {
    rsa = join(folder, 'algorithms.pem');
    await succeed('openssl', ['genrsa', '-traditional', '-out', rsa, '2048']);
  });

  test('OpenSSH with a cipher of the future', async () => {
    const file = join(folder, 'future');
    const args = ['-q', '-t', 'ed25519', '-Z', 'aes256-ctr', '-N', 'long enough', '-f', file];
    await succeed('ssh-keygen', args);
    // Its name stands behind the magic and four bytes of length.
    const renamed = patchedAt((await readFile(file)).toString(), 19, '61657339');
    await expect(readPrivateKey(renamed, bytesOf('long enough'))).rejects.toMatchObject(
      refused(/unsupported cipher.*aes256-ctr/),
    );
  });
});

test('a message holds nothing of the file and nothing of the passphrase', async () => {
  const file = join(folder, 'quiet');
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'the very secret', '-C', 'the comment', '-f', file]);
  const text = (await readFile(file)).toString();
  const tries: readonly (readonly [Uint8Array, string | null])[] = [
    [bytesOf(text), 'a wrong secret'],
    [bytesOf(text.replace('b3Bl', 'AAAA')), null],
    [bytesOf('MY-OWN-WORDS'), null],
  ];
  for (const [bytes, given] of tries) {
    const error = await readPrivateKey(bytes, bytesOf(given)).then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error).toMatchObject({ name: 'CofferError' });
    expect(error?.message).not.toMatch(/secret|comment|MY-OWN-WORDS|b3Bl/);
  }
});

/** A PEM text with some bytes replaced by as many others. */
function patched(pem: string, beforeHex: string, afterHex: string): Uint8Array {
  const der = Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');
  const at = der.indexOf(Buffer.from(beforeHex, 'hex'));
  expect(at).toBeGreaterThan(0);
  return patchedAt(pem, at, afterHex);
}
