import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRecords, linkedTo, markOf, withMarkOf } from '../../main/credentials/marks';
import type { Overview } from '../../main/credentials/overview';
import { References } from '../../main/credentials/references';
import { MemorySource } from './memory-source';

const plain: Overview = {
  ...{ kind: 'key-pair', title: '', tags: [], isFavourite: false, subtitle: '', links: {}, marks: [] },
  ...{ createdAtMs: 0, updatedAtMs: 0, trashedAtMs: null, unknownMembers: {} },
};
const identities = ['one', 'two', 'three'];
const ids = ['ab', 'cd', '0f'].map((pair) => pair.repeat(16));
const wanted = [...identities.map(withMarkOf), ...ids.map(linkedTo)];

const anyId = fc.constantFrom(...ids);
const anyOverview = fc
  .record({
    // What looks like a mark or an id, and is none.
    title: fc.oneof(
      fc.string(),
      anyId,
      fc.constantFrom(...identities).map((one) => `"${markOf(one)}"`),
    ),
    links: fc.oneof(fc.constant({}), fc.record({ account: anyId }), fc.record({ keyPair: anyId, account: anyId })),
    marks: fc.array(fc.oneof(fc.constantFrom(...identities).map(markOf), fc.string({ maxLength: 20 })), {
      maxLength: 3,
    }),
    trashedAtMs: fc.option(fc.constant(1)),
    unknownMembers: fc.oneof(fc.constant({}), fc.record({ more: fc.array(anyId, { maxLength: 2 }) })),
  })
  .map((changes) => ({ ...plain, ...changes }));
const anyAct = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant('step' as const), steps: fc.integer({ min: 1, max: 4 }) }) },
  fc.record({ act: fc.constant('add' as const), overview: anyOverview }),
  fc.record({ act: fc.constant('change' as const), which: fc.nat(), overview: anyOverview }),
  fc.record({ act: fc.constant('remove' as const), which: fc.nat() }),
);

test('finds what reading all overviews finds, whatever changes and however far it is built', () => {
  fc.assert(
    fc.property(fc.array(anyOverview, { maxLength: 40 }), fc.array(anyAct, { maxLength: 12 }), (rows, acts) => {
      const source = new MemorySource();
      for (const row of rows) source.add(row);
      const references = new References(source);
      for (const act of acts) {
        const handle = act.act === 'change' || act.act === 'remove' ? act.which % Math.max(1, source.handleLimit) : -1;
        if (act.act === 'step') for (let n = 0; n < act.steps; n++) references.step();
        else if (act.act === 'add') references.note(source.add(act.overview));
        else if (source.has(handle)) {
          if (act.act === 'change') source.set(handle, act.overview);
          else source.remove(handle);
          references.note(handle);
        }
        expect(references.find(wanted)).toEqual(findRecords(source, wanted));
      }
    }),
  );
});

test('is closed in the middle of any step', () => {
  const source = new MemorySource();
  for (let n = 0; n < 1200; n++) source.add({ ...plain, marks: [markOf('one')] });
  let steps = 0;
  for (let isDone = false; !isDone; steps++) {
    const references = new References(source);
    for (let n = 0; n < steps; n++) isDone = !references.step();
    references.close();
    expect(references.find(wanted)).toEqual(findRecords(source, wanted));
  }
  expect(steps).toBeGreaterThan(3);
});

test('many changes lead to a new index', () => {
  const source = new MemorySource();
  const references = new References(source);
  while (references.step());
  for (let n = 0; n < 1200; n++)
    references.note(source.add({ ...plain, marks: [markOf(n % 2 === 0 ? 'one' : 'two')] }));
  expect(references.step()).toBe(true);
  while (references.step());
  expect(references.step()).toBe(false);
  const found = references.find(wanted);
  expect(found.map((some) => some.length)).toEqual([600, 600, 0, 0, 0, 0]);
  expect(found).toEqual(findRecords(source, wanted));
});
