import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readPrivateKey } from '../../main/keys/import';
import { bytesOf, succeed, temporaryFolder } from '../support/keys-tools';

const folder = temporaryFolder();
const passphrase = 'for the wrapped';
const rsa = join(folder, 'rsa.pem');
let pkcs8: Uint8Array;

/** What openssl makes of the key, as DER. */
async function derOf(...args: string[]): Promise<Uint8Array> {
  const out = join(folder, 'out.der');
  await succeed('openssl', [...args, '-in', rsa, '-outform', 'DER', '-out', out]);
  return readFile(out);
}

beforeAll(async () => {
  await succeed('openssl', ['genrsa', '-traditional', '-out', rsa, '2048']);
  pkcs8 = (await readPrivateKey(await readFile(rsa), null)).pkcs8;
});

describe('DER without PEM around it', () => {
  test('PKCS#1', async () => {
    const der = await derOf('rsa', '-traditional');
    expect(await readPrivateKey(der, null)).toEqual({
      pkcs8,
      comment: '',
      sourceFormat: 'pkcs1',
      hadPassphrase: false,
    });
  });

  test('PKCS#8', async () => {
    const der = await derOf('pkcs8', '-topk8', '-nocrypt');
    expect(await readPrivateKey(der, null)).toEqual({
      pkcs8,
      comment: '',
      sourceFormat: 'pkcs8',
      hadPassphrase: false,
    });
  });

  test('PKCS#8 under a passphrase', async () => {
    const der = await derOf('pkcs8', '-topk8', '-passout', `pass:${passphrase}`);
    const expected = { pkcs8, comment: '', sourceFormat: 'pkcs8', hadPassphrase: true };
    expect(await readPrivateKey(der, bytesOf(passphrase))).toEqual(expected);
    await expect(readPrivateKey(der, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
    await expect(readPrivateKey(der, bytesOf('another'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
  });

  test.each<[string, string]>([
    ['an empty SEQUENCE', '3000'],
    ['a public key', '300d300906072a8648ce3d02010300'],
    ['a SEQUENCE with damage inside', '30030205aa'],
  ])('%s is no private key', async (_, hex) => {
    await expect(readPrivateKey(Buffer.from(hex, 'hex'), null)).rejects.toMatchObject({ code: 'bad-key' });
  });
});

test('the JSON of "aws ec2 create-key-pair" is read as it was printed', async () => {
  for (const ends of ['\n', '\r\n']) {
    const KeyMaterial = (await readFile(rsa, 'utf8')).replaceAll('\n', ends);
    const printed = JSON.stringify({ KeyFingerprint: '1f:51', KeyMaterial, KeyName: 'my-key' }, null, 4);
    expect((await readPrivateKey(bytesOf(printed), null)).pkcs8).toEqual(pkcs8);
  }
});

test('a key under a passphrase, on one line of JSON', async () => {
  const args = ['rsa', '-traditional', '-aes128', '-passout', `pass:${passphrase}`, '-in', rsa];
  const printed = JSON.stringify({ KeyMaterial: await succeed('openssl', args) });
  expect((await readPrivateKey(bytesOf(printed), bytesOf(passphrase))).pkcs8).toEqual(pkcs8);
});
