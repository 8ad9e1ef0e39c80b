import { say } from '../../preload/words/say';
import type { RandomBytes } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { copyAside } from '../files/aside-copy';
import { removeLeftovers } from '../files/leftovers';
import { inspectVaultFile, requireFreeName, startNewVaultFile } from '../files/vault-file';
import { damaged } from '../store/sqlite-errors';
import { VaultDatabase } from '../store/vault-database';
import { formatVersion } from './format';
import { type Header, makeHeaderRow, readHeader } from './header';
import type { KdfCosts, KdfLimits } from './kdf-policy';
import { loadVault, openAt } from './load-vault';
import { ReadAhead } from './read-ahead';
import { makeHead } from './set-integrity';
import { makeSlot, slotLengths } from './slot';
import type { Vault } from './vault';
import { deriveVaultKeys } from './vault-keys';
import { skewAfter } from './ways/code-login';
import { type AcceptedCode, horizonDays } from './ways/code-table';
import { noStrongSecrets } from './ways/factors';
import { type OpenedWay, tryWays } from './ways/try-ways';
import type { WayAttempt } from './ways/way-requests';
import { requireLongEnough } from './ways/way-rules';
import { hexOf, sealNotes } from './ways/ways-in';

/** What opening and making vaults rests on; tests hand in small limits and costs. */
export interface VaultDeps {
  readonly random: RandomBytes;
  readonly limits: KdfLimits;
  /** Wall clock. */
  readonly nowMs: () => number;
}

/**
 * Makes a vault with a password as its way in, and leaves it unlocked. If making it fails, nothing is left behind; if only
 * opening it fails then, the vault is there, locked. Given up before it has its name it leaves nothing behind, either.
 *
 * @param file - Must not exist; its folder must.
 * @param password - UTF-8 bytes as typed, 12 characters or more; the caller wipes them.
 * @param costs - Of the new slot; the app's policy.
 * @throws CofferError `weak-password`, `file-exists`, `no-permission`, `disk-full`, `not-enough-memory`, `cancelled`.
 */
export async function createVault(
  file: string,
  password: Uint8Array,
  costs: KdfCosts,
  { random, nowMs }: VaultDeps,
  signal?: AbortSignal,
): Promise<Vault> {
  requireLongEnough(password);
  requireFreeName(file);
  const identity = { vaultId: random(16), epoch: 1 };
  const vaultKey = random(32);
  try {
    const keys = deriveVaultKeys(vaultKey, identity);
    const head = { id: random(slotLengths.id), factors: [], securityKey: null, costs };
    const secrets = { typed: { kind: 'password', password, target: null }, strong: noStrongSecrets } as const;
    const { slot, proof } = await makeSlot(head, secrets, vaultKey, { identity, random, signal });
    const header: Header = { identity, slots: [slot], codes: null, notesRevision: 1 };
    const ways = [{ slot: hexOf(slot.id), name: '', madeAtMs: nowMs(), lastUsedAtMs: nowMs() }];
    const notes = { codeSecret: null, horizonDays: horizonDays.default, ways };
    const headerRow = makeHeaderRow(header, sealNotes(notes, header, { keys, random }), keys);
    const newFile = startNewVaultFile(file);
    try {
      const first = makeHead(0, [], { identity, headerMac: headerRow.mac, keys });
      VaultDatabase.create(newFile.temporaryPath, { header: headerRow, head: first }).close();
      await newFile.publish();
    } catch (error) {
      newFile.discard();
      throw error;
    }
    const way = { slot, vaultKey, proof, code: null };
    return openAt(inspectVaultFile(file).path, { header, way, random, nowMs });
  } finally {
    wipe(vaultKey);
  }
}

/**
 * Unlocks a vault. Damage that can be told without the key is told before anything typed is tried. On any failure the
 * file, and a log beside it, are as they were. A login with a code uses it up before the vault is handed out; where that
 * can't be written, the vault refuses every change.
 *
 * @param attempt - What was given; the caller wipes it.
 * @param signal - Ends it before a code is used up.
 * @throws CofferError what `tryWays` throws, `vault-damaged`, `not-a-vault`, `newer-format`, `vault-in-use`, `not-found`,
 *   `no-permission`, `disk-full`, `io-failed`.
 */
export async function unlockVault(
  file: string,
  attempt: WayAttempt,
  deps: VaultDeps,
  signal?: AbortSignal,
): Promise<Vault> {
  const { vault, way, discardCopies } = await openVault(file, attempt, deps, signal);
  await settleLogin(vault, acceptedBy(way, deps.nowMs()));
  discardCopies();
  return vault;
}

/** What a login with a code used up, and what it tells of the authenticator's clock; null for a login without one. */
export function acceptedBy({ code }: Pick<OpenedWay, 'code'>, nowMs: number): AcceptedCode | null {
  return code === null ? null : { window: code.window, skewWindows: skewAfter(code.window, nowMs) };
}

/**
 * Notes a login in the vault, and uses its code up. Where that can't be written, the vault refuses every change: an offset that
 * stays would let the code be used again. The vault is locked if this throws.
 *
 * @param accepted - Null for a login without a code, of which only the date is noted, and written when nobody waits.
 */
export async function settleLogin(vault: Vault, accepted: AcceptedCode | null): Promise<void> {
  vault.ways.noteUse();
  if (accepted === null) return;
  try {
    await vault.ways.acceptCode(accepted);
  } catch (cause) {
    if (!(cause instanceof CofferError)) {
      vault.lock();
      throw cause;
    }
    vault.refuseChanges(
      new CofferError('read-only', say('main-vault.vault-the-code-that-opened-it-could-not'), { cause }),
    );
  }
}

/**
 * What a vault file says without a key: its header, and how many records it holds, Coffer's own among them.
 *
 * @throws CofferError as {@link unlockVault} does before it tries what was typed. The file stays as it is.
 */
export function readLocked(file: string, limits: KdfLimits): { header: Header; records: number } {
  const { db, release } = openLocked(file);
  try {
    return { header: readHeaderOf(db, limits), records: db.countSecrets() };
  } finally {
    db.abandon();
    release();
  }
}

async function openVault(
  file: string,
  attempt: WayAttempt,
  { random, limits, nowMs }: VaultDeps,
  signal: AbortSignal | undefined,
): Promise<{ vault: Vault; way: OpenedWay; discardCopies: () => void }> {
  const { db, path, release, discard } = openLocked(file);
  const ahead = new ReadAhead(db);
  try {
    const header = readHeaderOf(db, limits);
    // The key is derived on other threads; this one is free meanwhile.
    const [way] = await Promise.all([tryWays(header, attempt, nowMs(), signal), ahead.readAll()]);
    try {
      signal?.throwIfAborted();
      const vault = loadVault({ db, path, header, way, random, nowMs, ahead });
      removeLeftovers(path);
      return { vault, way, discardCopies: discard };
    } finally {
      wipe(way.vaultKey);
    }
  } catch (error) {
    ahead.free();
    db.abandon();
    release();
    throw error;
  }
}

/** Locks a vault for this process. `release` puts a log that was beside it back, `discard` forgets its copies. */
function openLocked(file: string): { db: VaultDatabase; path: string; release: () => void; discard: () => void } {
  const { path, hasLog } = inspectVaultFile(file);
  const aside = hasLog ? copyAside(path) : null;
  try {
    const db = VaultDatabase.open(path, () => aside?.requireUnchanged());
    return { db, path, release: () => aside?.restore(), discard: () => aside?.discard() };
  } catch (error) {
    // In use: the log belongs to a living process, and putting old copies back would harm it.
    if (error instanceof CofferError && error.code === 'vault-in-use') aside?.discard();
    else aside?.restore();
    throw error;
  }
}

function readHeaderOf(db: VaultDatabase, limits: KdfLimits): Header {
  const header = readHeader(db.readHeader(), db.readCodeDays(), limits);
  if (db.version !== formatVersion) throw damaged();
  return header;
}
