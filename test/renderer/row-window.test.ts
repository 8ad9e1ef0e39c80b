import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowWindow } from '../../renderer/state/row-window.svelte';

const rowHeightPx = 50;
const places = (rows: RowWindow) => rows.slots.map(({ index }) => index);
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, place) => first + place);

function windowOf(count: number, kept: number, scrollTop: number, height = 500): RowWindow {
  const rows = new RowWindow(rowHeightPx);
  rows.draw({ count, scrollTop, height, kept: [kept] });
  return rows;
}

describe('the rows that are drawn', () => {
  test.each([
    ['at the top', [100_000, 0, 0], from(0, 13)],
    ['further down', [100_000, 7, 5000], [7, ...from(96, 113)]],
    ['far above the last, which has the focus', [100_000, 99_999, 5000], [...from(96, 113), 99_999]],
    ['of a short list', [3, 0, 0], [0, 1, 2]],
    ['of an empty list', [0, 0, 0], []],
  ] as const)(
    'are those in sight, some around them, and the one that has the focus: %s',
    (_, [count, kept, top], all) => {
      const shown = places(windowOf(count, kept, top));
      expect(shown).toEqual(expect.arrayContaining([...all]));
      expect(shown.length).toBeLessThanOrEqual(all.length + 4);
    },
  );

  test('keep their element while they are drawn, and take over those that are not needed', () => {
    const step = fc.record({
      count: fc.nat(60),
      kept: fc.nat(60),
      focused: fc.nat(60),
      scrollTop: fc.nat(3000),
      height: fc.nat(800),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
        const rows = new RowWindow(rowHeightPx);
        for (const { count, kept, focused, scrollTop, height } of steps) {
          const before = new Map(rows.slots.map(({ key, index }) => [index, key]));
          rows.draw({ count, scrollTop, height, kept: [kept, focused] });
          const [first, last] = rows.range;
          const shown = places(rows);
          expect(shown).toEqual(expect.arrayContaining(from(first, last)));
          for (const index of [kept, focused]) if (index < count) expect(shown).toContain(index);
          expect(new Set(shown).size).toBe(shown.length);
          expect(shown.every((index) => index >= 0 && index < count)).toBe(true);
          expect(new Set(rows.slots.map(({ key }) => key)).size).toBe(shown.length);
          for (const { key, index } of rows.slots) if (before.has(index)) expect(key).toBe(before.get(index));
          expect(shown.length).toBeLessThanOrEqual(Math.ceil(height / rowHeightPx) + 16);
        }
      }),
    );
  });

  test('reuse elements: a list that is scrolled through makes no new ones', () => {
    const rows = windowOf(100_000, 0, 0);
    for (let scrollTop = 0; scrollTop < 20_000; scrollTop += 160)
      rows.draw({ count: 100_000, scrollTop, height: 500, kept: [0] });
    expect(Math.max(...rows.slots.map(({ key }) => key))).toBeLessThan(24);
  });

  test('stand in the order of the list once it is settled, the same elements as before', () => {
    const rows = windowOf(1000, 0, 0);
    rows.draw({ count: 1000, scrollTop: 150, height: 500, kept: [0] });
    rows.draw({ count: 1000, scrollTop: 300, height: 500, kept: [0] });
    rows.draw({ count: 1000, scrollTop: 200, height: 500, kept: [0] });
    const before = [...rows.slots];
    rows.settle();
    expect(places(rows)).toEqual([...places(rows)].sort((a, b) => a - b));
    expect(rows.slots).toEqual(expect.arrayContaining(before));
    const settled = rows.slots;
    rows.settle();
    expect(rows.slots).toBe(settled);
  });
});

describe('where the list has to stand', () => {
  test.each([
    ['a row in sight', 12, 500],
    ['a row above', 3, 150],
    ['a row below', 25, 800],
    ['a row that is cut at the end', 20, 550],
  ])('for %s', (_, index, scrollTop) => {
    expect(windowOf(1000, 0, 500).scrollTopFor(index)).toBe(scrollTop);
  });
});
