import { encodeOverview } from '../credentials/overview';
import { overviewAt } from '../credentials/overview-source';
import { RecordList } from '../credentials/record-list';
import { warmUpPages } from '../vault/warm-up';
import { summaryOf } from './record-detail';

const stages = ['Test', 'production', 'Old'];
const firstMs = Date.UTC(2024, 0, 1);
const regions = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];

/**
 * Runs what unlocking does after the key derivation once over made-up records, while the unlock screen waits for the user: the
 * engine compiles code that it has seen run, and the first list of a real vault comes in half the time.
 */
export function warmUpUnlock(): void {
  warmUpPages(makeOverview, (table) => {
    for (let round = 0; round < 4; round++) {
      const list = new RecordList(table);
      const { handles } = list.select({ query: '', view: 'all', sort: 'title', offset: 0, limit: 200 });
      for (const handle of handles) summaryOf(table.idOf(handle), overviewAt(table, handle));
      list.close();
    }
  });
}

function makeOverview(n: number): Uint8Array {
  return encodeOverview({
    kind: 'key-pair',
    title: `${stages[n % stages.length] ?? ''} server ${String((n * 7919) % 100_003)}`,
    tags: ['one', 'two'],
    isFavourite: n % 50 === 0,
    subtitle: `RSA 2048 · server-${String(n)} · ${regions[n % regions.length] ?? ''}`,
    createdAtMs: firstMs + n * 7919,
    updatedAtMs: firstMs + n * 7920,
    trashedAtMs: n % 100 === 7 ? firstMs + n * 7921 : null,
    unknownMembers: {},
  });
}
