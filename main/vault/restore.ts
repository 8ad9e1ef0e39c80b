import type { RandomBytes } from '../crypto/random';
import { bytesOfKey } from '../crypto/secret-key';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { backupFileName, copyBackup, keepReplaced } from '../files/backup-folder';
import { type Successor, startSuccessor } from '../files/replace-file';
import { VaultDatabase } from '../store/vault-database';
import { makeBackup } from './backups';
import { type Header, checkHeaderMac, readHeader } from './header';
import type { KdfLimits } from './kdf-policy';
import { loadRecords } from './load-records';
import { closeForSuccessor, openAt } from './load-vault';
import { acceptedBy, settleLogin } from './open-vault';
import { makeHead } from './set-integrity';
import type { Vault } from './vault';
import { type VaultKeys, deriveVaultKeys } from './vault-keys';
import { verifyCopy } from './verify-copy';
import type { AcceptedCode } from './ways/code-table';
import { type OpenedWay, tryWays } from './ways/try-ways';
import type { WayAttempt } from './ways/way-requests';

/** Which backup is to take which vault's place. */
export interface RestoreDeps {
  readonly random: RandomBytes;
  readonly limits: KdfLimits;
  /** Wall clock. */
  readonly nowMs: () => number;
  /** Where the vault stands, links resolved. */
  readonly path: string;
  readonly folder: string;
  /** The vault as the user chose it: backups are named after it. */
  readonly vaultFile: string;
  readonly fileName: string;
  /** The highest commit counter that was ever seen of this vault; the restored one goes above it. */
  readonly highestSeen: (vaultId: Uint8Array) => Promise<number>;
  /** Ends it before the backup takes the vault's place. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Puts a backup of the same epoch in an unlocked vault's place. What was there is backed up first. The backup itself stays.
 *
 * @returns The restored vault, opened by the way that is in use; null if the backup does not have that way: it is locked.
 *   Either way the given vault is locked.
 * @throws CofferError `vault-damaged` if the backup does not open with the live key; what writing throws. The vault is open
 *   and unchanged then.
 */
export async function restoreOpen(vault: Vault, deps: RestoreDeps): Promise<Vault | null> {
  const { folder, vaultFile, path, limits, nowMs } = deps;
  const successor = startSuccessor(path);
  try {
    const { keys, identity } = vault.lend();
    copyBackup(folder, deps.fileName, successor.path);
    await verifyCopy(successor.path, keys, limits, giveWayEvery(64));
    await makeBackup(vault, 'before restore', { folder, vaultFile, limits, nowMs: nowMs() });
    const counter = Math.max(await deps.highestSeen(identity.vaultId), vault.mark.counter) + 1;
    const header = raiseCounter(successor.path, keys, counter, limits);
    // The backup's table still has the windows of codes that were used since.
    const live = vault.ways.inheritance.codes;
    const accepted = live === null ? null : { window: live.lastAcceptedWindow, skewWindows: live.skewWindows };
    const { restored, isWayThere } = swap(vault, successor, header, deps);
    const spent = header.codes === null ? null : accepted;
    if (isWayThere) {
      if (restored !== null) await settleLogin(restored, spent);
      return restored;
    }
    if (restored !== null) await spendAndLock(restored, spent);
    return null;
  } finally {
    successor.discard();
  }
}

/**
 * Opens a backup with its own ways in and puts it in a locked vault's place. What was there is copied beside the backups first.
 * The backup itself stays.
 *
 * @param attempt - For the backup; the caller wipes it.
 * @throws CofferError what `tryWays` throws; `vault-in-use`; `vault-damaged`; what writing throws. The vault is as it was then.
 */
export async function restoreLocked(attempt: WayAttempt, deps: RestoreDeps): Promise<Vault> {
  const { folder, vaultFile, path, limits, random, nowMs, signal } = deps;
  const successor = startSuccessor(path);
  let way: OpenedWay | null = null;
  try {
    copyBackup(folder, deps.fileName, successor.path);
    const { header: first } = readClosed(successor.path, limits);
    way = await tryWays(first, attempt, nowMs(), signal);
    const keys = deriveVaultKeys(way.vaultKey, first.identity);
    const { counter: kept } = await verifyCopy(successor.path, keys, limits, giveWayEvery(64, signal));
    const counter = Math.max(await deps.highestSeen(first.identity.vaultId), kept) + 1;
    signal?.throwIfAborted();
    const header = raiseCounter(successor.path, keys, counter, limits);
    clearPlace(deps, backupFileName(folder, vaultFile, 'before restore', nowMs()));
    successor.takePlace();
    const vault = openAt(path, { header, way, random, nowMs });
    await settleLogin(vault, acceptedBy(way, nowMs()));
    return vault;
  } finally {
    wipe(way?.vaultKey);
    successor.discard();
  }
}

/** Uses codes up in a vault that nobody is let into, and locks it. What can't be written is left for its next login. */
async function spendAndLock(vault: Vault, spent: AcceptedCode | null): Promise<void> {
  try {
    if (spent !== null) await vault.ways.acceptCode(spent);
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
  } finally {
    vault.lock();
  }
}

/**
 * In one turn: closes the live vault, renames, opens the restored one.
 *
 * @returns Null if it can't be opened. Where it lacks the way in use it is open by another one's name, for its table alone.
 */
function swap(
  vault: Vault,
  successor: Successor,
  header: Header,
  { path, random, nowMs }: RestoreDeps,
): { restored: Vault | null; isWayThere: boolean } {
  const { keys } = vault.lend();
  const { inUse, target } = vault.ways;
  closeForSuccessor(vault, () => successor.takePlace());
  const own = header.slots.find(({ id }) => Buffer.compare(id, inUse.slotId) === 0);
  const slot = own ?? header.slots[0];
  const isWayThere = own !== undefined;
  const vaultKey = bytesOfKey(keys.vaultKey);
  const code = target === null ? null : { target, window: 0 };
  try {
    if (slot === undefined) return { restored: null, isWayThere };
    const restored = openAt(path, { header, way: { slot, vaultKey, proof: inUse.proof, code }, random, nowMs });
    return { restored, isWayThere };
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
    return { restored: null, isWayThere }; // it stands there, locked; the next unlock says why
  } finally {
    wipe(vaultKey);
    vault.lock();
  }
}

/** Writes a head with a higher counter over the same pages. */
function raiseCounter(file: string, keys: VaultKeys, counter: number, limits: KdfLimits): Header {
  const db = VaultDatabase.open(file);
  try {
    const row = db.readHeader();
    const header = readHeader(row, db.readCodeDays(), limits);
    checkHeaderMac(row, keys);
    const context = { identity: header.identity, headerMac: row.mac, keys };
    const { records } = loadRecords(db, context, null);
    try {
      db.commit({ head: makeHead(counter, records.marksWith(), context) });
    } finally {
      records.wipe();
    }
    return header;
  } finally {
    db.close();
  }
}

function readClosed(file: string, limits: KdfLimits): { header: Header } {
  const db = VaultDatabase.open(file);
  try {
    return { header: readHeader(db.readHeader(), db.readCodeDays(), limits) };
  } finally {
    db.abandon();
  }
}

/** Copies the vault that stands there beside the backups, its log folded in or copied along. */
function clearPlace({ path, folder }: RestoreDeps, fileName: string): void {
  try {
    VaultDatabase.open(path).close(); // folds a log that a crash left
  } catch (error) {
    // In use: it must not be replaced. Otherwise it is damaged or gone, which is why a backup is wanted.
    if (error instanceof CofferError && error.code === 'vault-in-use') throw error;
  }
  keepReplaced(path, folder, fileName);
}

function giveWayEvery(records: number, signal?: AbortSignal): (done: number) => Promise<void> | void {
  return (done) => {
    signal?.throwIfAborted();
    return done % records === 0 ? new Promise((resolve) => setImmediate(resolve)) : undefined;
  };
}
