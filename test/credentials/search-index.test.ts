import { expect, test } from 'vitest';
import { RecordList } from '../../main/credentials/record-list';
import { TokenTable } from '../../main/credentials/token-table';
import { MemorySource } from './memory-source';

const plain = {
  ...{ kind: 'key-pair', tags: [], isFavourite: false, subtitle: '', links: {}, marks: [] },
  ...{ createdAtMs: 0, updatedAtMs: 0, trashedAtMs: null, unknownMembers: {} },
};

test('a list is closed in the middle of any step', () => {
  const source = new MemorySource();
  for (let n = 0; n < 300; n++) source.add({ ...plain, title: `server ${n}` });
  let steps = 0;
  for (let isDone = false; !isDone; steps++) {
    const list = new RecordList(source);
    list.select({ query: '', view: 'all', sort: 'title', offset: 0, limit: 200 });
    for (let n = 0; n < steps; n++) isDone = !list.step();
    list.close();
  }
  expect(steps).toBeGreaterThan(5);
});

test('the texts of a table of tokens are wiped before and after it is finished', () => {
  const word = new TextEncoder().encode('server');
  const [unfinished, finished] = [new TokenTable(), new TokenTable()];
  for (const table of [unfinished, finished]) table.numberOf(word, 0, word.length);
  const { bytes } = finished.finish();
  expect(Buffer.from(bytes).toString()).toBe('\nserver\n');
  for (const table of [unfinished, finished]) table.wipe();
  expect(bytes.every((byte) => byte === 0)).toBe(true);
  expect(
    unfinished
      .finish()
      .bytes.subarray(0, -1)
      .every((byte) => byte === 0),
  ).toBe(true);
});
