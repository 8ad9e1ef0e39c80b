import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { berOctets, readBerSequence, readBerValues } from '../../main/keys/ber';
import { belongTogether } from '../../main/keys/certificate';
import { derTag, readDerSequence, writeDer, writeDerUnsigned } from '../../main/keys/der';
import { readPrivateKey } from '../../main/keys/import';
import { writeOid } from '../../main/keys/oid';
import { readPkcs12 } from '../../main/keys/pkcs12-read';
import { writePkcs12 } from '../../main/keys/pkcs12-write';
import { bytesOf, hexOf, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();
const passphrase = 'pass phräse 雪';
const at = (name: string) => join(folder, name);
let pkcs8: Uint8Array;
let certificate: Uint8Array;

beforeAll(async () => {
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', at('key.pem'), '-subj', '/CN=x', '-out', at('cert.pem')];
  await succeed('openssl', ['req', '-x509', ...made]);
  await succeed('openssl', ['x509', '-in', at('cert.pem'), '-outform', 'DER', '-out', at('cert.der')]);
  pkcs8 = (await readPrivateKey(await readFile(at('key.pem')), null)).pkcs8;
  certificate = await readFile(at('cert.der'));
});

async function byOpenssl(name: string, given: string, ...options: string[]): Promise<Uint8Array> {
  const files = ['-inkey', at('key.pem'), '-in', at('cert.pem'), '-out', at(name)];
  await succeed('openssl', ['pkcs12', '-export', ...files, '-passout', `pass:${given}`, ...options]);
  return readFile(at(name));
}

async function holdsBoth(file: Uint8Array, given: string | null) {
  const content = await readPkcs12(file, bytesOf(given));
  expect(content.keys.map(hexOf)).toEqual([hexOf(pkcs8)]);
  expect(content.certificates.map(hexOf)).toEqual([hexOf(certificate)]);
  return content;
}

describe('NSS, the library of Firefox, writes lengths that are told by an end mark', () => {
  const database = `sql:${at('nss')}`;
  const nss = ['-d', database, '-K', ''];

  beforeAll(async () => {
    mkdirSync(at('nss'));
    await succeed('certutil', ['-N', '-d', database, '--empty-password']);
  });

  test('and reads what Coffer writes', async () => {
    const options = { style: 'modern', passphrase: bytesOf(passphrase), friendlyName: 'Signing 雪' } as const;
    const file = await writePrivateFile(folder, 'ours.p12', await writePkcs12(pkcs8, certificate, options));
    await succeed('pk12util', ['-i', file, '-W', passphrase, ...nss]);
    expect(await succeed('certutil', ['-L', '-d', database])).toContain('Signing 雪');
  });

  test.each([
    ['as it does unless told', []],
    ['without a passphrase', []],
    ['with RC2 of 40 bits for the certificate', ['-C', 'PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC']],
  ])('%s', async (name, options) => {
    const given = name === 'without a passphrase' ? '' : passphrase;
    const cheap = options.length > 0 ? ['-c', 'AES-128-CBC'] : [];
    await succeed('pk12util', ['-o', at('nss.p12'), '-n', 'Signing 雪', '-W', given, ...nss, ...cheap, ...options]);
    const file = await readFile(at('nss.p12'));
    // SEQUENCE without a length: BER, and not DER.
    expect(hexOf(file.subarray(0, 2))).toBe('3080');
    if (options.length > 0) {
      // Its 600,000 iterations, three times over, are more than is paid.
      const refused = { code: 'bad-key', message: expect.stringMatching(/650000 rounds of hashing/) as string };
      await expect(readPkcs12(file, bytesOf(given))).rejects.toMatchObject(refused);
      return;
    }
    const { names, keys, certificates, hasMac } = await holdsBoth(file, given === '' ? null : given);
    expect([keys[0]!, certificates[0]!].map((item) => names.get(item))).toEqual(['Signing 雪', 'Signing 雪']);
    expect(hasMac).toBe(true);
    if (given === '') return;
    await expect(readPkcs12(file, bytesOf('other'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(readPkcs12(file, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
    for (let length = 1; length < file.length; length += 97)
      await expect(readPkcs12(file.subarray(0, length), bytesOf(given))).rejects.toMatchObject({ code: 'bad-key' });
  });
});

test.each([
  ['RC2 of 40 bits for the certificate', ['-legacy']],
  ['Triple DES with two keys', ['-legacy', '-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES']],
  ['RC2 of 128 bits', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
])('old Windows: %s', async (_, options) => {
  await holdsBoth(await byOpenssl('old.p12', passphrase, ...options), passphrase);
});

test('RC4 is named, with the way out', async () => {
  const file = await byOpenssl('rc4.p12', passphrase, '-legacy', '-keypbe', 'PBE-SHA1-RC4-128');
  const refused = { code: 'bad-key', message: expect.stringMatching(/RC4-128.*openssl/) as string };
  await expect(readPkcs12(file, bytesOf(passphrase))).rejects.toMatchObject(refused);
});

describe('a file without a MAC', () => {
  test.each([
    ['under AES', []],
    ['under Triple DES', ['-legacy', '-certpbe', 'PBE-SHA1-3DES']],
  ])('%s is read, and says so', async (_, options) => {
    const file = await byOpenssl('no-mac.p12', passphrase, '-nomac', ...options);
    expect((await holdsBoth(file, passphrase)).hasMac).toBe(false);
    await expect(readPkcs12(file, bytesOf('other'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(readPkcs12(file, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
  });

  test('and without encryption needs no passphrase', async () => {
    const file = await byOpenssl('open.p12', '', '-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE');
    expect((await holdsBoth(file, null)).hasMac).toBe(false);
  });
});

test.each([[[]], [['-legacy']]])('an empty passphrase of openssl, %j', async (options) => {
  await holdsBoth(await byOpenssl('empty.p12', '', ...options), null);
});

test('an empty passphrase as no bytes at all, as Windows and Java may write it', async () => {
  const file = await byOpenssl('plain.p12', '', '-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac');
  const [version, safe] = readDerSequence(file);
  const content = berOctets(readBerValues(readBerValues(safe!.content)[1]!.content)[0]);
  // One iteration: the SHA-1 of the diversifier and the salt, both as long as a block, and nothing behind them.
  const salt = Buffer.alloc(8, 7);
  const key = createHash('sha1').update(Buffer.alloc(64, 3)).update(Buffer.alloc(64, 7)).digest();
  const digest = createHmac('sha1', key).update(content).digest();
  const algorithm = sequence(writeOid('1.3.14.3.2.26'), writeDer(0x05));
  const mac = sequence(sequence(algorithm, writeDer(derTag.octetString, digest)), writeDer(derTag.octetString, salt));
  const whole = sequence(writeDer(version!.tag, version!.content), sequence(safe!.content), mac);
  expect((await holdsBoth(whole, null)).hasMac).toBe(true);
});

describe('PBMAC1', () => {
  const vector = JSON.parse(readFileSync(join(import.meta.dirname, '../vectors/pkcs12-pbmac1.json'), 'utf8')) as {
    passphrase: string;
    base64: string;
  };
  const file = Buffer.from(vector.base64, 'base64');

  test('the file of RFC 9579 is read', async () => {
    const { keys, certificates } = await readPkcs12(file, bytesOf(vector.passphrase));
    expect([keys.length, certificates.length]).toEqual([1, 1]);
    expect(belongTogether(certificates[0]!, keys[0]!)).toBe(true);
    await expect(readPkcs12(file, bytesOf('1235'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(readPkcs12(file, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
  });

  test.each([
    ['another count (appendix A.4)', '020208000201', '020208010201', 'wrong-passphrase'],
    ['another salt (appendix A.5)', '6f473c38', '6f473c39', 'wrong-passphrase'],
    ['a key of no bytes', '02020800020120', '02020800020100', 'bad-key'],
    ['another hash that nobody knows', '300c06082a864886f70d02090500', '300c06082a864886f70d02440500', 'bad-key'],
  ])('%s is refused', async (_, before, after, code) => {
    const from = Buffer.from(before, 'hex');
    const place = file.lastIndexOf(from);
    expect(place).toBeGreaterThan(file.length - 130);
    const changed = Uint8Array.from(file);
    changed.set(Buffer.from(after, 'hex'), place);
    await expect(readPkcs12(changed, bytesOf(vector.passphrase))).rejects.toMatchObject({ code });
  });

  test.each([
    ['sha1', '7', 20],
    ['sha384', '10', 48],
    ['sha512', '11', 64],
  ])('HMAC and PRF with %s', async (hash, arc, lengthBytes) => {
    const written = await writePkcs12(pkcs8, certificate, {
      style: 'modern',
      passphrase: bytesOf(passphrase),
      friendlyName: '',
    });
    const [version, safe] = readBerSequence(written);
    const content = berOctets(readBerValues(readBerValues(safe!.content)[1]!.content)[0]);
    const key = pbkdf2Sync(passphrase, 'salt of eight', 1000, lengthBytes, hash);
    const digest = createHmac(hash, key).update(content).digest();
    const hmac = sequence(writeOid(`1.2.840.113549.2.${arc}`), writeDer(0x05));
    const number = (value: number) => writeDerUnsigned(Uint8Array.of(value >> 8, value));
    const salt = writeDer(derTag.octetString, bytesOf('salt of eight'));
    const kdf = sequence(writeOid('1.2.840.113549.1.5.12'), sequence(salt, number(1000), number(lengthBytes), hmac));
    const scheme = sequence(writeOid('1.2.840.113549.1.5.14'), sequence(kdf, hmac));
    const mac = sequence(sequence(scheme, writeDer(derTag.octetString, digest)), salt);
    await holdsBoth(sequence(writeDer(2, version!.content), sequence(safe!.content), mac), passphrase);
  });
});

test('names that Windows makes up, and damage, are no names', async () => {
  for (const [given, expected] of [
    ['{08E41F13-1A2B-4C3D-8E9F-0123456789AB}', undefined],
    ['le-08e41f13-1a2b-4c3d-8e9f-0123456789ab', undefined],
    ['web  server', 'web  server'],
  ] as const) {
    const { keys, names } = await readPkcs12(
      await byOpenssl('named.p12', 'x', '-name', given, '-iter', '1'),
      bytesOf('x'),
    );
    expect(names.get(keys[0]!)).toBe(expected);
  }
});

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return writeDer(derTag.sequence, ...parts);
}
