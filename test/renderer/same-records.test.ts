import { expect, test } from 'vitest';
import { NewRecord } from '../../renderer/state/new-record.svelte';
import type { KindDescriptor } from '../../renderer/state/types';
import { TestBridge, refuse } from './bridge';
import { idOf, sampleDetail, sampleFields, sampleRow } from './samples';

const kind: KindDescriptor = {
  ...{
    kind: 'key-pair',
    label: 'Key pair',
    labelPlural: 'Key pairs',
    isTyped: true,
    isDraggable: true,
    fields: [...sampleFields],
  },
};

function formOver(handlers: ConstructorParameters<typeof TestBridge>[0]) {
  const bridge = new TestBridge({ 'record:create': () => sampleDetail(1), ...handlers });
  const form = new NewRecord(bridge.api, kind);
  form.title = 'New';
  return { bridge, form };
}

test('a credential that is held is told first, and kept once more when asked for', async () => {
  const { bridge, form } = formOver({ 'record:same': () => ({ rows: [sampleRow(7)] }) });
  form.type('keyName', 'web');
  expect(await form.submit()).toBeNull();
  expect([form.same.rows.map(({ id }) => id), form.isBusy]).toEqual([[idOf(7)], false]);
  expect(bridge.requestsOf('record:same')).toEqual([
    { kind: 'key-pair', id: null, values: { keyName: 'web', region: '' } },
  ]);
  expect(bridge.requestsOf('record:create')).toEqual([]);
  expect((await form.submit())?.id).toBe(idOf(1));
  expect(bridge.requestsOf('record:same')).toHaveLength(1);
});

test('after something else was typed it is looked for again', async () => {
  const { bridge, form } = formOver({ 'record:same': () => ({ rows: [sampleRow(7)] }) });
  await form.submit();
  form.type('keyName', 'other');
  expect(form.same.rows).toEqual([]);
  expect(await form.submit()).toBeNull();
  expect(bridge.requestsOf('record:same')).toHaveLength(2);
});

test('values against the rules are refused by keeping them, with the reason', async () => {
  const { form } = formOver({
    'record:same': () => refuse('bad-request', 'keyName: expected something else'),
    'record:create': () => refuse('bad-request', 'keyName: expected something else'),
  });
  expect(await form.submit()).toBeNull();
  expect(form.failure).toBe('EC2 key pair name: expected something else.');
});
