import { expect, test } from 'vitest';
import type { RequestOf } from '../../preload/contract';
import { ListMemory } from '../../renderer/state/list-memory';
import { RecordList, noFilter } from '../../renderer/state/records.svelte';
import { TestBridge, later, refuse } from './bridge';

type Kept = RequestOf<'list:remember'>;
const kept: Kept = { sort: 'updated', filter: { ...noFilter, tag: 'prod' } };

function setUp(remembered: Parameters<typeof Object>[0] = kept) {
  const bridge = new TestBridge({
    'record:list': () => ({ rows: [], total: 0 }),
    'list:remembered': () => remembered as Kept,
    'list:remember': () => ({}),
  });
  const list = new RecordList(bridge.api);
  return { bridge, list, memory: new ListMemory(bridge.api, list), told: () => bridge.requestsOf('list:remember') };
}

test('the list is asked for once, as it was', async () => {
  const { bridge, memory, told } = setUp();
  await memory.restore(() => true);
  expect(bridge.requestsOf('record:list')).toMatchObject([{ view: 'all', ...kept }]);
  expect(told()).toEqual([]);
});

test('changes of order and filter are kept; favourites and trash leave the filter alone', async () => {
  const { list, memory, told } = setUp();
  await memory.restore(() => true);
  await list.sortBy('created');
  await list.narrow({ ...noFilter, kind: 'key-pair' });
  await list.narrow({ ...noFilter, kind: 'key-pair' });
  await list.show('trash');
  await list.search('web');
  await list.sortBy('title');
  await list.show('all');
  expect(told()).toEqual([
    { sort: 'created', filter: kept.filter },
    { sort: 'created', filter: { ...noFilter, kind: 'key-pair' } },
    { sort: 'title', filter: { ...noFilter, kind: 'key-pair' } },
    { sort: 'title', filter: noFilter },
  ]);
});

test('a vault that can not say begins as a new one does', async () => {
  const { bridge, memory } = setUp(refuse('internal'));
  await memory.restore(() => true);
  expect(bridge.requestsOf('record:list')).toMatchObject([{ sort: 'title', filter: noFilter }]);
});

test('who went elsewhere meanwhile is not called back', async () => {
  const slow = later<Kept>();
  const { list, memory, told } = setUp(slow.promise);
  const restored = memory.restore(() => false);
  await list.show('trash');
  slow.settle(kept);
  await restored;
  expect([list.view, list.sort, told()]).toEqual(['trash', 'updated', []]);
});
