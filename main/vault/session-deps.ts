import type { KdfCosts } from './kdf-policy';
import type { VaultDeps } from './open-vault';
import type { CommitMark } from './vault-parts';

/** Remembers outside the vaults how far each had come. */
export interface Sightings {
  /** How what is opened stands to what was seen last; and notes it. Never throws. */
  readonly compare: (file: string, mark: CommitMark) => Promise<'as-expected' | 'older' | 'diverged'>;
  /** Notes a commit, later and all at once; never throws, never waits. */
  readonly note: (file: string, mark: CommitMark) => void;
}

/** What a session rests on. */
export interface SessionDeps {
  readonly vaultDeps: VaultDeps;
  /** Costs for a new slot on this machine; measures it, which the signal gives up. */
  readonly chooseCosts: (signal?: AbortSignal) => Promise<KdfCosts>;
  /** A clock that does not jump. */
  readonly nowMs: () => number;
  readonly sightings: Sightings;
}
