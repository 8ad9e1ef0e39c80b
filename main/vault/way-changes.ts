import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import type { BackupKeeper } from './backup-keeper';
import { type RekeyProgress, type Rekeyed, startEpoch } from './rekey';
import type { Session } from './session';
import type { Vault } from './vault';
import type { NewWaysRequest } from './ways/new-ways';
import type { NewPasswordWay } from './ways/way-requests';

/** A change that begins an epoch. Bytes stay the caller's, who wipes them. */
export interface ReplaceWays {
  /** The one that the vault was opened with; null only after the recovery code. */
  readonly currentPassword: Uint8Array | null;
  readonly request: NewWaysRequest;
  /** Ids of all ways that are there now, as hex: each ends. */
  readonly drops: readonly string[];
  readonly keepsOlderBackups: boolean;
  /** Gives it up, until the new vault takes the old one's place; the ways in are then as they were. */
  readonly signal?: AbortSignal | undefined;
}

/** Changes the ways into the open vault. */
export class WayChanges {
  readonly #session: Session;
  readonly #backups: BackupKeeper;
  #progress: RekeyProgress | null = null;

  constructor(session: Session, backups: BackupKeeper) {
    this.#session = session;
    this.#backups = backups;
  }

  /** How far a running change has come; null if none runs. */
  get progress(): RekeyProgress | null {
    return this.#progress;
  }

  /**
   * Begins an epoch with one password way and, if asked for, a new recovery code. Then makes a backup with the new ways in;
   * backups that open with the old ones go, unless they are kept.
   *
   * @returns The recovery code, 26 characters that the caller wipes; null if none was asked for.
   * @throws CofferError `wrong-password`, `bad-request` if the consent does not name exactly the ways that end, `read-only`,
   *   `cancelled`, and what `startEpoch` throws.
   */
  async replace({
    currentPassword,
    request,
    drops,
    keepsOlderBackups,
    signal,
  }: ReplaceWays): Promise<Uint8Array | null> {
    try {
      const change = async (vault: Vault) => {
        await this.#requireMayChange(vault, currentPassword, signal);
        const there = vault.ways.list().map(({ slot }) => slot);
        if (there.toSorted().join() !== drops.toSorted().join()) {
          throw new CofferError('bad-request', say('main-vault.ways-in-expected-consent-to-the-end-of'));
        }
        const { vault: next, recoveryCode } = await this.#rekey(vault, request, signal);
        return { vault: next, result: recoveryCode };
      };
      return await this.#backups.aroundEpoch(keepsOlderBackups, () => this.#session.whileOpen(change));
    } finally {
      this.#setProgress(null);
    }
  }

  /** Adds a way in. Throws CofferError `wrong-password`, `cancelled`, and what `WaysIn.add` throws. */
  async add(currentPassword: Uint8Array, way: NewPasswordWay, signal?: AbortSignal): Promise<void> {
    await this.#session.whileOpen(async (vault) => {
      await this.#requireMayChange(vault, currentPassword, signal);
      await vault.ways.add(way, await this.#session.deps.chooseCosts(signal), signal);
      return { vault, result: undefined };
    });
    this.#session.tell('ways-changed');
  }

  /**
   * Adds a recovery code; the caller wipes it.
   *
   * @throws CofferError `wrong-password`, `cancelled`, and what `WaysIn.addRecovery` throws.
   */
  async addRecovery(currentPassword: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
    const code = await this.#session.whileOpen(async (vault) => {
      await this.#requireMayChange(vault, currentPassword, signal);
      const costs = await this.#session.deps.chooseCosts(signal);
      return { vault, result: await vault.ways.addRecovery(costs, signal) };
    });
    this.#session.tell('ways-changed');
    return code;
  }

  /** Changes how far ahead the table for codes reaches. Throws what `WaysIn.setHorizon` throws. */
  async setHorizon(days: number): Promise<void> {
    await this.#session.whileOpen(async (vault) => {
      await vault.ways.setHorizon(days);
      return { vault, result: undefined };
    });
    this.#session.tell('ways-changed');
  }

  async #rekey(vault: Vault, request: NewWaysRequest, signal: AbortSignal | undefined): Promise<Rekeyed> {
    const { random, limits, nowMs } = this.#session.deps.vaultDeps;
    const refusal = new CofferError('busy', say('main-vault.vault-its-ways-in-are-being-changed-wait'));
    vault.refuseChanges(refusal);
    try {
      const costs = await this.#session.deps.chooseCosts(signal);
      const { path } = vault.lend();
      return await startEpoch(vault, request, {
        ...{ random, limits, nowMs, costs, path, signal },
        onProgress: (progress) => this.#setProgress(progress),
      });
    } finally {
      if (vault.refusal === refusal) vault.refuseChanges(null);
    }
  }

  async #requireMayChange(
    vault: Vault,
    currentPassword: Uint8Array | null,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (vault.refusal !== null) throw vault.refusal;
    if (vault.ways.inUse.kind === 'recovery') return;
    if (currentPassword === null) throw new CofferError('bad-request', say('main-vault.current-password-expected-it'));
    await vault.ways.requirePassword(currentPassword, signal);
  }

  #setProgress(progress: RekeyProgress | null): void {
    this.#progress = progress;
    this.#session.tell('ways-changed');
  }
}
