import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Overview } from '../../main/credentials/overview';
import { countFacets } from '../../main/credentials/facets';
import { foldText } from '../../main/credentials/fold';
import { RecordList, type Selection } from '../../main/credentials/record-list';
import { MemorySource } from './memory-source';
import { selectPlainly } from './plain-search';

const everything: Selection = { query: '', view: 'all', sort: 'title', offset: 0, limit: 200 };
const plain: Overview = {
  kind: 'key-pair',
  title: '',
  tags: [],
  isFavourite: false,
  subtitle: '',
  createdAtMs: 0,
  updatedAtMs: 0,
  trashedAtMs: null,
  links: {},
  marks: [],
  unknownMembers: {},
};
const row = (title: string, changes: Partial<Overview> = {}): Overview => ({ ...plain, title, ...changes });

function listOf(rows: readonly Overview[]) {
  const source = new MemorySource();
  for (const overview of rows) source.add(overview);
  const list = new RecordList(source);
  const select = (selection: Partial<Selection> = {}) => {
    const { handles, total } = list.select({ ...everything, ...selection });
    return { ids: handles.map((handle) => source.idOf(handle)), total, handles };
  };
  return { source, list, select };
}

const titlesOf = (rows: readonly Overview[], selection: Partial<Selection>): string[] => {
  const { source, select } = listOf(rows);
  return select(selection).handles.map((handle) => source.decoded(handle).title);
};

test('a kind or a layout that is not known is listed nowhere', () => {
  expect(titlesOf([row('x', { kind: 'hologram' }), row('y')], {})).toEqual(['y']);
  const { source, list, select } = listOf([row('x')]);
  source.bytesOf(0)[0] = 2;
  list.note(0);
  expect(select({ query: 'x' })).toMatchObject({ handles: [], total: 0 });
});

describe('a query', () => {
  const rows = [
    row('Web server', { tags: ['Produção'], subtitle: 'RSA 2048 · web · eu-west-1' }),
    row('Straße', { tags: ['straße'] }),
    row('İstanbul', { subtitle: 'Ed25519' }),
    row('ﬁle ＡＷＳ'),
    row('Ὀδυσσεύς'),
  ];

  test.each([
    ['web', ['Web server']],
    ['WEB SERVER', ['Web server']],
    ['server  web', ['Web server']],
    ['producao', ['Web server']],
    ['PRODUÇÃO eu-west', ['Web server']],
    ['strasse', ['Straße']],
    ['STRASSE', ['Straße']],
    ['istanbul', ['İstanbul']],
    ['ed25519', ['İstanbul']],
    ['file aws', ['ﬁle ＡＷＳ']],
    ['οδυσσευσ', ['Ὀδυσσεύς']],
    ['οδυσ', ['Ὀδυσσεύς']],
    ['serverrsa', []],
    ['web nothing', []],
    ['.*', []],
    ['\u3000web\u00a0', ['Web server']],
  ])('%j finds %j', (query, titles) => {
    expect(titlesOf(rows, { query })).toEqual(titles);
  });

  test('finds by the kind’s name', () => {
    expect(titlesOf(rows, { query: 'key pair' })).toHaveLength(rows.length);
  });

  test('any title is found by itself and by its words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (one, other) => {
        for (const title of [one, other]) {
          expect(titlesOf([row(title)], { query: title })).toEqual([title]);
          expect(titlesOf([row(title)], { query: title.toUpperCase() })).toEqual([title]);
        }
      }),
    );
  });

  test('folding is the same twice, for each character and for any text', () => {
    const all = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
    expect(all.filter((character) => foldText(foldText(character)) !== foldText(character))).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});

describe('views', () => {
  const rows = [
    row('a'),
    row('b', { isFavourite: true }),
    row('c', { isFavourite: true, trashedAtMs: 1 }),
    row('d', { trashedAtMs: 2 }),
  ];

  test.each([
    ['all', ['a', 'b']],
    ['favourites', ['b']],
    ['trash', ['c', 'd']],
  ] as const)('%s', (view, titles) => {
    expect(titlesOf(rows, { view })).toEqual(titles);
  });
});

describe('orders', () => {
  const rows = [
    row('beta', { createdAtMs: 1, updatedAtMs: 9 }),
    row('Älpha', { createdAtMs: 3, updatedAtMs: 7 }),
    row('gamma', { createdAtMs: 2, updatedAtMs: 8 }),
    row('alpha', { createdAtMs: 3, updatedAtMs: 1 }),
  ];

  test.each([
    ['title', ['alpha', 'Älpha', 'beta', 'gamma']],
    ['updated', ['beta', 'gamma', 'Älpha', 'alpha']],
    ['created', ['alpha', 'Älpha', 'gamma', 'beta']],
  ] as const)('by %s', (sort, titles) => {
    expect(titlesOf(rows, { sort })).toEqual(titles);
    expect(titlesOf([...rows].reverse(), { sort })).toEqual(titles);
  });
});

test('windows of a list lie side by side, and the total is of all', () => {
  const rows = Array.from({ length: 25 }, (_, index) => row(`row ${String(index).padStart(2, '0')}`));
  const { source, select } = listOf(rows);
  const windows = [0, 10, 20, 30].map((offset) => select({ offset, limit: 10 }));
  expect(windows.map((window) => window.handles.length)).toEqual([10, 10, 5, 0]);
  expect(windows.map((window) => window.total)).toEqual([25, 25, 25, 25]);
  const titles = windows.flatMap((window) => window.handles.map((handle) => source.decoded(handle).title));
  expect(titles).toEqual(titlesOf(rows, {}));
});

// Titles that begin alike, differ late, are equal, hold no ASCII, or hold what sorts at the ends.
const anyTitle = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('a', 'A', 'b', '~', 'é', 'e\u0301', ' ', '\t', '\0', '\u007f', 'ß'),
    maxLength: 12,
  }),
  fc.string({ unit: fc.constantFrom('я', 'Ж', '\ud800', '\udc00', '\uffff', '😀', '\u3000'), maxLength: 8 }),
  fc.tuple(fc.constantFrom('Web server ', 'Сервер ', ''), fc.nat(60)).map(([start, number]) => `${start}${number}`),
);
// Ids of the first records in a MemorySource.
const accounts = [0, 1].map((handle) => {
  const source = new MemorySource();
  for (let n = 0; n <= handle; n++) source.add(plain);
  return source.idOf(handle);
});
const anyTag = fc.oneof(anyTitle, fc.constantFrom('prod', 'pro', 'Web', '\ud800'));
const anyTime = fc.integer({ min: -3, max: 3 });
const anyOverview = fc
  .record({
    title: anyTitle,
    tags: fc.array(anyTag, { maxLength: 2 }),
    links: fc.constantFrom<Record<string, string>>({}, { account: accounts[0]! }, { other: accounts[0]! }),
    subtitle: anyTitle,
    kind: fc.constantFrom('key-pair', 'key-pair', 'account', 'hologram'),
    isFavourite: fc.boolean(),
    createdAtMs: anyTime,
    updatedAtMs: anyTime,
    trashedAtMs: fc.option(anyTime),
  })
  .map((changes) => ({ ...plain, ...changes }));
const anySelection = fc.record({
  query: fc.oneof(fc.constant(''), anyTitle, fc.constantFrom('web 1', 'e', 's', 'key', '\ude00', '\ud83d', '12')),
  view: fc.constantFrom('all' as const, 'favourites' as const, 'trash' as const),
  filter: fc.option(
    fc.record({
      kind: fc.option(fc.constantFrom('key-pair', 'account', 'hologram')),
      account: fc.option(fc.constantFrom(...accounts)),
      tag: fc.option(anyTag),
    }),
    { nil: undefined },
  ),
  sort: fc.constantFrom('title' as const, 'updated' as const, 'created' as const),
  offset: fc.nat(10),
  limit: fc.integer({ min: 1, max: 60 }),
});
const anyAct = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('select' as const), selection: anySelection }) },
  fc.record({ act: fc.constant('step' as const), steps: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ act: fc.constant('add' as const), overview: anyOverview }),
  fc.record({ act: fc.constant('change' as const), which: fc.nat(), overview: anyOverview }),
  fc.record({ act: fc.constant('remove' as const), which: fc.nat() }),
);

test('shows what a plain search and sort show, whatever changes in between and however far it is built', () => {
  fc.assert(
    fc.property(fc.array(anyOverview, { maxLength: 120 }), fc.array(anyAct, { maxLength: 12 }), (rows, acts) => {
      const { source, list, select } = listOf(rows);
      const there = (which: number) => which % Math.max(1, source.handleLimit);
      for (const act of acts) {
        if (act.act === 'select') {
          const { ids, total } = select(act.selection);
          expect({ ids, total }).toEqual(selectPlainly(source.rows(), { ...everything, ...act.selection }));
          // Once more with what was kept of the filter.
          expect(select(act.selection).ids).toEqual(ids);
        } else if (act.act === 'step') {
          for (let n = 0; n < act.steps; n++) list.step();
        } else if (act.act === 'add') {
          list.note(source.add(act.overview));
        } else if (source.has(there(act.which))) {
          const handle = there(act.which);
          if (act.act === 'change') source.set(handle, act.overview);
          else source.remove(handle);
          list.note(handle);
        }
      }
    }),
    { numRuns: Number(process.env['COFFER_LONG'] ?? 0) > 0 ? 20_000 : 1000 },
  );
});

test('what a list can be narrowed by is counted, without the trash', () => {
  const { source } = listOf([
    row('Production', { kind: 'account' }),
    row('Sandbox', { kind: 'account', isFavourite: true }),
    row('web', { tags: ['prod', 'eu', 'prod'], links: { account: accounts[0]! } }),
    row('db', { tags: ['prod'], links: { account: accounts[0]! } }),
    row('old', { tags: ['prod'], links: { account: accounts[0]! }, trashedAtMs: 1 }),
    row('x', { kind: 'hologram', tags: ['prod'] }),
  ]);
  const counting = countFacets(source);
  let step = counting.next();
  while (step.done !== true) step = counting.next();
  expect(step.value).toEqual({
    total: 4,
    favourites: 1,
    trashed: 1,
    kinds: new Map([
      ['account', 2],
      ['key-pair', 2],
    ]),
    accounts: new Map([
      [accounts[0], 3],
      [accounts[1], 1],
    ]),
    tags: new Map([
      ['prod', 2],
      ['eu', 1],
    ]),
  });
});

test('more changes than are looked through one by one lead to a new index, and to the same results', () => {
  const { source, list, select } = listOf(Array.from({ length: 2000 }, (_, n) => row(`server ${n}`)));
  while (list.step());
  for (let n = 0; n < 700; n++) {
    source.set(n, row(`host ${n}`));
    list.note(n);
    if (n % 50 === 0) list.step();
  }
  for (const query of ['host', 'server 1', 'host 69', '9']) {
    const { ids, total } = select({ query });
    expect({ ids, total }).toEqual(selectPlainly(source.rows(), { ...everything, query }));
    while (list.step());
    expect(select({ query }).ids).toEqual(ids);
  }
});

test('a hundred thousand records come in the order of a plain sort', () => {
  const rows = Array.from({ length: 100_000 }, (_, index) =>
    row(`Server ${index * 7919}`, { tags: [`tag${index % 50}`], updatedAtMs: index % 1000 }),
  );
  const { source, select } = listOf(rows);
  for (const sort of ['title', 'updated'] as const) {
    const all = { ...everything, sort, limit: rows.length };
    expect(select(all).ids).toEqual(selectPlainly(source.rows(), all).ids);
  }
  expect(select({ query: 'tag7 791' }).total).toBe(
    selectPlainly(source.rows(), { ...everything, query: 'tag7 791' }).total,
  );
});
