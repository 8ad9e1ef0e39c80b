import { say } from '../../preload/words/say';
import type { RandomBytes } from '../crypto/random';
import { CofferError } from '../errors';
import type { VaultDatabase } from '../store/vault-database';
import type { RecordId, RecordSet } from './record-set';
import type { VaultIdentity, VaultKeys } from './vault-keys';

/** What an unlocked vault is made of; see `open-vault.ts`, which makes it. */
export interface VaultParts {
  readonly db: VaultDatabase;
  /** Where the file stands, links resolved. */
  readonly path: string;
  /** Whether the file that was opened still stands at its place. */
  readonly isInPlace: () => boolean;
  readonly identity: VaultIdentity;
  readonly keys: VaultKeys;
  readonly records: RecordSet;
  readonly counter: number;
  /** MAC of the header that stands in the file. */
  readonly headerMac: Uint8Array;
  readonly random: RandomBytes;
}

/** What is known outside the file of the last commit, to notice an older copy in its place. */
export interface CommitMark {
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly counter: number;
  /** MAC over the set. */
  readonly headMac: Uint8Array;
}

/** A new or changed record. */
export interface RecordToSave {
  /** Null makes a new record. */
  readonly id: RecordId | null;
  /** What lists and search need; held in memory while unlocked. */
  readonly overview: Uint8Array;
  /** The rest, sealed on its own; null keeps the stored one. Wiped by the caller. */
  readonly body: Uint8Array | null;
}

/** Told of a record that was saved or removed, by its handle. */
export type RecordListener = (handle: number) => void;

/** The refusal of a save after the file that was opened is no longer at its place. */
export function outOfPlace(): CofferError {
  return new CofferError('io-failed', say('main-vault.vault-its-file-was-moved-deleted-or-replaced'));
}
