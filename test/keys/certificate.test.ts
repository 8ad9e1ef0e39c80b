import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { belongTogether, certificatePem, describeCertificate, findCertificates } from '../../main/keys/certificate';
import { makeCertificate } from '../../main/keys/certificate-make';
import { writePlainPrivateKey } from '../../main/keys/export';
import { generateKeyPair } from '../../main/keys/generate';
import { readPkcs12 } from '../../main/keys/pkcs12-read';
import { derivePkcs12, toBmpString } from '../../main/keys/pkcs12-kdf';
import { writePkcs12 } from '../../main/keys/pkcs12-write';
import { bytesOf, hexOf, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();
const request = {
  commonName: 'Zürich 雪',
  organization: 'Example Ltd',
  organizationalUnit: '',
  locality: '',
  state: '',
  country: '',
  email: '',
  notBeforeMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  validDays: 365,
};
let pkcs8: Uint8Array;
let other: Uint8Array;
let der: Uint8Array;
let keyFile: string;
let certificateFile: string;

beforeAll(async () => {
  const { signal } = new AbortController();
  pkcs8 = await generateKeyPair('rsa-2048', signal);
  other = await generateKeyPair('rsa-2048', signal);
  der = makeCertificate(pkcs8, request);
  keyFile = await writePrivateFile(folder, 'key.pem', writePlainPrivateKey(pkcs8, 'pkcs8', ''));
  certificateFile = await writePrivateFile(folder, 'cert.pem', bytesOf(certificatePem(der)));
});

const read = (name: string) => Uint8Array.from(readFileSync(path.join(folder, name)));
const refused = (code: string, message: RegExp): Error =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;

describe('a certificate that Coffer makes', () => {
  test('is one that openssl verifies, with the names, times and uses that were asked for', async () => {
    expect(
      await succeed('openssl', [
        'verify',
        '-CAfile',
        certificateFile,
        '-check_ss_sig',
        '-attime',
        String(Date.UTC(2026, 5) / 1000),
        certificateFile,
      ]),
    ).toContain('OK');
    const text = await succeed('openssl', ['x509', '-in', certificateFile, '-noout', '-text']);
    const names = ['-subject', '-nameopt', 'RFC2253,utf8,-esc_msb'];
    expect(await succeed('openssl', ['x509', '-in', certificateFile, '-noout', ...names])).toContain(
      'CN=Zürich 雪,O=Example Ltd',
    );
    expect(text).toMatch(/Signature Algorithm: sha256WithRSAEncryption/);
    expect(text).toMatch(/Not Before: Jan {2}2 03:04:05 2026 GMT/);
    expect(text).toMatch(/Not After : Jan {2}2 03:04:05 2027 GMT/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature/);
    expect(text).toMatch(/CA:FALSE/);
    expect(text).toMatch(/Version: 3/);
  });

  test('is described as openssl describes it', async () => {
    const described = describeCertificate(der);
    expect(described.keyType).toBe('RSA 2048');
    expect(described.notAfterMs - described.notBeforeMs).toBe(365 * 86_400_000);
    for (const [hash, value] of [
      ['-sha1', described.sha1],
      ['-sha256', described.sha256],
    ] as const) {
      expect(await succeed('openssl', ['x509', '-in', certificateFile, '-noout', '-fingerprint', hash])).toContain(
        value,
      );
    }
    expect(await succeed('openssl', ['x509', '-in', certificateFile, '-noout', '-serial'])).toContain(
      described.serialHex,
    );
  });

  test('belongs to its key and to no other', () => {
    expect(belongTogether(der, pkcs8)).toBe(true);
    expect(belongTogether(der, other)).toBe(false);
  });

  test.each([
    [{ commonName: '' }, /^Common name/],
    [{ commonName: 'x'.repeat(65) }, /^Common name/],
    [{ commonName: 'a\nb' }, /^Common name/],
    [{ organization: 'x'.repeat(65) }, /^Organisation/],
    [{ validDays: 0 }, /^Validity/],
    [{ validDays: 3651 }, /^Validity/],
  ])('%j is refused', (changes, message) => {
    expect(() => makeCertificate(pkcs8, { ...request, ...changes })).toThrow(refused('bad-request', message));
  });
});

describe('certificates in files', () => {
  test('are found in PEM with text around, CRLF and lines of other widths, and in DER', () => {
    const pem = certificatePem(der);
    const joined = `-----BEGIN CERTIFICATE-----\n${pem.replaceAll(/-----.*-----|\n/g, '')}\n-----END CERTIFICATE-----`;
    for (const text of [pem, `Bag Attributes\n  x: y\n${pem}\nmore`, pem.replaceAll('\n', '\r\n'), joined]) {
      expect(findCertificates(bytesOf(text)).map(hexOf)).toEqual([hexOf(der)]);
    }
    expect(findCertificates(der).map(hexOf)).toEqual([hexOf(der)]);
    expect(findCertificates(bytesOf(pem + pem))).toHaveLength(2);
    expect(findCertificates(pkcs8)).toEqual([]);
  });

  test('that are cut short, or too many, are refused', () => {
    const pem = certificatePem(der);
    expect(() => findCertificates(bytesOf(pem.slice(0, 300)))).toThrow(refused('bad-key', /END line/));
    expect(() => findCertificates(bytesOf(pem.repeat(21)))).toThrow(refused('bad-key', /at most 20/));
    expect(() => describeCertificate(der.subarray(0, 100))).toThrow(refused('bad-key', /X.509/));
  });

  test('with any byte changed are described or refused, and about a key or not; nothing else', () => {
    for (let at = 0; at < der.length; at++) {
      const changed = Uint8Array.from(der);
      changed[at]! ^= 0x21;
      belongTogether(changed, pkcs8);
      try {
        expect(describeCertificate(changed).notAfterMs).not.toBeNaN();
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-key' });
      }
    }
  });

  test('on a curve that Electron does not know belong to no key', async () => {
    const args = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1', '-nodes', '-keyout', '/dev/null'];
    const [theirs] = findCertificates(bytesOf(await succeed('openssl', ['req', '-x509', '-subj', '/CN=x', ...args])));
    expect(belongTogether(theirs!, pkcs8)).toBe(false);
  });

  test('lose what openssl’s -trustout adds, which AWS would refuse', async () => {
    const args = ['-trustout', '-addtrust', 'clientAuth', '-setalias', 'me'];
    const text = await succeed('openssl', ['x509', '-in', certificateFile, ...args]);
    expect(text).toContain('TRUSTED CERTIFICATE');
    expect(findCertificates(bytesOf(text)).map(hexOf)).toEqual([hexOf(der)]);
  });
});

describe('PKCS#12', () => {
  const passphrase = 'pass phräse 雪';

  test.each(['modern', 'old'] as const)('in the %s style is read by openssl and by Coffer', async (style) => {
    const file = await writePkcs12(pkcs8, der, { style, passphrase: bytesOf(passphrase), friendlyName: 'Signing' });
    const place = await writePrivateFile(folder, `${style}.p12`, file);
    const legacy = style === 'old' ? ['-legacy'] : [];
    const text = await succeed('openssl', [
      'pkcs12',
      '-in',
      place,
      '-passin',
      `pass:${passphrase}`,
      '-nodes',
      ...legacy,
    ]);
    expect(text).toContain('friendlyName: Signing');
    expect(findCertificates(bytesOf(text)).map(hexOf)).toEqual([hexOf(der)]);
    const key = await writePrivateFile(folder, `${style}-key.pem`, bytesOf(text));
    expect(await succeed('openssl', ['pkey', '-in', key, '-check', '-noout'])).toContain('valid');
    const info = await succeed('openssl', [
      'pkcs12',
      '-in',
      place,
      '-passin',
      `pass:${passphrase}`,
      '-info',
      '-noout',
      ...legacy,
    ]);
    expect(info).not.toContain('error');
    const { keys, certificates } = await readPkcs12(file, bytesOf(passphrase));
    expect([keys.map(hexOf), certificates.map(hexOf)]).toEqual([[hexOf(pkcs8)], [hexOf(der)]]);
  });

  test.each([
    ['as OpenSSL 3 writes it', []],
    ['as old OpenSSL and Windows write it, with RC2', ['-legacy']],
    ['with triple DES', ['-legacy', '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES']],
    ['with AES-128 and a MAC of SHA-512', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512']],
    ['with an unencrypted certificate', ['-certpbe', 'NONE']],
    ['with an unencrypted key', ['-keypbe', 'NONE']],
  ])('%s is read', async (_name, options) => {
    const place = path.join(folder, 'theirs.p12');
    await succeed('openssl', [
      'pkcs12',
      '-export',
      '-inkey',
      keyFile,
      '-in',
      certificateFile,
      '-out',
      place,
      '-passout',
      `pass:${passphrase}`,
      ...options,
    ]);
    const { keys, certificates } = await readPkcs12(read('theirs.p12'), bytesOf(passphrase));
    expect([keys.map(hexOf), certificates.map(hexOf)]).toEqual([[hexOf(pkcs8)], [hexOf(der)]]);
    await expect(readPkcs12(read('theirs.p12'), bytesOf('other'))).rejects.toThrow(
      refused('wrong-passphrase', /passphrase/),
    );
    await expect(readPkcs12(read('theirs.p12'), null)).rejects.toThrow(refused('passphrase-needed', /PKCS#12/));
  });

  test('an empty passphrase is one that need not be typed', async () => {
    const place = path.join(folder, 'empty.p12');
    await succeed('openssl', [
      'pkcs12',
      '-export',
      '-inkey',
      keyFile,
      '-in',
      certificateFile,
      '-out',
      place,
      '-passout',
      'pass:',
    ]);
    expect((await readPkcs12(read('empty.p12'), null)).keys.map(hexOf)).toEqual([hexOf(pkcs8)]);
  });

  test('costs above the limit are refused before they are paid', async () => {
    const file = await writePkcs12(pkcs8, der, { style: 'modern', passphrase: bytesOf('x'), friendlyName: '' });
    // The MAC's count is the last INTEGER of the file: 300,000.
    expect([...file.subarray(-5)]).toEqual([2, 3, 0x04, 0x93, 0xe0]);
    file.set([0x7f, 0xff, 0xff], file.length - 3);
    await expect(readPkcs12(file, bytesOf('x'))).rejects.toThrow(refused('bad-key', /at most 650000 rounds/));
  });

  test('every truncation and a thousand changed bytes are refused with an error of ours', async () => {
    const args = ['-inkey', keyFile, '-in', certificateFile, '-legacy', '-iter', '1', '-passout', 'pass:x'];
    await succeed('openssl', ['pkcs12', '-export', ...args, '-out', path.join(folder, 'cheap.p12')]);
    const file = read('cheap.p12');
    const ours = (error: unknown) =>
      expect(['bad-key', 'wrong-passphrase', 'passphrase-needed', 'bad-request']).toContain(
        (error as { code?: string }).code,
      );
    for (let length = 0; length < file.length; length += 37)
      await readPkcs12(file.subarray(0, length), bytesOf('x')).then(() => expect.fail('accepted'), ours);
    for (let n = 0; n < 1000; n++) {
      const changed = Uint8Array.from(file);
      changed[(n * 7919) % file.length]! ^= 1 + (n % 255);
      await readPkcs12(changed, bytesOf('x')).then(() => undefined, ours);
    }
  });

  test('the derivation is the one of RFC 7292, appendix B', async () => {
    // Vectors of the Bouncy Castle and GnuTLS test suites.
    const vector = async (salt: string, iterations: number, purpose: 1 | 2 | 3, lengthBytes: number, text: string) =>
      hexOf(
        await derivePkcs12(toBmpString(bytesOf(text)), {
          hash: 'sha1',
          salt: Buffer.from(salt, 'hex'),
          iterations,
          purpose,
          lengthBytes,
        }),
      );
    expect(await vector('0a58cf64530d823f', 1, 1, 24, 'smeg')).toBe('8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3');
    expect(await vector('0a58cf64530d823f', 1, 2, 8, 'smeg')).toBe('79993dfe048d3b76');
    expect(await vector('05dec959acff72f7', 1000, 1, 24, 'queeg')).toBe(
      'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4',
    );
    expect(await vector('05dec959acff72f7', 1000, 2, 8, 'queeg')).toBe('11dedad7758d4860');
  });
});
