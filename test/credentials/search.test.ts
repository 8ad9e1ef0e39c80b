import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Overview } from '../../main/credentials/overview';
import { foldText, rowOf, selectRows, type SearchRow, type Selection } from '../../main/credentials/search';

const everything: Selection = { query: '', view: 'all', sort: 'title', offset: 0, limit: 200 };
let lastId = 0;

function row(title: string, changes: Partial<Overview> = {}): SearchRow {
  const made = rowOf((lastId++).toString(16).padStart(32, '0'), {
    kind: 'key-pair',
    title,
    tags: [],
    isFavourite: false,
    subtitle: '',
    createdAtMs: 0,
    updatedAtMs: 0,
    trashedAtMs: null,
    unknownMembers: {},
    ...changes,
  });
  if (made === null) throw new Error('the kind is known');
  return made;
}

const titlesOf = (rows: readonly SearchRow[], selection: Partial<Selection>): string[] =>
  selectRows(rows, { ...everything, ...selection }).rows.map(({ overview }) => overview.title);

test('a kind that is not known is listed nowhere', () => {
  expect(rowOf('0'.repeat(32), { ...row('x').overview, kind: 'hologram' })).toBeNull();
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
  const windows = [0, 10, 20, 30].map((offset) => selectRows(rows, { ...everything, offset, limit: 10 }));
  expect(windows.map((window) => window.rows.length)).toEqual([10, 10, 5, 0]);
  expect(windows.map((window) => window.total)).toEqual([25, 25, 25, 25]);
  expect(windows.flatMap((window) => window.rows.map(({ overview }) => overview.title))).toEqual(titlesOf(rows, {}));
});

test('a hundred thousand rows are searched, sorted once', () => {
  const rows = Array.from({ length: 100_000 }, (_, index) =>
    row(`Server ${index * 7919}`, {
      tags: [`tag${index % 50}`],
      subtitle: 'RSA 2048 · name · eu-west-1',
      updatedAtMs: index,
    }),
  );
  selectRows(rows, everything);
  const { total } = selectRows(rows, { ...everything, query: 'tag7 791' });
  expect(total).toBeGreaterThan(0);
});
