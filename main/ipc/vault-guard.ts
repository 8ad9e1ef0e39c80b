import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { isSameFile } from '../files/same-file';
import type { Session } from '../vault/session';
import type { Vault } from '../vault/vault';

/**
 * Keeps other code off the open vault: reading it would drop the lock on it (POSIX), writing to its place would lose it.
 *
 * @param file - About to be read, written or deleted.
 * @throws CofferError `bad-request` if it is the vault or a log of it.
 */
export function keepOffVault({ file: vault }: Pick<Session, 'file'>, file: string): void {
  if (vault === null) return;
  for (const ending of ['', '-wal', '-journal']) {
    if (file === vault + ending || isSameFile(file, vault + ending)) {
      throw new CofferError('bad-request', say('main-vault.file-that-is-the-open-vault-itself-choose'));
    }
  }
}

/**
 * Requires, after a dialog was open, that the vault was not locked meanwhile.
 *
 * @param vault - The one that was open before.
 * @throws CofferError `vault-locked`.
 */
export function requireStillOpen(session: Session, vault: Vault): void {
  if (session.vault !== vault)
    throw new CofferError('vault-locked', say('main-vault.vault-it-was-locked-meanwhile-begin-again'));
}
