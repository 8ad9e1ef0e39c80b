import { expect, test, vi } from 'vitest';
import { type Command, type CommandGroup, Palette } from '../../renderer/state/palette.svelte';
import { beginsWords } from '../../renderer/state/matches';
import type { RecordSummary } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { idOf, sampleRow } from './samples';

const done: string[] = [];
const command = (label: string, words = ''): Command => ({ id: label, label, words, run: () => void done.push(label) });
const groups: readonly CommandGroup[] = [
  { name: 'Go to', commands: [command('All items'), command('Health'), command('Settings')] },
  { name: 'Vault', commands: [command('Lock', 'close'), command('Import…')] },
  { name: 'Guide', isLong: true, commands: Array.from({ length: 20 }, (_, n) => command(`Lock up task ${n}`)) },
];

function setUp({ rows = [] as RecordSummary[], open = null as RecordSummary | null } = {}) {
  const bridge = new TestBridge({
    'record:list': ({ query }) => {
      const found = rows.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
      return { rows: found, total: found.length };
    },
    'palette:actions': ({ id }) =>
      id === idOf(9)
        ? refuse('internal', 'Coffer: something went wrong inside')
        : { copies: [{ name: 'publicKey', label: 'public key', isSecret: false }], isExportable: true, steps: [] },
  });
  const palette = new Palette(
    {
      api: bridge.api,
      commands: () => groups,
      commandsOf: ({ title }, { copies }) => copies.map(({ label }) => command(`Copy ${label} of ${title}`)),
      openingOf: ({ id, title }) => ({ ...command(title), id }),
    },
    open,
  );
  const shown = () => palette.groups.map(({ name, lines }) => [name, ...lines.map(({ label }) => label)].join(', '));
  return { bridge, palette, shown };
}

test('without a word it offers what is always there; what is long only once something is typed', () => {
  const { bridge, palette, shown } = setUp();
  expect(shown()).toEqual(['Go to, All items, Health, Settings', 'Vault, Lock, Import…']);
  expect(palette.chosen?.label).toBe('All items');
  expect(bridge.sent).toEqual([]);
});

test('finds commands by the beginnings of words, then records, then what is long, each only a few', async () => {
  const { palette, shown } = setUp({ rows: [sampleRow(1, { title: 'A locker' }), sampleRow(2, { title: 'Locker' })] });
  await palette.search('lock');
  expect(shown()).toEqual([
    ...['Vault, Lock', 'Items, Locker, A locker'],
    `Guide, ${[0, 1, 2, 3, 4, 5].map((n) => `Lock up task ${n}`).join(', ')}`,
  ]);
  await palette.search('close');
  expect(shown()).toEqual(['Vault, Lock']);
  await palette.search('ock');
  expect(shown()).toEqual(['Items, A locker, Locker']);
  await palette.search('nothing like it');
  expect([shown(), palette.chosen]).toEqual([[], null]);
  palette.move(1);
  expect(palette.chosen).toBeNull();
});

test('a word with a hyphen or a full stop is found as it is written', () => {
  expect(beginsWords('New sign-in', 'new sign-in')).toBe(true);
  expect(beginsWords('New X.509 signing certificate', 'x.509')).toBe(true);
  expect(beginsWords('New sign-in', 'sign-up')).toBe(false);
  expect(beginsWords('New sign-in', '-')).toBe(false);
});

test('asks the list for fifty records of all', async () => {
  const { bridge, palette } = setUp();
  await palette.search('web');
  expect(bridge.requestsOf('record:list')).toEqual([
    {
      ...{ query: 'web', view: 'all', sort: 'title', offset: 0, limit: 50 },
      filter: { kind: null, account: null, tag: null },
    },
  ]);
});

test('keys go from line to line, past the end to the beginning', async () => {
  const { palette } = setUp();
  palette.move(-1);
  expect(palette.chosen?.label).toBe('Import…');
  palette.move(1);
  palette.move(1);
  expect(palette.chosen?.label).toBe('Health');
  palette.choose('Lock');
  await palette.chosen?.run();
  expect(done).toEqual(['Lock']);
  await palette.search('s');
  expect(palette.chosen?.label).toBe('Settings');
});

test('what can be done with the open record stands first', async () => {
  const { palette, shown } = setUp({ open: sampleRow(1) });
  await vi.waitFor(() => expect(shown()[0]).toBe('Key 1, Copy public key of Key 1'));
  await palette.search('public');
  expect(shown()).toEqual(['Key 1, Copy public key of Key 1']);
});

test('of a record that was found its steps are a key away, and so is the way back', async () => {
  const { palette, shown } = setUp({ rows: [sampleRow(3, { title: 'Web' })], open: sampleRow(1) });
  expect([palette.showMore(), palette.back()]).toEqual([false, false]);
  await palette.search('web');
  expect(palette.showMore()).toBe(true);
  expect([palette.query, palette.subject?.title]).toEqual(['', 'Web']);
  await vi.waitFor(() => expect(shown()).toEqual(['Web, Copy public key of Web']));
  await palette.search('nothing');
  expect(shown()).toEqual([]);
  await palette.search('');
  expect(palette.back()).toBe(true);
  await vi.waitFor(() => expect(shown()[0]).toBe('Key 1, Copy public key of Key 1'));
});

test('an answer that was overtaken is dropped, and a failure is said', async () => {
  const slow = later<{ rows: RecordSummary[]; total: number }>();
  const bridge = new TestBridge({
    'record:list': ({ query }) => (query === 'a' ? slow.promise : refuse('vault-damaged', 'record: damaged')),
  });
  const parts = { api: bridge.api, commands: () => groups, commandsOf: () => [], openingOf: () => command('x') };
  const palette = new Palette(parts, null);
  const first = palette.search('a');
  await palette.search('ab');
  slow.settle({ rows: [sampleRow(1)], total: 1 });
  await first;
  expect([palette.failure, palette.lines]).toEqual(['Record: damaged.', []]);
});
