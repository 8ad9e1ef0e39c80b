import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels, setUpBridge } from '../support/bridge';
import { bytesOf } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const makeKey = () => bridge.get('key-pair:generate', labels({ title: 'Web' }));

test('a record says what can be copied of it in one step and whether it can be exported, without a secret', async () => {
  const { id, values } = await makeKey();
  const { copies, isExportable } = await bridge.get('palette:actions', { id });
  expect([copies.map(({ name }) => name), isExportable]).toEqual([['publicKey', 'keyName', 'openssh'], true]);
  await bridge.get('palette:copy', { id, action: 'publicKey' });
  expect(bridge.copied).toEqual([values['publicKey']]);
  expect(bridge.activity.list()[0]).toMatchObject({ what: 'copied', recordId: id, detail: 'publicKey' });
});

test('a secret is copied as one', async () => {
  const { id } = await bridge.get('record:create', {
    ...{ kind: 'sign-in', title: 'Root', tags: [] },
    values: { email: 'root@example.com' },
    secrets: { password: bytesOf('Console pass 1') },
  });
  const { copies, isExportable } = await bridge.get('palette:actions', { id });
  expect([copies[0], isExportable]).toEqual([{ name: 'password', label: 'password', isSecret: true }, false]);
  await bridge.get('palette:copy', { id, action: 'password' });
  expect([bridge.copied, bridge.copiedSecretly]).toEqual([['Console pass 1'], [true]]);
});

test('says which steps a record takes as it stands', async () => {
  const { id } = await makeKey();
  const stepsOf = async () => (await bridge.get('palette:actions', { id })).steps;
  expect(await stepsOf()).toEqual(['edit', 'favour', 'trash']);
  await bridge.get('record:update', { id, changes: { isFavourite: true } });
  expect(await stepsOf()).toEqual(['edit', 'unfavour', 'trash']);
  await bridge.get('record:trash', { id });
  expect(await stepsOf()).toEqual(['restore', 'delete']);
});

test('nothing is copied of a record that is in the trash or gone', async () => {
  const { id } = await makeKey();
  await bridge.get('record:trash', { id });
  for (const [one, steps] of [
    [id, ['restore', 'delete']],
    ['ab'.repeat(16), []],
  ] as const) {
    expect(await bridge.get('palette:actions', { id: one })).toEqual({ copies: [], isExportable: false, steps });
    const answer = await bridge.call('palette:copy', { id: one, action: 'publicKey' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
  }
  expect(bridge.copied).toEqual([]);
});

test('what is no action of a record is refused, and so are other windows and a locked vault', async () => {
  const { id } = await makeKey();
  for (const action of ['privateKey', 'notes', '', 'x'.repeat(65)]) {
    const answer = await bridge.call('palette:copy', { id, action });
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  }
  for (const channel of ['palette:actions', 'palette:copy']) {
    const foreign = await bridge.callRaw(channel, { id }, bridge.eventsOf['quick-access']);
    expect(foreign).toMatchObject({ ok: false, error: { code: 'refused' } });
  }
  await bridge.get('vault:lock', {});
  expect(await bridge.call('palette:actions', { id })).toMatchObject({ ok: false, error: { code: 'vault-locked' } });
});
