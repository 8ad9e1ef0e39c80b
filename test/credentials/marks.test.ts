import { expect, test } from 'vitest';
import { findRecords, linkedTo, markOf, recordsOfKinds, withMarkOf } from '../../main/credentials/marks';
import type { Overview } from '../../main/credentials/overview';
import { MemorySource } from './memory-source';

const plain: Overview = {
  ...{ kind: 'key-pair', title: '', tags: [], isFavourite: false, subtitle: '', links: {}, marks: [] },
  ...{ createdAtMs: 0, updatedAtMs: 0, trashedAtMs: null, unknownMembers: {} },
};
const account = 'ab'.repeat(16);

test('a mark finds every record that has it, and none that only mentions it', () => {
  const source = new MemorySource();
  const identity = 'access-key:AKIAIOSFODNN7EXAMPLE';
  const mark = markOf(identity);
  source.add({ ...plain, title: mark });
  const [one, two] = [
    source.add({ ...plain, marks: ['x', mark] }),
    source.add({ ...plain, marks: [mark], trashedAtMs: 1 }),
  ];
  const [marked, ...others] = findRecords(source, [withMarkOf(identity), withMarkOf('other'), linkedTo(account)]);
  expect(marked?.map(({ handle }) => handle)).toEqual([one, two]);
  expect(others).toEqual([[], []]);
});

test('links are found by where they lead, whatever the field', () => {
  const source = new MemorySource();
  source.add({ ...plain, title: account, links: { account: 'cd'.repeat(16) } });
  const one = source.add({ ...plain, links: { keyPair: 'cd'.repeat(16), account } });
  const [marked, linked] = findRecords(source, [withMarkOf('other'), linkedTo(account)]);
  expect(marked).toEqual([]);
  expect(linked?.map(({ handle, id, overview }) => [handle, id, overview.links['account']])).toEqual([
    [one, source.idOf(one), account],
  ]);
});

test('kinds are told without their names in the text', () => {
  const source = new MemorySource();
  const one = source.add(plain);
  source.add({ ...plain, kind: 'hologram' });
  expect(recordsOfKinds(source, ['key-pair', 'hologram']).map(({ handle }) => handle)).toEqual([one]);
});

test('marks say nothing readable about an identity, and differ', () => {
  expect(markOf('a')).toMatch(/^[0-9a-f]{18}$/);
  expect(markOf('a')).not.toBe(markOf('b'));
});
