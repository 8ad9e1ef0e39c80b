import { describe, expect, test } from 'vitest';
import type { ParsedRequestOf } from '../../preload/contract';
import { BulkSteps } from '../../renderer/state/bulk.svelte';
import { Notices } from '../../renderer/state/notices.svelte';
import { RecordList, noFilter, pageRows } from '../../renderer/state/records.svelte';
import { Selection } from '../../renderer/state/selection.svelte';
import type { RecordSummary } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { idOf, sampleRow } from './samples';

type Query = ParsedRequestOf<'record:list'>;

function setup(count: number, refused = 'refused') {
  const rows: RecordSummary[] = Array.from({ length: count }, (_, number) => sampleRow(number));
  const answer = ({ query, offset, limit }: Pick<Query, 'query' | 'offset' | 'limit'>) => {
    const matching = rows.filter((row) => row.title.includes(query));
    return { rows: matching.slice(offset, offset + limit), total: matching.length };
  };
  const bridge = new TestBridge({
    'record:list': (query) => (query.query === refused ? refuse('vault-damaged') : answer(query)),
    'record:ids': (query) => ({ ids: answer(query).rows.map(({ id }) => id) }),
  });
  const offsets = () => bridge.requestsOf('record:list').map(({ offset }) => offset);
  return { rows, bridge, offsets, list: new RecordList(bridge.api) };
}

describe('list of records', () => {
  test('loads only the pages that come on screen, each once', async () => {
    const { list, offsets } = setup(450);
    await list.show('all');
    expect([list.rows.length, list.total, list.isLoaded]).toEqual([pageRows, 450, true]);
    await Promise.all([list.reach(0, 20), list.reach(295, 305), list.reach(295, 305)]);
    expect(offsets()).toEqual([0, 200, 300]);
    expect([list.rowAt(299)?.id, list.rowAt(300)?.id]).toEqual([idOf(299), idOf(300)]);
    expect([list.rowAt(150), list.rowAt(449), list.rowAt(450)]).toEqual([undefined, undefined, undefined]);
    expect([list.indexOf(idOf(301)), list.indexOf(idOf(150))]).toEqual([301, -1]);
    await list.reach(440, 449);
    expect(list.rowAt(449)?.id).toBe(idOf(449));
  });

  test('after a change it asks again for what is on screen, and forgets the rest', async () => {
    const { rows, list, offsets } = setup(450);
    await list.show('all');
    await list.reach(210, 230);
    rows.unshift(sampleRow(9000));
    await list.reload();
    expect(offsets()).toEqual([0, 200, 200]);
    expect([list.rowAt(200)?.id, list.rowAt(0), list.total]).toEqual([idOf(199), undefined, 451]);
    await list.reach(0, 10);
    expect(list.rowAt(0)?.id).toBe(idOf(9000));
  });

  test('a page that was asked for before a change is not put into the list of after it', async () => {
    const slow = later<{ rows: RecordSummary[]; total: number }>();
    let isSlow = false;
    const bridge = new TestBridge({
      'record:list': () => (isSlow ? slow.promise : { rows: [sampleRow(1)], total: 300 }),
    });
    const list = new RecordList(bridge.api);
    await list.show('all');
    isSlow = true;
    const reached = list.reach(200, 210);
    isSlow = false;
    await list.sortBy('updated');
    slow.settle({ rows: [sampleRow(2)], total: 300 });
    await reached;
    expect(list.rowAt(200)).toBeUndefined();
  });

  test('what comes on screen while the list is loaded is asked for when it is there', async () => {
    const { list, offsets } = setup(450);
    await list.show('all');
    const sorted = list.sortBy('updated');
    await list.reach(200, 210);
    await sorted;
    expect(offsets()).toEqual([0, 0, 200]);
    expect([list.rowAt(0)?.id, list.rowAt(205)?.id]).toEqual([idOf(0), idOf(205)]);
  });

  test('a page that is on its way is waited for by all who need it', async () => {
    const { list } = setup(450);
    await list.show('all');
    void list.reach(200, 210);
    await list.reach(205, 205);
    expect(list.rowAt(205)?.id).toBe(idOf(205));
  });

  test('a filter keeps the search', async () => {
    const { bridge, list } = setup(30);
    await list.show('all');
    await list.search('Key 7');
    await list.narrow({ ...noFilter, kind: 'key-pair' });
    expect(bridge.requestsOf('record:list').at(-1)).toMatchObject({ query: 'Key 7', filter: { kind: 'key-pair' } });
  });

  test('searches at once; the last word counts', async () => {
    const { bridge, list } = setup(30);
    await list.show('all');
    await Promise.all(['K', 'Ke', 'Key 7'].map((typed) => list.search(typed)));
    expect(bridge.requestsOf('record:list').at(-1)).toMatchObject({ query: 'Key 7', offset: 0 });
    expect(list.rows.map(({ title }) => title)).toEqual(['Key 7']);
  });

  test('rows are marked with what they were found by, not with what is being typed', async () => {
    const { list } = setup(30);
    await list.show('all');
    const [first, second] = [list.search('Key'), list.search('Key 7')];
    expect([list.query, list.shownQuery, list.total]).toEqual(['Key 7', '', 30]);
    await Promise.all([first, second]);
    expect([list.shownQuery, list.total]).toEqual(['Key 7', 1]);
    await list.show('trash');
    expect(list.shownQuery).toBe('');
  });

  test('a letter that is taken back at once begins the list anew, wherever it stood', async () => {
    const { list, offsets } = setup(450);
    await list.show('all');
    await list.reach(300, 310);
    const before = list.beginnings;
    await Promise.all([list.search('K'), list.search('')]);
    expect([list.beginnings, list.rowAt(0)?.id, list.isLoading]).toEqual([before + 1, idOf(0), false]);
    await list.reload();
    expect(offsets().slice(-2)).toEqual([0, 0]);
  });

  test('where a search fails, the rows of before stay, and go on as they were found', async () => {
    const { list, bridge } = setup(450);
    await list.show('all');
    await list.reach(200, 210);
    await list.search('refused');
    expect([list.failure === null, list.query, list.shownQuery, list.total]).toEqual([false, 'refused', '', 450]);
    await list.reach(300, 310);
    expect([list.rowAt(300)?.id, list.total]).toEqual([idOf(300), 450]);
    await list.idsBetween(0, 10);
    expect(bridge.requestsOf('record:ids')).toMatchObject([{ query: '' }]);
    await list.search('Key 7');
    expect([list.shownQuery, list.total, list.failure]).toEqual(['Key 7', 11, null]);
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

  test('another view or filter starts empty and without a search', async () => {
    const { bridge, list } = setup(5);
    await list.show('all');
    const searched = list.search('Key 1');
    const shown = list.show('trash');
    expect([list.rows.length, list.isLoaded, list.query]).toEqual([0, false, '']);
    await Promise.all([searched, shown]);
    expect(bridge.requestsOf('record:list').at(-1)).toMatchObject({ view: 'trash', query: '', filter: noFilter });
    await list.show('trash', { ...noFilter, tag: 'prod' });
    expect(bridge.requestsOf('record:list').at(-1)).toMatchObject({ view: 'trash', filter: { tag: 'prod' } });
    expect(list.isFiltered).toBe(true);
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

describe('several at once', () => {
  test('rows are ticked one by one, in a range, or all', async () => {
    const { list } = setup(450);
    await list.show('all');
    const selection = new Selection(list);
    selection.begin(idOf(3));
    selection.toggle(idOf(5), 5);
    selection.toggle(idOf(3), 3);
    expect(selection.ids).toEqual([idOf(5)]);
    await selection.extendTo(6);
    expect(selection.ids).toEqual([3, 4, 5, 6].map(idOf));
    await selection.extendTo(1);
    expect(selection.ids).toEqual([1, 2, 3].map(idOf));
    await selection.takeAll();
    expect(selection.ids.length).toBe(450);
    selection.end();
    expect([selection.isOn, selection.ids.length]).toEqual([false, 0]);
  });

  test('an answer that comes after the end, or after a later one was asked for, ticks nothing', async () => {
    const slow = later<{ ids: string[] }>();
    const bridge = new TestBridge({
      'record:list': () => ({ rows: [sampleRow(1)], total: 300 }),
      'record:ids': ({ limit }) => (limit > 100 ? slow.promise : { ids: [idOf(1)] }),
    });
    const selection = new Selection(new RecordList(bridge.api));
    selection.begin();
    const all = selection.extendTo(299);
    await selection.extendTo(0);
    slow.settle({ ids: [idOf(7)] });
    await all;
    expect(selection.ids).toEqual([idOf(1)]);
  });

  test('a step goes in chunks, says what came of it, and can be taken back', async () => {
    const bridge = new TestBridge({
      'record:bulk': ({ ids }) => ({ done: ids.length, refused: 0, reason: '', isOver: false, retagged: [] }),
    });
    const notices = new Notices();
    const bulk = new BulkSteps(bridge.api, notices);
    const ids = Array.from({ length: 250 }, (_, number) => idOf(number));
    await bulk.run(ids, { type: 'trash' }, 'bulk.moved-to-trash', { type: 'restore' });
    expect(bridge.requestsOf('record:bulk').map(({ ids: of }) => (of as string[]).length)).toEqual([100, 100, 50]);
    const [notice] = notices.items;
    expect([notice?.text, notice?.action?.label, bulk.progress]).toEqual(['250 items moved to trash.', 'Undo', null]);
    notice?.action?.run();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(bridge.requestsOf('record:bulk')[3]).toMatchObject({ action: { type: 'restore' } });
  });

  test('a change of tags is taken back by what each item had, also where some refused', async () => {
    const bridge = new TestBridge({
      'record:bulk': ({ ids }) => ({
        ...{ done: ids.length - 1, refused: 1, reason: 'item: there is none with this id', isOver: false },
        retagged: ids.slice(2).map((id) => ({ id, before: ['x'], after: ['x', 'y'] })),
      }),
      'record:put-tags-back': ({ items }) => ({ done: items.length, refused: 0, reason: '', isOver: false }),
    });
    const notices = new Notices();
    const bulk = new BulkSteps(bridge.api, notices);
    const ids = Array.from({ length: 250 }, (_, number) => idOf(number));
    await bulk.run(ids, { type: 'tag', add: ['y'], remove: [] }, 'bulk.changed');
    const [notice] = notices.items;
    expect([notice?.tone, notice?.action?.label]).toEqual(['failure', 'Undo']);
    notice?.action?.run();
    await new Promise((resolve) => setTimeout(resolve, 0));
    const back = bridge.requestsOf('record:put-tags-back').map(({ items }) => items as { id: string }[]);
    expect(back.map((items) => items.length)).toEqual([100, 100, 44]);
    expect(back[0]?.[0]).toEqual({ id: idOf(2), before: ['x'], after: ['x', 'y'] });
    expect(notices.items.at(-1)?.text).toBe('244 items back as before.');
  });

  test('what would fail for all others ends a step', async () => {
    const bridge = new TestBridge({
      'record:bulk': ({ ids }) => ({
        done: 0,
        refused: ids.length,
        reason: 'disk: it is full',
        isOver: true,
        retagged: [],
      }),
    });
    const bulk = new BulkSteps(bridge.api, new Notices());
    await bulk.run(
      Array.from({ length: 300 }, (_, number) => idOf(number)),
      { type: 'trash' },
      'bulk.moved-to-trash',
    );
    expect(bridge.sent).toHaveLength(1);
  });

  test('what refused is told with the first reason; a step that was stopped ends with its chunk', async () => {
    const bridge = new TestBridge({
      'record:bulk': ({ ids }) => {
        bulk.stop();
        return {
          done: ids.length - 2,
          refused: 2,
          reason: 'item: there is none with this id',
          isOver: false,
          retagged: [],
        };
      },
    });
    const notices = new Notices();
    const bulk = new BulkSteps(bridge.api, notices);
    await bulk.run(
      Array.from({ length: 300 }, (_, number) => idOf(number)),
      { type: 'restore' },
      'bulk.restored',
    );
    expect(bridge.sent).toHaveLength(1);
    expect(notices.items.map(({ text, tone }) => [text, tone])).toEqual([
      ['98 items restored. Item: there is none with this id.', 'failure'],
    ]);
  });
});
