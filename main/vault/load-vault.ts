import type { RandomBytes } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { watchPlace } from '../files/same-file';
import { requireWritableFolder } from '../files/vault-file';
import type { HeadRow } from '../store/rows';
import { VaultDatabase } from '../store/vault-database';
import { notesPlace } from './format';
import { type Header, checkHeaderMac } from './header';
import { loadRecords } from './load-records';
import type { ReadAhead } from './read-ahead';
import type { RecordSet } from './record-set';
import { openPadded } from './seal';
import { Vault } from './vault';
import { type VaultKeys, deriveVaultKeys } from './vault-keys';
import { type WayNotes, decodeNotes } from './ways/notes';
import type { OpenedWay } from './ways/try-ways';
import type { WaysParts } from './ways/ways-in';

/** What a vault is loaded from: a locked database, its header, and the way that opened. */
export interface LoadFrom {
  readonly db: VaultDatabase;
  /** Where the file stands, links resolved. */
  readonly path: string;
  readonly header: Header;
  readonly way: Pick<OpenedWay, 'slot' | 'vaultKey' | 'proof' | 'code'>;
  readonly random: RandomBytes;
  /** Wall clock. */
  readonly nowMs: () => number;
  /** What was read of its pages beforehand. */
  readonly ahead?: ReadAhead;
}

/** What a vault file holds, opened. */
export interface Contents {
  readonly keys: VaultKeys;
  /** Hold the authenticator's secret, which the caller wipes. */
  readonly notes: WayNotes;
  /** The caller wipes them. */
  readonly records: RecordSet;
  readonly head: HeadRow;
  /** MAC of the header that stands in the file. */
  readonly headerMac: Uint8Array;
}

/**
 * Checks header and set under the vault key and opens all pages.
 *
 * @param vaultKey - 32 bytes. Not changed; the caller wipes it.
 * @param ahead - What was read of the pages beforehand; null for nothing.
 * @throws CofferError `vault-damaged`; what `VaultDatabase` throws.
 */
export function openContents(
  db: VaultDatabase,
  header: Header,
  vaultKey: Uint8Array,
  ahead: ReadAhead | null,
): Contents {
  const { identity } = header;
  const keys = deriveVaultKeys(vaultKey, identity);
  const row = db.readHeader();
  checkHeaderMac(row, keys);
  const content = openPadded(keys.notesKey, row.notes, notesPlace(identity, header.notesRevision));
  const notes = decodeNotes(content);
  wipe(content);
  try {
    return { keys, notes, ...loadRecords(db, { identity, headerMac: row.mac, keys }, ahead), headerMac: row.mac };
  } catch (error) {
    wipe(notes.codeSecret);
    throw error;
  }
}

/**
 * Checks header and set under the vault key and makes the unlocked vault. The vault key stays the caller's, who wipes it.
 *
 * @throws CofferError `vault-damaged`; what `VaultDatabase` throws.
 */
export function loadVault({ db, path, header, way, random, nowMs, ahead }: LoadFrom): Vault {
  const { keys, notes, records, head, headerMac } = openContents(db, header, way.vaultKey, ahead ?? null);
  try {
    // Said now and not by the first save; switching to a log, which takes syncs, can wait.
    db.requireWritable();
    requireWritableFolder(path);
    const { identity } = header;
    const inUse: WaysParts['inUse'] = { slotId: way.slot.id, kind: way.slot.kind, proof: way.proof };
    return new Vault(
      {
        ...{ db, path, isInPlace: watchPlace(path), identity, keys, records, random },
        ...{ counter: head.counter, headMac: head.mac, headerMac },
      },
      { header, notes, keys, random, nowMs, inUse, target: way.code?.target ?? null },
    );
  } catch (error) {
    records.wipe();
    wipe(notes.codeSecret);
    throw error;
  }
}

/** As {@link loadVault}, with the database opened here, and closed if loading fails. */
export function openAt(path: string, from: Omit<LoadFrom, 'db' | 'path'>): Vault {
  const db = VaultDatabase.open(path);
  try {
    return loadVault({ ...from, db, path });
  } catch (error) {
    db.abandon();
    throw error;
  }
}

/**
 * Closes an unlocked vault's file so that another can take its place. If that fails, the vault goes on with its own file.
 *
 * @param takePlace - Puts the other file there, or throws.
 * @throws What `takePlace` throws; the vault is locked if even its own file can't be opened again.
 */
export function closeForSuccessor(vault: Vault, takePlace: () => void): void {
  const { db, path } = vault.lend();
  db.close();
  try {
    takePlace();
  } catch (error) {
    goOn(vault, path);
    throw error;
  }
}

function goOn(vault: Vault, path: string): void {
  let db: VaultDatabase | null = null;
  try {
    db = VaultDatabase.open(path);
    vault.reconnect(db);
  } catch {
    // The error that led here says more than this one would.
    db?.abandon();
    vault.lock();
  }
}
