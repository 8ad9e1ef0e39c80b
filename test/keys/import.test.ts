import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeKey, publicLine } from '../../main/keys/describe';
import { readPrivateKey } from '../../main/keys/import';
import { publishedPrimes, rsaNumbers, rsaPem } from '../support/keys-rsa';
import { bytesOf, hexOf, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();
const passphrase = 'Schlüssel für drüben';
const comment = 'made elsewhere';
/** What the same key is in PKCS#8 DER and as a public line, according to openssl and ssh-keygen. */
const expected: Record<'rsa' | 'ed25519', { pkcs8Hex: string; line: string }> = {
  rsa: { pkcs8Hex: '', line: '' },
  ed25519: { pkcs8Hex: '', line: '' },
};
const [rsa, ed25519] = [join(folder, 'rsa'), join(folder, 'ed25519')];

beforeAll(async () => {
  await succeed('openssl', ['genrsa', '-traditional', '-out', rsa, '2048']);
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', ed25519]);
  const der = join(folder, 'rsa.der');
  await succeed('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', rsa, '-outform', 'DER', '-out', der]);
  expected.rsa = { pkcs8Hex: hexOf(await readFile(der)), line: await succeed('ssh-keygen', ['-y', '-f', rsa]) };
  const line = await succeed('ssh-keygen', ['-y', '-f', ed25519]);
  const { pkcs8 } = await readPrivateKey(await readFile(ed25519), null);
  expected.ed25519 = { pkcs8Hex: hexOf(pkcs8), line };
});

const pkcs8Of = (...encryption: string[]): string[] => [
  'pkcs8',
  '-topk8',
  '-in',
  rsa,
  '-passout',
  `pass:${passphrase}`,
  ...encryption,
];
const pkcs1Of = (cipher: string): string[] => [
  'rsa',
  '-traditional',
  '-in',
  rsa,
  '-passout',
  `pass:${passphrase}`,
  cipher,
];

describe('made by openssl', () => {
  test.each([
    ['PKCS#1', ['rsa', '-traditional', '-in', rsa], 'pkcs1', null],
    ['PKCS#8', ['pkcs8', '-topk8', '-nocrypt', '-in', rsa], 'pkcs8', null],
    ...['-aes128', '-aes192', '-aes256', '-des3'].map(
      (cipher) => [`PKCS#1 ${cipher}`, pkcs1Of(cipher), 'pkcs1', passphrase] as const,
    ),
    ['PKCS#1 -des', [...pkcs1Of('-des'), '-provider', 'legacy', '-provider', 'default'], 'pkcs1', passphrase],
    ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3'].map(
      (cipher) => [`PKCS#8 ${cipher}`, pkcs8Of('-v2', cipher), 'pkcs8', passphrase] as const,
    ),
    ...['hmacWithSHA1', 'hmacWithSHA224', 'hmacWithSHA256', 'hmacWithSHA384', 'hmacWithSHA512'].map(
      (prf) => [`PKCS#8 ${prf}`, pkcs8Of('-v2', 'aes256', '-v2prf', prf), 'pkcs8', passphrase] as const,
    ),
    ['PKCS#8 with a million iterations', pkcs8Of('-v2', 'aes256', '-iter', '1000000'), 'pkcs8', passphrase],
    ['PKCS#8 with scrypt', pkcs8Of('-scrypt'), 'pkcs8', passphrase],
  ] as const)('%s', async (_, args, sourceFormat, needed) => {
    const file = bytesOf(await succeed('openssl', args));
    const read = await readPrivateKey(file, bytesOf(needed));
    expect(hexOf(read.pkcs8)).toBe(expected.rsa.pkcs8Hex);
    expect(read).toMatchObject({ sourceFormat, hadPassphrase: needed !== null, comment: '' });
    if (needed !== null) {
      await expect(readPrivateKey(file, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
      await expect(readPrivateKey(file, bytesOf('another'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
    }
  });

  test('an Ed25519 key as PKCS#8', async () => {
    const pem = await succeed('openssl', ['genpkey', '-algorithm', 'ed25519']);
    const der = await succeed('openssl', ['pkey', '-outform', 'DER', '-out', join(folder, 'ed.der')], pem);
    expect(der).toBe('');
    const { pkcs8 } = await readPrivateKey(bytesOf(pem), null);
    expect(hexOf(pkcs8)).toBe(hexOf(await readFile(join(folder, 'ed.der'))));
  });
});

describe('made by ssh-keygen', () => {
  const ciphers = ['aes128-ctr', 'aes192-ctr', 'aes256-ctr', 'aes128-cbc', 'aes192-cbc', 'aes256-cbc', '3des-cbc'];
  const sealed = [...ciphers, 'aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com'];

  test.each(['rsa', 'ed25519'] as const)('%s without a passphrase', async (type) => {
    const file = await converted(type, ['-N', '']);
    const read = await readPrivateKey(file, bytesOf('ignored, since there is none'));
    expect(hexOf(read.pkcs8)).toBe(expected[type].pkcs8Hex);
    expect(read).toMatchObject({ sourceFormat: 'openssh', hadPassphrase: false });
    expect(publicLine(describeKey(read.pkcs8).sshPublicBlob, read.comment)).toBe(expected[type].line.trim());
  });

  test.each(sealed.flatMap((cipher) => [[cipher, 'rsa'] as const, [cipher, 'ed25519'] as const]))(
    '%s, %s',
    async (cipher, type) => {
      const file = await converted(type, ['-N', passphrase, '-Z', cipher, '-a', '2']);
      const read = await readPrivateKey(file, bytesOf(passphrase));
      expect(hexOf(read.pkcs8)).toBe(expected[type].pkcs8Hex);
      expect(read.hadPassphrase).toBe(true);
      await expect(readPrivateKey(file, bytesOf('another'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
      await expect(readPrivateKey(file, bytesOf(''))).rejects.toMatchObject({ code: 'passphrase-needed' });
    },
  );

  test('an Ed25519 key brings its comment', async () => {
    expect((await readPrivateKey(await readFile(ed25519), null)).comment).toBe(comment);
  });

  test.each(['PEM', 'PKCS8'])('RSA as %s, with and without a passphrase', async (format) => {
    for (const needed of ['', passphrase]) {
      const file = await converted('rsa', ['-N', needed, '-m', format]);
      expect(hexOf((await readPrivateKey(file, bytesOf(needed))).pkcs8)).toBe(expected.rsa.pkcs8Hex);
    }
  });

  test('the default number of rounds', async () => {
    const file = await converted('ed25519', ['-N', passphrase]);
    expect(hexOf((await readPrivateKey(file, bytesOf(passphrase))).pkcs8)).toBe(expected.ed25519.pkcs8Hex);
  });
});

describe('changed on its way', () => {
  const changes: Record<string, (text: string) => Uint8Array> = {
    'CRLF line ends': (text) => bytesOf(text.replaceAll('\n', '\r\n')),
    'old Mac line ends': (text) => bytesOf(text.replaceAll('\n', '\r')),
    'a byte order mark': (text) => bytesOf(`\ufeff${text}`),
    'UTF-16, little-endian': (text) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le')),
    'UTF-16, big-endian': (text) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
    'no line end at the end': (text) => bytesOf(text.trimEnd()),
    'text around it': (text) => bytesOf(`Dear all,\n\nthe key -- keep it:\n\n${text}\nBest wishes: Jo\n`),
    'a certificate before it': (text) =>
      bytesOf(`-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n${text}`),
    'lines of 17 columns': (text) => bytesOf(rewrapped(text, 17)),
    'lines of 76 columns': (text) => bytesOf(rewrapped(text, 76)),
    'one long line': (text) => bytesOf(rewrapped(text, 1_000_000)),
    'indented lines': (text) => bytesOf(text.replaceAll('\n', ' \n    ')),
    'empty lines between': (text) => bytesOf(rewrapped(text, 64).replaceAll('\n', '\n\n')),
    'line ends that became spaces': (text) => bytesOf(text.replaceAll('\n', ' ')),
  };

  test.each(
    Object.keys(changes).flatMap((change) => (['rsa', 'ed25519'] as const).map((type) => [change, type] as const)),
  )('%s: %s', async (change, type) => {
    const text = (await readFile(type === 'rsa' ? rsa : ed25519)).toString();
    const read = await readPrivateKey(changes[change]!(text), null);
    expect(hexOf(read.pkcs8)).toBe(expected[type].pkcs8Hex);
  });

  test.each([
    'CRLF line ends',
    'a byte order mark',
    'text around it',
    'UTF-16, little-endian',
    'no line end at the end',
  ])('an old encrypted PEM file with %s', async (change) => {
    const text = await succeed('openssl', pkcs1Of('-aes256'));
    const read = await readPrivateKey(changes[change]!(text), bytesOf(passphrase));
    expect(hexOf(read.pkcs8)).toBe(expected.rsa.pkcs8Hex);
  });

  test('a header that goes on in the next line', async () => {
    const text = await succeed('openssl', pkcs1Of('-aes256'));
    const folded = text.replace('DEK-Info: AES-256-CBC,', 'X-Note: one\n two\nDEK-Info: AES-256-CBC,\n ');
    expect(hexOf((await readPrivateKey(bytesOf(folded), bytesOf(passphrase))).pkcs8)).toBe(expected.rsa.pkcs8Hex);
  });

  test('neither file nor passphrase is changed by reading', async () => {
    const file = bytesOf(await succeed('openssl', pkcs8Of('-v2', 'aes256')));
    const [fileBefore, given] = [hexOf(file), bytesOf(passphrase)];
    await readPrivateKey(file, given);
    expect([hexOf(file), new TextDecoder().decode(given)]).toEqual([fileBefore, passphrase]);
  });
});

// RFC 8410 §10.3: the same key with and without its public key and an attribute.
const rfc8410 = {
  plain: 'MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC',
  withPublicKey:
    'MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
  spki: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
};

test.each(['plain', 'withPublicKey'] as const)('the Ed25519 example of RFC 8410, %s', async (form) => {
  const pem = `-----BEGIN PRIVATE KEY-----\n${rfc8410[form]}\n-----END PRIVATE KEY-----\n`;
  const { pkcs8 } = await readPrivateKey(bytesOf(pem), null);
  expect(Buffer.from(pkcs8).toString('base64')).toBe(rfc8410.plain);
  expect(Buffer.from(describeKey(pkcs8).spkiDer).toString('base64')).toBe(rfc8410.spki);
});

test.each([2048, 4096] as const)('an RSA key of twice %i bits', async (primeBits) => {
  const [p, q] = await publishedPrimes(primeBits);
  const { pkcs8 } = await readPrivateKey(await rsaPem(folder, rsaNumbers(p, q)), null);
  expect(describeKey(pkcs8).algorithm).toEqual({ type: 'rsa', bits: 2 * primeBits });
});

/** The key in OpenSSH's format or what the arguments say, converted by ssh-keygen. */
async function converted(type: 'rsa' | 'ed25519', args: readonly string[]): Promise<Uint8Array> {
  const file = join(folder, `converted-${type}`);
  await writePrivateFile(folder, `converted-${type}`, await readFile(type === 'rsa' ? rsa : ed25519));
  await succeed('ssh-keygen', ['-q', '-p', '-P', '', '-f', file, ...args]);
  return readFile(file);
}

function rewrapped(text: string, columns: number): string {
  const [begin = '', ...rest] = text.trim().split('\n');
  const base64 = rest.slice(0, -1).join('');
  const lines = base64.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
  return [begin, ...lines, rest.at(-1), ''].join('\n');
}
