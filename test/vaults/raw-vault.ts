import { writeFileSync } from 'node:fs';
import { encodeBody } from '../../main/credentials/body';
import { encodeOverview } from '../../main/credentials/overview';
import type { RandomBytes } from '../../main/crypto/random';
import { toSecretKey } from '../../main/crypto/secret-key';
import { windowAt } from '../../main/crypto/totp';
import type { CodeDayRow, HeadRow, HeaderRow, PageRow, SecretRow } from '../../main/store/rows';
import { VaultDatabase } from '../../main/store/vault-database';
import { pagePlace, secretPlace } from '../../main/vault/format';
import { makeHeaderRow } from '../../main/vault/header';
import { type PageEntry, encodePage } from '../../main/vault/page';
import { makeRecordId, secretNoAt } from '../../main/vault/record-id';
import { sealPadded, tagOf } from '../../main/vault/seal';
import { makeHead } from '../../main/vault/set-integrity';
import { type Slot, makeSlot } from '../../main/vault/slot';
import { type VaultIdentity, type VaultKeys, deriveVaultKeys } from '../../main/vault/vault-keys';
import { type CodeTable, codeDayBytes, emptyTable, reachHorizon } from '../../main/vault/ways/code-table';
import { noStrongSecrets } from '../../main/vault/ways/factors';
import { hexOf, sealNotes } from '../../main/vault/ways/ways-in';
import { goldenTimeMs } from './golden-records';
import { seededRandom } from './seeded-random';

/** As small as the format allows. */
const costs = { memoryKiB: 64 * 1024, timeCost: 2, parallelism: 1 };
/** Target and secret of those raw vaults that ask for codes. */
export const rawCodes = { secret: new Uint8Array(20).fill(0x5a), target: 123_456 };

/** Rows of all tables. */
export interface RawRows {
  header: HeaderRow;
  head: HeadRow;
  days: readonly CodeDayRow[];
  pages: PageRow[];
  secrets: SecretRow[];
}

interface RawPage {
  readonly no: number;
  readonly revision: number;
  readonly entries: readonly PageEntry[];
}

/** A vault in rows, made by somebody who has its key: also what the product would never write. */
export class RawVault {
  readonly identity: VaultIdentity;
  readonly keys: VaultKeys;
  readonly rows: RawRows;
  readonly pages: RawPage[] = [];
  readonly slots: readonly Slot[];
  readonly codes: CodeTable | null;
  readonly #random: RandomBytes;
  #counter = 0;
  #lastSecretNo = 0;
  #notesRevision = 0;

  constructor({ vaultKey, identity, slots, codes, random }: RawParts) {
    this.identity = identity;
    this.keys = deriveVaultKeys(vaultKey, identity);
    this.slots = slots;
    this.codes = codes;
    this.#random = random;
    this.rows = { ...this.#headerRows(), days: codes?.days ?? [], pages: [], secrets: [] };
    for (const no of [1, 2]) this.putPage(no, [this.newEntry(`record ${no}a`), this.newEntry(`record ${no}b`)]);
  }

  /** Rows as they are now; later changes leave them alone. */
  snapshot(): RawRows {
    return structuredClone(this.rows);
  }

  /** Seals a new record's body. */
  newEntry(title: string): PageEntry {
    return this.#sealEntry(makeRecordId(++this.#lastSecretNo, this.#random), title, 1);
  }

  /** Saves a record of a page again, with another title. */
  saveAgain(no: number, at: number, title: string): void {
    const page = this.pages.find((candidate) => candidate.no === no)!;
    const entries = page.entries.map((entry, index) =>
      index === at ? this.#sealEntry(entry.id, title, entry.secretRevision + 1) : entry,
    );
    this.putPage(no, entries);
  }

  /** Writes the header anew, as a login does. */
  touchHeader(): void {
    Object.assign(this.rows, this.#headerRows());
    this.#seal();
  }

  /** Seals a page and the head over all of them. */
  putPage(no: number, entries: readonly PageEntry[]): void {
    const old = this.pages.findIndex((page) => page.no === no);
    const page = { no, revision: (this.pages[old]?.revision ?? 0) + 1, entries };
    this.pages.splice(old < 0 ? this.pages.length : old, old < 0 ? 0 : 1, page);
    const place = pagePlace(this.identity, no, page.revision);
    const sealed = sealPadded(this.keys.pageKey, encodePage(entries), place, {
      padding: 'page',
      random: this.#random,
    });
    const others = this.rows.pages.filter((row) => row.no !== no);
    this.rows.pages = [...others, { no, revision: page.revision, sealed }].sort((a, b) => a.no - b.no);
    this.#seal();
  }

  #sealEntry(id: Uint8Array, title: string, revision: number): PageEntry {
    const times = { createdAtMs: goldenTimeMs, updatedAtMs: goldenTimeMs, trashedAtMs: null };
    const rest = { tags: [], isFavourite: false, subtitle: '', unknownMembers: {} };
    const overview = encodeOverview({ kind: 'note-of-later', title, ...times, ...rest });
    const body = encodeBody(new Map([['text', new TextEncoder().encode(`body of ${title}`)]]));
    const place = secretPlace(this.identity, id, revision);
    const sealed = sealPadded(this.keys.secretKey, body, place, { padding: 'secret', random: this.#random });
    const no = secretNoAt(id, 0);
    this.rows.secrets = [...this.rows.secrets.filter((row) => row.no !== no), { no, revision, sealed }];
    return { id, secretRevision: revision, secretTag: tagOf(sealed), overview };
  }

  #headerRows(): Pick<RawRows, 'header' | 'head'> {
    const notesRevision = ++this.#notesRevision;
    const header = { identity: this.identity, slots: this.slots, codes: this.codes, notesRevision };
    const ways = this.slots.map(({ id }) => ({
      slot: hexOf(id),
      name: '',
      madeAtMs: goldenTimeMs,
      lastUsedAtMs: null,
    }));
    const notes = { codeSecret: this.codes === null ? null : rawCodes.secret, horizonDays: 30, ways };
    const sealed = sealNotes(notes, header, { keys: this.keys, random: this.#random });
    const row = makeHeaderRow(header, sealed, this.keys);
    return { header: row, head: this.#head(row, []) };
  }

  #seal(): void {
    this.#counter += 1;
    this.rows.head = this.#head(this.rows.header, this.rows.pages);
  }

  #head({ mac }: HeaderRow, pages: readonly PageRow[]): HeadRow {
    const marks = pages.map(({ no, revision, sealed }) => ({ no, revision, tag: tagOf(sealed) }));
    const context = { identity: this.identity, headerMac: mac, keys: this.keys };
    return makeHead(this.#counter, marks, context);
  }
}

/** What a raw vault begins with. */
export interface RawParts {
  readonly vaultKey: Uint8Array;
  readonly identity: VaultIdentity;
  readonly slots: readonly Slot[];
  readonly codes: CodeTable | null;
  readonly random: RandomBytes;
}

/** A raw vault with four records in two pages, and one way in: a password, or a password and a code. */
export async function makeRawVault(seed: string, password: string, { hasCodes = false } = {}): Promise<RawVault> {
  const random = seededRandom(`coffer defective vault ${seed}`);
  const identity = { vaultId: random(16), epoch: 1 };
  const vaultKey = random(32);
  const head = { id: random(16), factors: hasCodes ? (['totp'] as const) : [], securityKey: null, costs };
  const typed = new TextEncoder().encode(password);
  const secrets = { kind: 'password', password: typed, target: hasCodes ? rawCodes.target : null } as const;
  const { slot } = await makeSlot(head, { typed: secrets, strong: noStrongSecrets }, vaultKey, { identity, random });
  const codes = hasCodes ? await shortTable() : null;
  return new RawVault({ vaultKey, identity, slots: [slot], codes, random });
}

/** Three days: the product reads tables of any length. */
async function shortTable(): Promise<CodeTable> {
  const begin = emptyTable(windowAt(goldenTimeMs), 0);
  const secrets = { secret: toSecretKey(rawCodes.secret), target: rawCodes.target };
  const table = await reachHorizon(begin, secrets, { days: 2, nowMs: goldenTimeMs });
  if (table.days.length !== 3 || table.days[0]?.offsets.length !== codeDayBytes) throw new Error('not three days');
  return table;
}

/** Writes rows into a new vault file. */
export function writeRaw(file: string, { header, head, days, pages, secrets }: RawRows): void {
  writeFileSync(file, '');
  VaultDatabase.create(file, { header, head, codeDays: days, pages, secrets }).close();
}
