import { say } from '../../../preload/words/say';
import { toBase32 } from '../../crypto/base32';
import { utf8 } from '../../crypto/encode';
import { sha256 } from '../../crypto/mac';
import type { RandomBytes } from '../../crypto/random';
import { toSecretKey } from '../../crypto/secret-key';
import { hotp, windowAt } from '../../crypto/totp';
import { wipe } from '../../crypto/wipe';
import { CofferError } from '../../errors';
import { readBoundedFile } from '../../files/read-file';
import { readCode } from './code-login';
import { codeSecretBytes } from './notes';
import type { NewPasswordWay, ProvedCodes } from './way-requests';

/** Bounds of a file that serves as a key file. */
export const keyFileBytes = { made: 32, min: 32, max: 16 * 1024 * 1024 };
// How far an authenticator's clock may be off while it is set up; five minutes.
const proveWithinWindows = 10;

/** Secrets of factors that are being set up, between the first step and the change of the ways in. Wiped by {@link forget}. */
export class BegunFactors {
  #codeSecret: Uint8Array | null = null;
  #proved: Omit<ProvedCodes, 'secret'> | null = null;
  #keyFile: { readonly digest: Uint8Array; readonly name: string } | null = null;
  #securityKey: NewPasswordWay['securityKey'] = null;

  /**
   * Begins to set up an authenticator app.
   *
   * @param vaultName - Shown by the app.
   * @returns The secret in groups of four and as a URI for a QR code; fresh bytes that `register` wipes.
   * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
   */
  beginCodes(vaultName: string, random: RandomBytes): { secretText: Uint8Array; uri: Uint8Array } {
    wipe(this.#codeSecret);
    this.#proved = null;
    this.#codeSecret = random(codeSecretBytes);
    const digits = toBase32(this.#codeSecret);
    const secretText = new Uint8Array(digits.length + digits.length / 4 - 1).fill(0x20);
    digits.forEach((digit, at) => (secretText[at + Math.floor(at / 4)] = digit));
    const start = utf8(`otpauth://totp/Coffer:${encodeURIComponent(vaultName)}?secret=`);
    const end = utf8('&issuer=Coffer&algorithm=SHA1&digits=6&period=30');
    const uri = new Uint8Array(start.length + digits.length + end.length);
    uri.set(start);
    uri.set(digits, start.length);
    uri.set(end, start.length + digits.length);
    wipe(digits);
    return { secretText, uri };
  }

  /**
   * Takes two codes in a row as proof that the app has the secret and that its clock is near this computer's.
   *
   * @throws CofferError `wrong-code`; `bad-request` if none was begun or they are no codes.
   */
  proveCodes(first: Uint8Array, second: Uint8Array, nowMs: number): void {
    if (this.#codeSecret === null)
      throw new CofferError('bad-request', say('main-vault.codes-begin-to-set-them-up-first'));
    const secret = toSecretKey(this.#codeSecret);
    const [one, two] = [readCode(first), readCode(second)];
    const now = windowAt(nowMs);
    for (let skewWindows = -proveWithinWindows; skewWindows <= proveWithinWindows; skewWindows++) {
      const window = now + skewWindows;
      if (hotp(secret, window - 1) === one && hotp(secret, window) === two) {
        this.#proved = { window, skewWindows };
        return;
      }
    }
    throw new CofferError('wrong-code', say('main-vault.codes-they-are-not-two-in-a-row'));
  }

  /** The proved app; null if none was begun and proved. Its secret is a copy that the caller wipes. */
  provedCodes(): ProvedCodes | null {
    return this.#codeSecret === null || this.#proved === null
      ? null
      : { secret: new Uint8Array(this.#codeSecret), ...this.#proved };
  }

  /** Takes a key file. Throws what {@link digestKeyFile} throws. */
  takeKeyFile(file: string, name: string): void {
    const digest = digestKeyFile(file);
    wipe(this.#keyFile?.digest);
    this.#keyFile = { digest, name };
  }

  /** Takes what a security key gave; owned from now on. */
  takeSecurityKey(securityKey: NonNullable<NewPasswordWay['securityKey']>): void {
    wipe(this.#securityKey?.output);
    this.#securityKey = securityKey;
  }

  /**
   * The parts of a new way that were begun. Secrets are copies that the caller wipes: {@link forget} may be called while a
   * change runs, and must not turn its keys into zeros.
   *
   * @throws CofferError `bad-request` if a factor is asked for that was not begun.
   */
  partsFor(factors: NewPasswordWay['factors']): Pick<NewPasswordWay, 'keyFile' | 'securityKey' | 'name'> {
    const keyFile = factors.includes('key-file') ? this.#keyFile : null;
    const securityKey = factors.includes('security-key') ? this.#securityKey : null;
    if (factors.includes('key-file') && keyFile === null)
      throw new CofferError('bad-request', say('main-vault.key-file-choose-one-first'));
    if (factors.includes('security-key') && securityKey === null) {
      throw new CofferError('bad-request', say('main-vault.security-key-set-it-up-first'));
    }
    return {
      keyFile: keyFile === null ? null : new Uint8Array(keyFile.digest),
      securityKey: securityKey === null ? null : { ...securityKey, output: new Uint8Array(securityKey.output) },
      name: keyFile?.name ?? '',
    };
  }

  /** Wipes everything that was begun. */
  forget(): void {
    wipe(this.#codeSecret, this.#keyFile?.digest, this.#securityKey?.output);
    this.#codeSecret = null;
    this.#proved = null;
    this.#keyFile = null;
    this.#securityKey = null;
  }
}

/**
 * SHA-256 of a key file of 32 bytes to 16 MiB.
 *
 * @returns 32 bytes that the caller owns and must wipe.
 * @throws CofferError `bad-request`, `not-found`, `no-permission`, `io-failed`.
 */
export function digestKeyFile(file: string): Uint8Array {
  const bytes = readBoundedFile(file, keyFileBytes.max, say('main-vault.key-file'));
  try {
    if (bytes.length < keyFileBytes.min) {
      throw new CofferError(
        'bad-request',
        say('main-vault.key-file-expected-at-least-bytes', { min: keyFileBytes.min }),
      );
    }
    return sha256([bytes]);
  } finally {
    wipe(bytes);
  }
}
