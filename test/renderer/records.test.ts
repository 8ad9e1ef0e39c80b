import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ParsedRequestOf } from '../../preload/contract';
import { RecordList, searchDelayMs, windowRows } from '../../renderer/state/records.svelte';
import type { RecordSummary } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { idOf, sampleRow } from './samples';

type Query = ParsedRequestOf<'record:list'>;

function setup(count: number) {
  const rows: RecordSummary[] = Array.from({ length: count }, (_, number) => sampleRow(number));
  const answer = ({ query, offset, limit }: Query) => {
    const matching = rows.filter((row) => row.title.includes(query));
    return { rows: matching.slice(offset, offset + limit), total: matching.length };
  };
  const bridge = new TestBridge({ 'record:list': answer });
  return { rows, answer, bridge, list: new RecordList(bridge.api) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('list of records', () => {
  test('loads one window and then the next ones, to the end', async () => {
    const { bridge, list } = setup(450);
    await list.show('all');
    expect([list.rows.length, list.total, list.isLoaded]).toEqual([200, 450, true]);
    await list.loadMore();
    await list.loadMore();
    await list.loadMore();
    expect(list.rows.map(({ id }) => id)).toEqual(Array.from({ length: 450 }, (_, number) => idOf(number)));
    expect(bridge.requestsOf('record:list').map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, windowRows],
      [200, windowRows],
      [400, windowRows],
    ]);
  });

  test('asks for a window once, however often the end is scrolled to', async () => {
    const { bridge, list } = setup(300);
    await list.show('all');
    await Promise.all([list.loadMore(), list.loadMore(), list.loadMore()]);
    expect(bridge.sent).toHaveLength(2);
    expect(list.rows).toHaveLength(300);
  });

  test('after a change it shows as many rows as before', async () => {
    const { rows, list } = setup(450);
    await list.show('all');
    await list.loadMore();
    rows.unshift(sampleRow(9000));
    await list.reload();
    expect(list.rows).toHaveLength(400);
    expect(list.rows[0]?.id).toBe(idOf(9000));
    expect(list.total).toBe(451);
  });

  test('a record that moved between two windows stands in the list once', async () => {
    const { rows, list } = setup(300);
    await list.show('all');
    rows.unshift(sampleRow(9000));
    await list.loadMore();
    const ids = list.rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('searches once typing pauses', async () => {
    const { bridge, list } = setup(30);
    await list.show('all');
    for (const typed of ['K', 'Ke', 'Key 7']) list.search(typed);
    await vi.advanceTimersByTimeAsync(searchDelayMs - 1);
    expect(bridge.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(bridge.requestsOf('record:list').at(-1)).toMatchObject({ query: 'Key 7', offset: 0 });
    expect(list.rows.map(({ title }) => title)).toEqual(['Key 7']);
  });

  test('an answer to an older question is dropped', async () => {
    const slow = later<{ rows: RecordSummary[]; total: number }>();
    const bridge = new TestBridge({
      'record:list': ({ sort }) => (sort === 'title' ? slow.promise : { rows: [sampleRow(2)], total: 1 }),
    });
    const list = new RecordList(bridge.api);
    const first = list.show('all');
    await list.sortBy('updated');
    slow.settle({ rows: [sampleRow(1)], total: 1 });
    await first;
    expect(list.rows.map(({ id }) => id)).toEqual([idOf(2)]);
  });

  test('another view starts empty and without a search', async () => {
    const { bridge, list } = setup(5);
    await list.show('all');
    list.search('Key 1');
    const shown = list.show('trash');
    expect([list.rows.length, list.isLoaded, list.query]).toEqual([0, false, '']);
    await shown;
    await vi.advanceTimersByTimeAsync(searchDelayMs);
    expect(bridge.requestsOf('record:list').at(-1)).toMatchObject({ view: 'trash', query: '' });
    expect(bridge.sent).toHaveLength(2);
  });

  test('a failure is said, and goes with the next answer', async () => {
    let isBroken = true;
    const bridge = new TestBridge({
      'record:list': () => (isBroken ? refuse('vault-damaged', 'record: damaged') : { rows: [], total: 0 }),
    });
    const list = new RecordList(bridge.api);
    await list.show('all');
    expect(list.failure).toBe('Record: damaged.');
    isBroken = false;
    await list.reload();
    expect(list.failure).toBeNull();
  });
});
