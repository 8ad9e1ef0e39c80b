import { systemRandom } from '../../main/crypto/random';
import { toSecretKey } from '../../main/crypto/secret-key';
import { VaultDatabase } from '../../main/store/vault-database';
import { secretPlace } from '../../main/vault/format';
import { readHeader } from '../../main/vault/header';
import { formatLimits } from '../../main/vault/kdf-policy';
import { loadVault } from '../../main/vault/load-vault';
import { createVault } from '../../main/vault/open-vault';
import { type PageEntry, hasRoom } from '../../main/vault/page';
import { sealPage } from '../../main/vault/page-writing';
import { ReadAhead } from '../../main/vault/read-ahead';
import { makeRecordId } from '../../main/vault/record-id';
import { sealPadded, tagOf } from '../../main/vault/seal';
import { makeHead } from '../../main/vault/set-integrity';
import type { Vault } from '../../main/vault/vault';
import { makeRecord } from './records';

/** Opens every vault of the bench. */
const password = 'correct horse battery staple';
/** The least that the product reads from a file. */
export const smallCosts = { memoryKiB: 64 * 1024, timeCost: 2, parallelism: 1 };
const pagesPerCommit = 200;

/** A vault in a file, and what opens it without a key derivation. */
export interface BenchVault {
  readonly file: string;
  readonly keyHex: string;
  readonly records: number;
}

/** Makes a vault with so many records, many to a transaction, and leaves it locked. */
export async function buildVault(file: string, records: number): Promise<BenchVault> {
  const made: string[] = [];
  const random = (length: number) => {
    const bytes = systemRandom(length);
    if (length === 32) made.push(Buffer.from(bytes).toString('hex'));
    return bytes;
  };
  const deps = { random, limits: formatLimits, nowMs: Date.now };
  const vault = await createVault(file, new TextEncoder().encode(password), smallCosts, deps);
  fill(vault, records);
  vault.lock();
  // The first 32 random bytes that a new vault asks for are its key; opening it proves that.
  return { file, keyHex: made[0] ?? '', records };
}

/** Unlocks without a key derivation. */
export async function openVault(made: BenchVault): Promise<Vault> {
  return (await prepareToOpen(made))();
}

/** Does all of unlocking that comes before the key derivation and beside it; the result does the rest. */
export async function prepareToOpen({ file, keyHex }: BenchVault): Promise<() => Vault> {
  const db = VaultDatabase.open(file);
  const header = readHeader(db.readHeader(), db.readCodeDays(), formatLimits);
  const [slot] = header.slots;
  if (slot === undefined) throw new Error('the vault has no way in');
  // Of what was typed nothing is left to prove: no measure here changes the ways in.
  const way = { slot, vaultKey: Buffer.from(keyHex, 'hex'), proof: toSecretKey(new Uint8Array(32)), code: null };
  const ahead = new ReadAhead(db);
  await ahead.readAll();
  return () => loadVault({ db, path: file, header, way, random: systemRandom, nowMs: Date.now, ahead });
}

function fill(vault: Vault, records: number): void {
  const { db, identity, keys, random, headerMac, counter } = vault.lend();
  const marks: { no: number; revision: number; tag: Uint8Array }[] = [];
  let pages: ReturnType<typeof sealPage>['row'][] = [];
  let secrets: { no: number; revision: number; sealed: Uint8Array }[] = [];
  let entries: PageEntry[] = [];
  const endPage = (): void => {
    const { row, loaded } = sealPage({ no: marks.length + 1, revision: 0, entries }, { identity, keys, random });
    marks.push({ no: row.no, revision: row.revision, tag: loaded.tag });
    pages.push(row);
    entries = [];
  };
  const commit = (): void => {
    db.commit({ head: makeHead(counter + 1, marks, { identity, headerMac, keys }), pages, secrets });
    pages = [];
    secrets = [];
  };
  for (let n = 0; n < records; n++) {
    const { overview, body } = makeRecord(n);
    const id = makeRecordId(n + 1, random);
    const sealed = sealPadded(keys.secretKey, body, secretPlace(identity, id, 1), { padding: 'secret', random });
    const entry = { id, secretRevision: 1, secretTag: tagOf(sealed), overview };
    if (!hasRoom(entries, entry)) endPage();
    entries.push(entry);
    secrets.push({ no: n + 1, revision: 1, sealed });
    if (pages.length >= pagesPerCommit) commit();
  }
  if (entries.length > 0) endPage();
  commit();
}
