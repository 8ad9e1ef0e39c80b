import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import type { DerivationBudget } from '../derivation-budget';
import type { PemBlock } from '../pem';

/** The formats that are read. */
export type SourceFormat = 'pkcs1' | 'pkcs8' | 'openssh' | 'ppk2' | 'ppk3';

/** A file from outside, opened as far as all readers need it. */
export interface KeyFile {
  /** ASCII or UTF-8 bytes; owned by the caller of the reader. */
  readonly bytes: Uint8Array;
  /** Its PEM blocks in the file's order; views into the bytes. */
  readonly blocks: readonly PemBlock[];
}

/** A private key that was read and found consistent. */
export interface ReadKey {
  /** DER in Coffer's form; the caller owns it and wipes it. */
  readonly pkcs8: Uint8Array;
  /** One line, possibly empty. */
  readonly comment: string;
  readonly sourceFormat: SourceFormat;
  readonly hadPassphrase: boolean;
}

/**
 * Reads one format. Returns null, at once, if the file is not in it; otherwise the key, or a rejection with CofferError
 * `bad-key`, `passphrase-needed` or `wrong-passphrase`. Leaves file and passphrase (UTF-8 bytes or null) as they are. What the
 * passphrase costs is taken from the budget before it is paid.
 */
export type KeyReader = (
  file: KeyFile,
  passphrase: Uint8Array | null,
  budget: DerivationBudget,
) => Promise<ReadKey> | null;

/**
 * Insists on a passphrase.
 *
 * @param passphrase - What the caller gave; an empty one counts as none, as in ssh-keygen.
 * @throws CofferError `passphrase-needed` if there is none.
 */
export function requirePassphrase(passphrase: Uint8Array | null): Uint8Array {
  if (passphrase === null || passphrase.length === 0) {
    throw new CofferError('passphrase-needed', say('main-keys.passphrase-this-key-file-is-protected-by-one'));
  }
  return passphrase;
}

/** The refusal of a passphrase. It cannot be told from damage within the encrypted bytes. */
export function wrongPassphrase(): CofferError {
  return new CofferError('wrong-passphrase', say('main-keys.passphrase-it-does-not-open-this-key-file'));
}
