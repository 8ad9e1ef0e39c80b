import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** Keeps small secrets for this computer and this user, by the system's own keychain. */
export interface Keychain {
  /** Whether it can be used now. If not, `reason` is a sentence for people that says what to do; else it is empty. */
  availability(): Promise<{ isPossible: boolean; reason: string }>;
  /**
   * Seals a secret, so that it opens for this user on this computer only.
   *
   * @param secret - Stays the caller's. The system's interface takes nothing but strings, so it becomes one of base64, which
   * can't be wiped: that copy stays in memory until it is collected and its place is used again.
   * @returns Bytes to keep in a file.
   * @throws CofferError `not-supported` where {@link Keychain.availability} says no; `io-failed` if the keychain fails.
   */
  seal(secret: Uint8Array): Promise<Uint8Array>;
  /**
   * Opens what {@link Keychain.seal} gave, by way of a string as there.
   *
   * @param sealed - Not changed.
   * @returns The secret, which the caller wipes. Null if it can't be opened: another computer or user, a keychain that is locked
   * or was reset, damage.
   */
  open(sealed: Uint8Array): Promise<Uint8Array | null>;
}

/** What Electron 33 and 45 share of `safeStorage`. Newer ones add the calls that give promises, and mean to drop the others. */
export interface SafeStorageCalls {
  isEncryptionAvailable?(): boolean;
  encryptString?(text: string): Buffer;
  decryptString?(sealed: Buffer): string;
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(sealed: Buffer): Promise<{ result: string }>;
  /** On Linux. */
  getSelectedStorageBackend?(): string;
}

/** Programs that keep secrets on Linux, as Chromium names them. All else, above all `basic_text`, is a key that everybody knows. */
const linuxKeyrings: readonly string[] = ['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'];
/** Chromium's mark on what it sealed on Linux with the key that is written in its source (os_crypt_linux.cc). */
const knownKeyMark = 'v10';
const maxSealedBytes = 4096;

/**
 * The keychain behind Electron's `safeStorage`: Keychain on macOS, DPAPI on Windows, GNOME Keyring or KWallet on Linux. To be used
 * once the app is ready.
 *
 * @param calls - Electron's `safeStorage`, of either shape.
 * @param platform - Of this computer.
 */
export function systemKeychain(calls: SafeStorageCalls, platform: NodeJS.Platform): Keychain {
  const availability = async () => {
    const isPossible = (await isAvailable(calls)) && (platform !== 'linux' || hasLinuxKeyring(calls));
    return { isPossible, reason: isPossible ? '' : adviceOn(platform) };
  };
  return {
    availability,
    async seal(secret) {
      const { isPossible, reason } = await availability();
      if (!isPossible) throw new CofferError('not-supported', say('main-desktop.keychain', { reason }));
      const sealed = await encrypt(calls, toBase64(secret));
      // Whatever the backend called itself: this would open on any computer.
      if (platform === 'linux' && startsWith(sealed, knownKeyMark)) {
        throw new CofferError('not-supported', say('main-desktop.keychain', { reason: adviceOn(platform) }));
      }
      return new Uint8Array(sealed);
    },
    async open(sealed) {
      if (sealed.length === 0 || sealed.length > maxSealedBytes) return null;
      if (platform === 'linux' && startsWith(sealed, knownKeyMark)) return null;
      const { isPossible } = await availability();
      return isPossible ? decrypt(calls, sealed) : null;
    },
  };
}

async function isAvailable(calls: SafeStorageCalls): Promise<boolean> {
  try {
    if (calls.isAsyncEncryptionAvailable !== undefined) return await calls.isAsyncEncryptionAvailable();
    return calls.isEncryptionAvailable?.() ?? false;
  } catch {
    return false; // no bus to ask on, a keychain that the user did not unlock
  }
}

function hasLinuxKeyring(calls: SafeStorageCalls): boolean {
  try {
    return linuxKeyrings.includes(calls.getSelectedStorageBackend?.() ?? 'unknown');
  } catch {
    return false;
  }
}

async function encrypt(calls: SafeStorageCalls, text: string): Promise<Uint8Array> {
  try {
    const sealed =
      calls.encryptStringAsync === undefined ? calls.encryptString?.(text) : await calls.encryptStringAsync(text);
    if (sealed !== undefined && sealed.length > 0) return sealed;
  } catch {
    // Its message may name what it was given.
  }
  throw new CofferError('io-failed', say('main-desktop.keychain-this-systems-keychain-did-not-take-the'));
}

async function decrypt(calls: SafeStorageCalls, sealed: Uint8Array): Promise<Uint8Array | null> {
  try {
    const copy = Buffer.from(sealed);
    const text =
      calls.decryptStringAsync === undefined
        ? calls.decryptString?.(copy)
        : (await calls.decryptStringAsync(copy)).result;
    return text === undefined ? null : fromBase64(text);
  } catch {
    return null;
  }
}

function adviceOn(platform: NodeJS.Platform): string {
  if (platform === 'linux') {
    return say('main-desktop.this-computer-has-no-keyring-that');
  }
  if (platform === 'darwin') return say('main-desktop.the-keychain-of-this-mac-is');
  return say('main-desktop.this-system-keeps-no-secrets-for');
}

function startsWith(bytes: Uint8Array, mark: string): boolean {
  return Buffer.from(bytes.subarray(0, mark.length)).toString('latin1') === mark;
}

function toBase64(secret: Uint8Array): string {
  return Buffer.from(secret.buffer, secret.byteOffset, secret.length).toString('base64');
}

function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const decoded = Buffer.from(text, 'base64');
  // Small buffers come from a pool of Node's, which would keep the secret.
  const secret = new Uint8Array(decoded);
  decoded.fill(0);
  return secret;
}
