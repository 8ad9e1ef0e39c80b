import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RequestOf } from '../../preload/contract';
import { CofferError } from '../../main/errors';
import { labels, setUpBridge } from '../support/bridge';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

type Kept = RequestOf<'list:remember'>;
const noFilter = { kind: null, account: null, tag: null };
const first: Kept = { sort: 'title', filter: noFilter };
const remembered = () => bridge.get('list:remembered', {});

async function makeAccount() {
  const values = { accountId: '123456789012' };
  return bridge.get('record:create', { kind: 'account', title: 'Production', tags: [], values, secrets: {} });
}

test('order and filter are there again after locking, beside the settings', async () => {
  expect(await remembered()).toEqual(first);
  const account = await makeAccount();
  await bridge.get('key-pair:generate', labels({ account: account.id, tags: ['prod'] }));
  const kept: Kept = { sort: 'updated', filter: { kind: 'key-pair', account: account.id, tag: 'prod' } };
  await bridge.get('list:remember', kept);
  const settings = await bridge.get('settings:get', {});
  await bridge.get('settings:set', { ...settings, lockAfterMinutes: 33 });
  await bridge.lockAndUnlock();
  expect(await remembered()).toEqual(kept);
  expect((await bridge.get('settings:get', {})).lockAfterMinutes).toBe(33);
});

test('what names an account, a tag or a kind that is no longer there falls back to all, in the same order', async () => {
  const account = await makeAccount();
  const key = await bridge.get('key-pair:generate', labels({ account: account.id, tags: ['prod'] }));
  const filters = [
    { account: account.id },
    { tag: 'prod' },
    { kind: 'key-pair' },
    { account: key.id },
    { kind: 'none' },
  ];
  const fallen = async () => {
    const found = [];
    for (const filter of filters) {
      await bridge.get('list:remember', { sort: 'created', filter: { ...noFilter, ...filter } });
      const kept = await remembered();
      expect(kept.sort).toBe('created');
      found.push(Object.values(kept.filter).every((value) => value === null));
    }
    return found;
  };
  expect(await fallen()).toEqual([false, false, false, true, true]);
  // The key pair still belongs to the account, which no list names any more.
  await bridge.get('record:trash', { id: account.id });
  expect(await fallen()).toEqual([true, false, false, true, true]);
  await bridge.get('record:trash', { id: key.id });
  expect(await fallen()).toEqual([true, true, true, true, true]);
});

test('the same again is no change of the vault', async () => {
  await bridge.get('list:remember', { ...first, sort: 'updated' });
  const { counter } = bridge.session.vault.mark;
  await bridge.get('list:remember', { ...first, sort: 'updated' });
  expect(bridge.session.vault.mark.counter).toBe(counter);
  await bridge.get('list:remember', first);
  expect(bridge.session.vault.mark.counter).toBe(counter + 1);
});

test('a vault that takes no change says so, and keeps what it had', async () => {
  bridge.session.vault.refuseChanges(new CofferError('read-only', 'vault: open for reading only'));
  const answer = await bridge.call('list:remember', { ...first, sort: 'updated' });
  expect(answer).toMatchObject({ ok: false, error: { code: 'read-only' } });
  expect(await remembered()).toEqual(first);
});

test('other windows, misfits and a locked vault are refused', async () => {
  for (const channel of ['list:remembered', 'list:remember']) {
    const foreign = await bridge.callRaw(channel, first, bridge.eventsOf['quick-access']);
    expect(foreign).toMatchObject({ ok: false, error: { code: 'refused' } });
  }
  const misfits = [{}, { sort: 'title' }, { sort: 'size', filter: noFilter }, { ...first, filter: { kind: 'x' } }];
  for (const misfit of [...misfits, { ...first, filter: { ...noFilter, account: 'x' } }]) {
    expect(await bridge.callRaw('list:remember', misfit)).toMatchObject({ error: { code: 'bad-request' } });
  }
  await bridge.get('vault:lock', {});
  expect(await bridge.call('list:remembered', {})).toMatchObject({ error: { code: 'vault-locked' } });
});
