import type { RandomBytes } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { startSuccessor } from '../files/replace-file';
import type { SecretRow } from '../store/rows';
import { VaultDatabase } from '../store/vault-database';
import { secretPlace } from './format';
import { type Header, makeHeaderRow } from './header';
import type { KdfCosts, KdfLimits } from './kdf-policy';
import { closeForSuccessor, openAt } from './load-vault';
import type { PageEntry } from './page';
import { sealPage } from './page-writing';
import { secretNoAt } from './record-id';
import { sealPadded, tagOf } from './seal';
import { type PageMark, makeHead } from './set-integrity';
import type { Vault } from './vault';
import { type VaultIdentity, type VaultKeys, deriveVaultKeys } from './vault-keys';
import { verifyCopy } from './verify-copy';
import { type NewWays, type NewWaysRequest, makeNewWays } from './ways/new-ways';
import { sealNotes } from './ways/ways-in';

/** What a change of the ways in rests on. */
export interface RekeyDeps {
  readonly random: RandomBytes;
  readonly limits: KdfLimits;
  readonly costs: KdfCosts;
  /** Wall clock. */
  readonly nowMs: () => number;
  /** Where the vault stands, links resolved. */
  readonly path: string;
  readonly onProgress: (progress: RekeyProgress) => void;
  /** Ends it before the new file takes the old one's place; not after. */
  readonly signal?: AbortSignal | undefined;
}

/** How far it has come; `done` and `total` count records. */
export interface RekeyProgress {
  readonly step: 'deriving' | 'rewriting' | 'verifying' | 'publishing';
  readonly done: number;
  readonly total: number;
}

/** A vault in its new epoch. */
export interface Rekeyed {
  /** Null if it could not be opened at once: it stands in the old one's place, locked, and opens with its ways in. */
  readonly vault: Vault | null;
  /** 26 characters that the caller owns and must wipe; null if none was asked for. */
  readonly recoveryCode: Uint8Array | null;
}

// Pages in one transaction of the new file, and how long to work before others get their turn.
const pagesPerTurn = 8;

/**
 * Begins an epoch: a new vault key, under which everything is sealed again into a new file, which is verified by opening it,
 * synced, and renamed over the old one. Ended at any moment it leaves the old vault or the new one, whole.
 *
 * @param vault - Stays open and refuses changes meanwhile. On success it is locked, and the new one takes its place.
 * @throws CofferError what is thrown by making slots, sealing, and writing, and `cancelled`; the old vault is open and unchanged then.
 *   `vault-locked` if it was locked meanwhile. If another process or the disk then keeps it from being opened again, it is
 *   locked. Once the new vault has taken the old one's place nothing is thrown: its recovery code must reach its owner.
 */
export async function startEpoch(vault: Vault, request: NewWaysRequest, deps: RekeyDeps): Promise<Rekeyed> {
  const { identity: old } = vault.lend();
  const identity = { vaultId: old.vaultId, epoch: old.epoch + 1 };
  const vaultKey = deps.random(32);
  let ways: NewWays | null = null;
  let isDone = false;
  try {
    deps.onProgress({ step: 'deriving', done: 0, total: vault.size });
    ways = await makeNewWays(request, vaultKey, identity, { ...deps, inheritance: vault.ways.inheritance });
    const successor = startSuccessor(deps.path);
    try {
      const keys = deriveVaultKeys(vaultKey, identity);
      const header = await rewrite(vault, successor.path, { identity, keys, ways }, deps);
      deps.onProgress({ step: 'publishing', done: vault.size, total: vault.size });
      const next = publish(vault, () => successor.takePlace(), { ...deps, header, vaultKey, ways });
      isDone = true;
      return { vault: next, recoveryCode: ways.recoveryCode };
    } finally {
      successor.discard();
    }
  } finally {
    wipe(vaultKey, ways?.notes.codeSecret, isDone ? null : ways?.recoveryCode);
  }
}

interface NewEpoch {
  readonly identity: VaultIdentity;
  readonly keys: VaultKeys;
  readonly ways: NewWays;
}

async function rewrite(
  vault: Vault,
  file: string,
  { identity, keys, ways }: NewEpoch,
  deps: RekeyDeps,
): Promise<Header> {
  const { random, limits, onProgress, signal } = deps;
  const total = vault.size;
  const header: Header = { identity, slots: ways.slots, codes: ways.codes, notesRevision: 1 };
  const headerRow = makeHeaderRow(header, sealNotes(ways.notes, header, { keys, random }), keys);
  const context = { identity, headerMac: headerRow.mac, keys };
  const counter = vault.mark.counter + 1;
  const marks: PageMark[] = [];
  const first = { header: headerRow, head: makeHead(counter, [], context), codeDays: ways.codes?.days ?? [] };
  const db = VaultDatabase.create(file, first, { isScratch: true });
  try {
    let done = 0;
    let turn: ReturnType<typeof resealPage>[] = [];
    const flush = () => {
      marks.push(...turn.map(({ mark }) => mark));
      const pages = turn.map(({ row }) => row);
      const secrets = turn.flatMap(({ secrets: rows }) => rows);
      db.commit({ head: makeHead(counter, marks, context), pages, secrets });
      turn = [];
    };
    for (const entries of vault.entriesByPage()) {
      turn.push(resealPage(vault, marks.length + turn.length + 1, entries, { identity, keys, random }));
      done += entries.length;
      if (turn.length < pagesPerTurn) continue;
      flush();
      onProgress({ step: 'rewriting', done, total });
      await giveWay();
      signal?.throwIfAborted();
    }
    flush();
  } finally {
    db.close();
  }
  await verifyCopy(file, keys, limits, async (verified) => {
    if (verified % 256 !== 0) return;
    vault.lend(); // throws if the vault was locked meanwhile
    onProgress({ step: 'verifying', done: verified, total });
    await giveWay();
    signal?.throwIfAborted();
  });
  return header;
}

function resealPage(
  vault: Vault,
  no: number,
  old: readonly PageEntry[],
  { identity, keys, random }: { identity: VaultIdentity; keys: VaultKeys; random: RandomBytes },
) {
  const secrets: SecretRow[] = [];
  const entries = old.map((entry): PageEntry => {
    const body = vault.openEntry(entry);
    try {
      const place = secretPlace(identity, entry.id, 1);
      const sealed = sealPadded(keys.secretKey, body, place, { padding: 'secret', random });
      secrets.push({ no: secretNoAt(entry.id, 0), revision: 1, sealed });
      return { ...entry, secretRevision: 1, secretTag: tagOf(sealed) };
    } finally {
      wipe(body);
    }
  });
  const { row, loaded } = sealPage({ no, revision: 0, entries }, { identity, keys, random });
  wipe(loaded.content);
  return { row, mark: { no, revision: loaded.revision, tag: loaded.tag }, secrets };
}

/** In one turn, so that nothing comes between: closes both, renames, opens the new one; null if that can't be opened. */
function publish(
  vault: Vault,
  takePlace: () => void,
  { header, vaultKey, ways, path, random, nowMs }: RekeyDeps & { header: Header; vaultKey: Uint8Array; ways: NewWays },
): Vault | null {
  closeForSuccessor(vault, takePlace);
  try {
    return openAt(path, { header, way: { ...ways.inUse, vaultKey }, random, nowMs });
  } catch {
    return null; // whatever it was: the epoch has begun
  } finally {
    vault.lock();
  }
}

/** Lets everything else that waits run first. */
function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
