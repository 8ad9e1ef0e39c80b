import { expect, test } from 'vitest';
import { decodeBody, encodeBody, encodeText } from '../../main/credentials/body';
import type { RecordBody } from '../../main/credentials/descriptor';
import { bodyAtVersion, historyField, versionsOf, withVersion } from '../../main/credentials/history';
import { textOf } from '../../main/credentials/plain-kind';

type State = { body: RecordBody; title: string };

const bytesOf = (text: string) => new TextEncoder().encode(text);
const first: State = {
  title: 'Mail',
  body: new Map([
    ['user', encodeText('ann')],
    ['password', bytesOf('one')],
  ]),
};

/** One change, written and read as a vault does. */
function change(
  { body, title }: State,
  changes: Record<string, Uint8Array | null>,
  newTitle = title,
  nowMs = 1,
): State {
  const after = new Map(body);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) after.delete(name);
    else after.set(name, value);
  }
  const written = withVersion({ body, title }, { body: after, title: newTitle }, nowMs);
  return { title: newTitle, body: decodeBody(encodeBody(written)) };
}

test('a change keeps what it replaced, and only that', () => {
  const changed = change(first, { password: bytesOf('two') }, 'Post', 5);
  const [version, ...others] = versionsOf(changed.body);
  expect(others).toEqual([]);
  expect(version).toMatchObject({ endedAtMs: 5, title: 'Mail', absent: [] });
  expect([...version!.values]).toEqual([['password', bytesOf('one')]]);
});

test('nothing is kept where nothing changed', () => {
  expect(change(first, { user: encodeText('ann') }).body.has(historyField)).toBe(false);
});

test('earlier versions come back whole: values, fields that were not there, fields that went, the title', () => {
  const second = change(first, { password: bytesOf('two'), region: encodeText('eu-west-1') }, 'Post');
  const third = change(second, { user: null }, 'Letters');
  expect(bodyAtVersion(third, 0).title).toBe('Post');
  expect(textOf(bodyAtVersion(third, 0).body, 'user')).toBe('ann');
  expect(bodyAtVersion(third, 0).body.has('region')).toBe(true);
  const oldest = bodyAtVersion(third, 1);
  expect(oldest.title).toBe('Mail');
  expect(new Map(oldest.body)).toEqual(first.body);
});

test('ten versions are kept, the newest', () => {
  let state = first;
  for (let n = 0; n < 14; n++) state = change(state, { password: bytesOf(`number ${n}`) }, 'Mail', n);
  expect(versionsOf(state.body).map(({ endedAtMs }) => endedAtMs)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
  expect(bodyAtVersion(state, 9).body.get('password')).toEqual(bytesOf('number 3'));
  expect(() => bodyAtVersion(state, 10)).toThrow(expect.objectContaining({ code: 'not-found' }) as Error);
});

test('history that Coffer did not write is damage', () => {
  const body = new Map([[historyField, encodeBody(new Map([['0', bytesOf('short')]]))]]);
  expect(() => versionsOf(body)).toThrow(expect.objectContaining({ code: 'vault-damaged' }) as Error);
});
