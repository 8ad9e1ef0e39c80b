import { collectGarbage } from '../crypto/collect-garbage';
import { systemRandom } from '../crypto/random';
import { VaultDatabase } from '../store/vault-database';
import { type Header, makeHeaderRow } from './header';
import { openContents } from './load-vault';
import type { OverviewTable } from './overview-table';
import { maxEntriesPerPage } from './page';
import { sealPage } from './page-writing';
import { ReadAhead } from './read-ahead';
import { makeHead } from './set-integrity';
import { deriveVaultKeys } from './vault-keys';
import { sealNotes } from './ways/ways-in';

// More records than what an order treats as small.
const pages = 80;
const rounds = 4;

/**
 * Runs the code that opens a vault over made-up records in a database in memory, so that the engine has compiled it and the
 * system has read it in before a vault is opened: that is then done in half the time. Takes some tens of milliseconds; for a
 * moment in which nobody waits. Nothing is written to disk.
 *
 * @param makeOverview - Gives the overview of the n-th made-up record; nothing secret.
 * @param useTable - Does with the made-up records what is done with real ones.
 */
export function warmUpPages(makeOverview: (n: number) => Uint8Array, useTable: (table: OverviewTable) => void): void {
  const random = systemRandom;
  const vaultKey = random(32);
  const header: Header = { identity: { vaultId: random(16), epoch: 1 }, slots: [], codes: null, notesRevision: 1 };
  const { identity } = header;
  const keys = deriveVaultKeys(vaultKey, identity);
  const made = Array.from({ length: pages }, (_, at) => {
    const entries = Array.from({ length: maxEntriesPerPage }, (_entry, n) => ({
      ...{ id: random(16), secretRevision: 1, secretTag: random(16) },
      overview: makeOverview(at * maxEntriesPerPage + n),
    }));
    return sealPage({ no: at + 1, revision: 0, entries }, { identity, keys, random });
  });
  const notes = { codeSecret: null, horizonDays: 60, ways: [{ slot: '', name: '', madeAtMs: 0, lastUsedAtMs: null }] };
  const headerRow = makeHeaderRow(header, sealNotes(notes, header, { keys, random }), keys);
  const marks = made.map(({ loaded }) => loaded);
  const head = makeHead(1, marks, { identity, headerMac: headerRow.mac, keys });
  const db = VaultDatabase.create(':memory:', { header: headerRow, head, pages: made.map(({ row }) => row) });
  try {
    const open = () => {
      const ahead = new ReadAhead(db);
      while (ahead.readSome());
      return openContents(db, header, vaultKey, ahead);
    };
    for (let round = 1; round < rounds; round++) open().records.wipe();
    db.requireWritable();
    const { records } = open();
    useTable(records);
    records.wipe();
  } finally {
    db.close();
  }
  // What all this has left would otherwise be collected in the middle of unlocking.
  collectGarbage();
}
