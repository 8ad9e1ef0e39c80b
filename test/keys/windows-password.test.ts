import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writePrivateKey } from '../../main/keys/export';
import { generateKeyPair } from '../../main/keys/generate';
import { readPrivateKey } from '../../main/keys/import';
import { pkcs8OfEd25519 } from '../../main/keys/pkcs8';
import { decodePasswordData, decryptWindowsPassword, openWindowsPassword } from '../../main/keys/windows-password';
import { bytesOf, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();
const password = 'kL9?x(Zq;2&vB-pR8=tW@nY4!mC.eG7';
let keyFile: string;
let sealed: Uint8Array;

/** What EC2 does to a password, by openssl. */
async function encryptFor(key: string, text: string, ...args: string[]): Promise<Uint8Array> {
  const [clear, out] = [join(folder, 'clear'), join(folder, 'sealed')];
  await writePrivateFile(folder, 'clear', bytesOf(text));
  await succeed('openssl', ['pkeyutl', '-encrypt', '-inkey', key, '-in', clear, '-out', out, ...args]);
  return Uint8Array.from(await readFile(out));
}

beforeAll(async () => {
  keyFile = join(folder, 'aws.pem');
  await succeed('openssl', ['genrsa', '-traditional', '-out', keyFile, '2048']);
  sealed = await encryptFor(keyFile, password);
});

const opened = (id: string): object => ({ keyId: id, password: bytesOf(password) });
const base64Of = (bytes: Uint8Array): Uint8Array => bytesOf(Buffer.from(bytes).toString('base64'));

describe('a password that openssl encrypted is read with a key that came as', () => {
  const held: Readonly<Record<string, (key: string) => Promise<Uint8Array>>> = {
    'PKCS#1': async (key) => readFile(key),
    'PKCS#1 under a passphrase': async (key) =>
      bytesOf(await succeed('openssl', ['rsa', '-traditional', '-aes256', '-passout', 'pass:for it', '-in', key])),
    'PKCS#8': async (key) => bytesOf(await succeed('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', key])),
    'PKCS#8 under a passphrase': async (key) =>
      bytesOf(await succeed('openssl', ['pkcs8', '-topk8', '-passout', 'pass:for it', '-in', key])),
    OpenSSH: (key) => bySshKeygen(key, ''),
    'OpenSSH under a passphrase': (key) => bySshKeygen(key, 'for it'),
    'PPK 2': (key) => byPuttygen(key, '2', ''),
    'PPK 2 under a passphrase': (key) => byPuttygen(key, '2', 'for it'),
    'PPK 3': (key) => byPuttygen(key, '3', ''),
    'PPK 3 under a passphrase': (key) => byPuttygen(key, '3', 'for it'),
  };

  test.each(Object.keys(held))('%s', async (form) => {
    const { pkcs8 } = await readPrivateKey(await held[form]!(keyFile), bytesOf('for it'));
    expect(await openWindowsPassword(decodePasswordData(base64Of(sealed)), [{ id: form, pkcs8 }])).toEqual(
      opened(form),
    );
  });

  async function bySshKeygen(key: string, passphrase: string): Promise<Uint8Array> {
    const copy = await writePrivateFile(folder, `openssh-${passphrase.length}`, await readFile(key));
    await succeed('ssh-keygen', ['-q', '-p', '-N', passphrase, '-f', copy]);
    return readFile(copy);
  }

  async function byPuttygen(key: string, version: string, passphrase: string): Promise<Uint8Array> {
    const out = join(folder, `${version}-${passphrase.length}.ppk`);
    const wanted = await writePrivateFile(folder, 'wanted', bytesOf(`${passphrase}\n`));
    await succeed('puttygen', [key, '-o', out, '--ppk-param', `version=${version}`, '--new-passphrase', wanted]);
    return readFile(out);
  }
});

describe('with several keys', () => {
  let keys: { id: string; pkcs8: Uint8Array }[];

  beforeAll(async () => {
    const signal = new AbortController().signal;
    const [another, larger] = await Promise.all([
      generateKeyPair('rsa-2048', signal),
      generateKeyPair('rsa-4096', signal),
    ]);
    const { pkcs8 } = await readPrivateKey(await readFile(keyFile), null);
    keys = [
      { id: 'larger', pkcs8: larger },
      { id: 'another', pkcs8: another },
      { id: 'right', pkcs8 },
    ];
  });

  test('the one that fits is found', async () => {
    expect(await openWindowsPassword(sealed, keys)).toEqual(opened('right'));
  });

  test('none fits: null', async () => {
    expect(await openWindowsPassword(sealed, keys.slice(0, 2))).toBeNull();
  });

  test('none is of the size', async () => {
    const attempt = openWindowsPassword(sealed, keys.slice(0, 1));
    await expect(attempt).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/2048 bits/) as string,
    });
    await expect(openWindowsPassword(sealed, [])).rejects.toThrow(/no key of that size/);
  });

  test('a key of 4096 bits', async () => {
    const pem = await writePrivateKey(keys[0]!.pkcs8, 'pkcs1', { passphrase: null, comment: '' });
    const large = await encryptFor(await writePrivateFile(folder, 'large.pem', pem), password);
    expect(await openWindowsPassword(large, keys)).toEqual(opened('larger'));
  });

  test('a changed byte gives null, never another password', () => {
    const { pkcs8 } = keys[2]!;
    for (let at = 0; at < sealed.length; at += 5) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 0x40;
      // One in some thousand changes gives good padding by chance; it must not be the password then.
      expect(decryptWindowsPassword(changed, pkcs8)).not.toEqual(bytesOf(password));
    }
  });

  test('an Ed25519 key is refused', () => {
    const ed25519 = pkcs8OfEd25519(new Uint8Array(32).fill(1), null);
    expect(() => decryptWindowsPassword(sealed, ed25519)).toThrow(/expected an RSA key/);
  });
});

describe('padding', () => {
  const padded = (...parts: readonly number[][]): Uint8Array => {
    const [head = [], tail = []] = parts;
    return Uint8Array.from([...head, ...new Array<number>(256 - head.length - tail.length).fill(0x55), ...tail]);
  };
  const long = new Array<number>(245).fill(0x41);
  const texts: readonly (readonly [string, Uint8Array, Uint8Array | null])[] = [
    ['an empty password', padded([0, 2], [0]), new Uint8Array()],
    ['the longest', padded([0, 2], [0, ...long]), Uint8Array.from(long)],
    ['zeros in the password', padded([0, 2], [0, 1, 0, 2]), Uint8Array.of(1, 0, 2)],
    ['seven bytes of padding', padded([0, 2], [0, ...long, 0x41]), null],
    ['no end', padded([0, 2]), null],
    ['a zero at once', padded([0, 2, 0], [0, 1]), null],
    ['type 1', padded([0, 1], [0, 1]), null],
    ['no zero in front', padded([1, 2], [0, 1]), null],
  ];

  test.each(texts)('%s', async (_, clear, expected) => {
    const { pkcs8 } = await readPrivateKey(await readFile(keyFile), null);
    const raw = await rawEncrypt(clear);
    expect(decryptWindowsPassword(raw, pkcs8)).toEqual(expected);
  });

  async function rawEncrypt(clear: Uint8Array): Promise<Uint8Array> {
    const [from, to] = [await writePrivateFile(folder, 'raw', clear), join(folder, 'raw-sealed')];
    const args = ['-encrypt', '-inkey', keyFile, '-in', from, '-out', to, '-pkeyopt', 'rsa_padding_mode:none'];
    await succeed('openssl', ['pkeyutl', ...args]);
    return Uint8Array.from(await readFile(to));
  }
});

describe('the data', () => {
  test('may be broken into lines', () => {
    const lines = Buffer.from(sealed)
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n');
    expect(decodePasswordData(bytesOf(`\r\n${lines}\r\n`))).toEqual(sealed);
  });

  test.each<[string, string, RegExp]>([
    ['nothing', '', /not ready yet; that takes up to 15 minutes/],
    ['white space', ' \r\n ', /not ready yet/],
    ['no base64', 'Not available!', /expected base64/],
    ['a few bytes', 'AAAA', /cut short/],
    ['too much', 'A'.repeat(12_000), /cut short or damaged/],
    ['a whole file', 'A'.repeat(1_000_000), /expected base64/],
  ])('%s is refused', (_, text, message) => {
    const attempt = (): unknown => decodePasswordData(bytesOf(text));
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringMatching(message) as string }) as Error,
    );
  });
});
