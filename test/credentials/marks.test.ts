import { expect, test } from 'vitest';
import { markOf, recordsLinkedTo, recordsOfKinds, recordsWithMark } from '../../main/credentials/marks';
import type { Overview } from '../../main/credentials/overview';
import { MemorySource } from './memory-source';

const plain: Overview = {
  ...{ kind: 'key-pair', title: '', tags: [], isFavourite: false, subtitle: '', links: {}, marks: [] },
  ...{ createdAtMs: 0, updatedAtMs: 0, trashedAtMs: null, unknownMembers: {} },
};
const account = 'ab'.repeat(16);

test('a mark finds every record that has it, and none that only mentions it', () => {
  const source = new MemorySource();
  const mark = markOf('access-key:AKIAIOSFODNN7EXAMPLE');
  source.add({ ...plain, title: mark });
  const [one, two] = [
    source.add({ ...plain, marks: ['x', mark] }),
    source.add({ ...plain, marks: [mark], trashedAtMs: 1 }),
  ];
  expect(recordsWithMark(source, mark).map(({ handle }) => handle)).toEqual([one, two]);
  expect(recordsWithMark(source, markOf('other'))).toEqual([]);
});

test('links are found by where they lead, whatever the field', () => {
  const source = new MemorySource();
  source.add({ ...plain, title: account, links: { account: 'cd'.repeat(16) } });
  const one = source.add({ ...plain, links: { keyPair: 'cd'.repeat(16), account } });
  expect(recordsLinkedTo(source, account).map(({ handle }) => handle)).toEqual([one]);
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
