import { encodeOverview } from '../credentials/overview';
import { RecordList } from '../credentials/record-list';
import { warmUpPages } from '../vault/warm-up';

const regions = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];

/**
 * Runs what unlocking does after the key derivation once over made-up records, while the unlock screen waits for the user: the
 * engine compiles code that it has seen run, and the first list of a real vault comes in half the time.
 */
export function warmUpUnlock(): void {
  const table = warmUpPages((n) =>
    encodeOverview({
      kind: 'key-pair',
      title: `Server ${String((n * 7919) % 10_007)}`,
      tags: ['one', 'two'],
      isFavourite: n % 50 === 0,
      subtitle: `RSA 2048 · server-${String(n)} · ${regions[n % regions.length] ?? ''}`,
      createdAtMs: n,
      updatedAtMs: n,
      trashedAtMs: n % 100 === 7 ? n : null,
      unknownMembers: {},
    }),
  );
  for (let round = 0; round < 4; round++) {
    const list = new RecordList(table);
    list.select({ query: '', view: 'all', sort: 'title', offset: 0, limit: 200 });
    list.close();
  }
}
