import { describe, expect, test } from 'vitest';
import { type SafeStorageCalls, systemKeychain } from '../../main/desktop/keychain';

const secret = () => new Uint8Array([0, 1, 127, 128, 255]);

/** What both shapes do: not a cipher, but it tells what was sealed here from what was not. */
const sealText = (mark: string, text: string) => Buffer.from(`${mark}${Buffer.from(text).toString('hex')}`);
function openText(mark: string, sealed: Buffer): string {
  const text = sealed.toString();
  if (!text.startsWith(mark)) throw new Error('cannot decrypt');
  return Buffer.from(text.slice(mark.length), 'hex').toString();
}

interface Options {
  backend?: string;
  isAvailable?: boolean;
  mark?: string;
}

const electron33 = ({ backend = 'gnome_libsecret', isAvailable = true, mark = 'v11' }: Options): SafeStorageCalls => ({
  isEncryptionAvailable: () => isAvailable,
  encryptString: (text) => sealText(mark, text),
  decryptString: (sealed) => openText(mark, sealed),
  getSelectedStorageBackend: () => backend,
});

const wrong = () => {
  throw new Error('deprecated');
};
const electron45 = ({ backend = 'gnome_libsecret', isAvailable = true, mark = 'v11' }: Options): SafeStorageCalls => ({
  isEncryptionAvailable: wrong,
  encryptString: wrong,
  decryptString: wrong,
  isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
  encryptStringAsync: (text) => Promise.resolve(sealText(mark, text)),
  decryptStringAsync: (sealed) =>
    Promise.resolve(sealed).then((bytes) => ({ result: openText(mark, bytes), shouldReEncrypt: false })),
  getSelectedStorageBackend: () => backend,
});

describe.each([
  ['Electron 33', electron33],
  ['Electron 45', electron45],
])('the keychain by the calls of %s', (_, make) => {
  test.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])('seals and opens with %s', async (backend) => {
    const keychain = systemKeychain(make({ backend }), 'linux');
    expect(await keychain.availability()).toEqual({ isPossible: true, reason: '' });
    const given = secret();
    const sealed = await keychain.seal(given);
    expect(given).toEqual(secret());
    expect(await keychain.open(sealed)).toEqual(secret());
  });

  test.each(['basic_text', 'unknown', 'something new'])('refuses %s, and says what to do', async (backend) => {
    const keychain = systemKeychain(make({ backend }), 'linux');
    const { isPossible, reason } = await keychain.availability();
    expect(isPossible).toBe(false);
    expect(reason).toMatch(/Install GNOME Keyring or KWallet, unlock it/);
    await expect(keychain.seal(secret())).rejects.toMatchObject({ code: 'not-supported' });
    expect(await keychain.open(sealText('v11', 'AAA='))).toBeNull();
  });

  test('refuses a keyring that is not available', async () => {
    const keychain = systemKeychain(make({ isAvailable: false }), 'linux');
    expect((await keychain.availability()).isPossible).toBe(false);
    await expect(keychain.seal(secret())).rejects.toMatchObject({ code: 'not-supported' });
  });

  test('refuses what Chromium sealed with the key of its source, whatever the backend is called', async () => {
    const keychain = systemKeychain(make({ mark: 'v10' }), 'linux');
    await expect(keychain.seal(secret())).rejects.toMatchObject({ code: 'not-supported' });
    expect(await keychain.open(sealText('v10', 'AAA='))).toBeNull();
  });

  test('opens nothing that is damaged, foreign or no base64', async () => {
    const keychain = systemKeychain(make({}), 'linux');
    expect(await keychain.open(Buffer.from('v12something'))).toBeNull();
    expect(await keychain.open(new Uint8Array())).toBeNull();
    expect(await keychain.open(new Uint8Array(5000))).toBeNull();
    expect(await keychain.open(sealText('v11', 'not base64!'))).toBeNull();
  });

  test.each(['darwin', 'win32'] as const)('asks for no backend on %s', async (platform) => {
    const keychain = systemKeychain(make({ backend: 'unknown', mark: 'v10' }), platform);
    expect((await keychain.availability()).isPossible).toBe(true);
    expect(await keychain.open(await keychain.seal(secret()))).toEqual(secret());
    const { reason } = await systemKeychain(make({ isAvailable: false }), platform).availability();
    expect(reason).not.toBe('');
  });
});

test('a keychain that fails says so without what it was given', async () => {
  const encryptString = (text: string) => {
    throw new Error(`cannot encrypt ${text}`);
  };
  const keychain = systemKeychain({ ...electron33({}), encryptString }, 'linux');
  const error: unknown = await keychain.seal(secret()).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'io-failed' });
  expect(String(error)).not.toContain(Buffer.from(secret()).toString('base64'));
});
