import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readPrivateKey } from '../../main/keys/import';
import { decryptRc2 } from '../../main/keys/rc2';
import { bytesOf, hexOf, succeed, temporaryFolder } from '../support/keys-tools';

const folder = temporaryFolder();
const passphrase = 'Schlüssel für drüben';
const rsa = join(folder, 'rsa.pem');
const legacy = ['-provider', 'legacy', '-provider', 'default'];
let pkcs8Hex: string;

beforeAll(async () => {
  await succeed('openssl', ['genrsa', '-traditional', '-out', rsa, '1024']);
  const der = join(folder, 'rsa.der');
  await succeed('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', rsa, '-outform', 'DER', '-out', der]);
  pkcs8Hex = hexOf(await readFile(der));
});

const common = ['-in', rsa, '-passout', `pass:${passphrase}`, ...legacy];
const pkcs8Under = async (...encryption: string[]) =>
  bytesOf(await succeed('openssl', ['pkcs8', '-topk8', ...encryption, ...common]));
const pkcs1Under = async (cipher: string) =>
  bytesOf(await succeed('openssl', ['rsa', '-traditional', cipher, ...common]));

async function readsWithItsPassphraseAlone(file: Uint8Array): Promise<void> {
  const read = await readPrivateKey(file, bytesOf(passphrase));
  expect(hexOf(read.pkcs8)).toBe(pkcs8Hex);
  expect(read.hadPassphrase).toBe(true);
  await expect(readPrivateKey(file, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
  await expect(readPrivateKey(file, bytesOf('another'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
}

describe('what openssl encrypts in old ways is read', () => {
  test.each([
    'PBE-MD5-DES',
    'PBE-SHA1-DES',
    'PBE-MD5-RC2-64',
    'PBE-SHA1-RC2-64',
    'PBE-SHA1-3DES',
    'PBE-SHA1-2DES',
    'PBE-SHA1-RC2-128',
    'PBE-SHA1-RC2-40',
  ])('PKCS#8 under %s', async (scheme) => {
    await readsWithItsPassphraseAlone(await pkcs8Under('-v1', scheme));
  });

  test.each(['des', 'rc2', 'rc2-64-cbc', 'rc2-40-cbc'])('PKCS#8 under PBES2 with %s', async (cipher) => {
    await readsWithItsPassphraseAlone(await pkcs8Under('-v2', cipher));
  });

  test.each(['-des', '-des-ede-cbc', '-rc2', '-rc2-64-cbc', '-rc2-40-cbc'])('PKCS#1 %s', async (cipher) => {
    await readsWithItsPassphraseAlone(await pkcs1Under(cipher));
  });
});

describe('what is not read is named, with the way out', () => {
  const refused = (what: RegExp, wayOut: RegExp) => ({
    code: 'bad-key',
    message: expect.stringMatching(new RegExp(`encrypted with ${what.source}.*${wayOut.source}`)) as string,
  });

  test.each([
    ['-v1', 'PBE-SHA1-RC4-128', /RC4-128/],
    ['-v1', 'PBE-SHA1-RC4-40', /RC4-40/],
    ['-v2', 'camellia-256-cbc', /Camellia/],
    ['-v2', 'aria-256-cbc', /ARIA/],
    ['-v2', 'seed', /SEED/],
    ['-v2', 'bf', /Blowfish/],
    ['-v2', 'cast5-cbc', /CAST5/],
    ['-v2', 'sm4', /SM4/],
    ['-v2', 'aes-256-cfb', /AES in another mode than CBC/],
  ])('PKCS#8 %s %s', async (option, scheme, what) => {
    const file = await pkcs8Under(option, scheme);
    await expect(readPrivateKey(file, bytesOf(passphrase))).rejects.toMatchObject(
      refused(what, /openssl pkcs8 -topk8/),
    );
  });

  test.each([
    ['-camellia256', /Camellia/],
    ['-aria256', /ARIA/],
    ['-seed', /SEED/],
    ['-bf', /Blowfish/],
    ['-cast5-cbc', /CAST5/],
    ['-sm4', /SM4/],
    ['-aes-256-cfb', /a cipher in another mode than CBC/],
  ])('PKCS#1 %s', async (cipher, what) => {
    const file = await pkcs1Under(cipher);
    await expect(readPrivateKey(file, bytesOf(passphrase))).rejects.toMatchObject(refused(what, /openssl rsa -aes256/));
  });

  test('a DEK-Info line that is missing, unknown, or without a whole IV', async () => {
    const text = new TextDecoder().decode(await pkcs1Under('-aes256'));
    const tries: readonly (readonly [string, RegExp])[] = [
      ['', /expected a DEK-Info line/],
      ['DEK-Info: ROT-13,00\n', /names no known cipher/],
      ['DEK-Info: __proto__,00\n', /names no known cipher/],
      ['DEK-Info: AES-256-CBC,00\n', /IV of 16 bytes/],
      ['DEK-Info: AES-256-CBC\n', /IV of 16 bytes/],
    ];
    for (const [line, message] of tries) {
      const file = bytesOf(text.replace(/DEK-Info.*\n/, line));
      const expected = { code: 'bad-key', message: expect.stringMatching(message) as string };
      await expect(readPrivateKey(file, bytesOf(passphrase))).rejects.toMatchObject(expected);
    }
  });
});

// The cipher alone, as RFC 2268 §5 has it, for keys whose bits all count. A block of padding is put behind by hand.
test.each([
  ['ffffffffffffffff', 'ffffffffffffffff', '278b27e42e2f0d49'],
  ['3000000000000000', '1000000000000001', '30649edf9be7d2c2'],
  ['88bca90e90875a7f0f79c384627bafb2', '0000000000000000', '2269552ab0f85ca6'],
])('RC2 under %s is that of RFC 2268', async (keyHex, plainHex, sealedHex) => {
  const [key, sealed, iv] = [keyHex, sealedHex, '0000000000000000'].map((hex) => Buffer.from(hex, 'hex'));
  const cipher = keyHex.length === 32 ? '-rc2-cbc' : '-rc2-64-cbc';
  const args = ['enc', cipher, '-K', keyHex, '-iv', '0000000000000000', ...legacy];
  const out = join(folder, `rc2-${keyHex}`);
  await succeed('openssl', [...args, '-out', out], Buffer.from(plainHex, 'hex'));
  const file = await readFile(out);
  expect(hexOf(file.subarray(0, 8))).toBe(hexOf(sealed!));
  expect(hexOf(decryptRc2(key!, iv!, file)!)).toBe(plainHex);
  expect(decryptRc2(key!, iv!, file.subarray(1))).toBeNull();
});
