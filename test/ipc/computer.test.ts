import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { notificationKinds } from '../../main/files/preferences';
import { bytesOf, password } from '../support/small-vault';
import { setUpBridge } from '../support/bridge';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(() => (bridge = setUpBridge()));
afterEach(() => bridge.remove());

test('vaults that were made and opened are remembered, and chosen by their ids', async () => {
  const other = path.join(bridge.folder, 'other.coffer');
  await bridge.createVault();
  bridge.answers.push(other);
  await bridge.get('vault:choose-new', {});
  expect(await bridge.get('app:status', {})).toMatchObject({ vaultName: 'other', otherVaults: 1 });
  await bridge.get('vault:create', { password: bytesOf(password) });
  const { rows } = await bridge.get('vault:recent', {});
  expect(rows.map(({ name, isChosen, isThere }) => [name, isChosen, isThere])).toEqual([
    ['other', true, true],
    ['test', false, true],
  ]);
  await bridge.get('vault:choose-recent', { id: rows[1]!.id });
  expect(await bridge.get('app:status', {})).toMatchObject({ state: 'locked', vaultName: 'test', otherVaults: 1 });
  rmSync(other);
  expect((await bridge.get('vault:recent', {})).rows[0]).toMatchObject({ name: 'other', isThere: false });
  await bridge.get('vault:forget-recent', { id: rows[0]!.id });
  expect(await bridge.get('app:status', {})).toMatchObject({ otherVaults: 0 });
  expect(await bridge.call('vault:choose-recent', { id: rows[0]!.id })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
  await bridge.get('vault:put-recent-back', { id: rows[0]!.id });
  expect((await bridge.get('vault:recent', {})).rows.map(({ name }) => name)).toEqual(['other', 'test']);
});

test('a path is no id', async () => {
  for (const id of ['/etc/passwd', -1, 1.5, null]) {
    expect(await bridge.callRaw('vault:choose-recent', { id })).toMatchObject({ error: { code: 'bad-request' } });
  }
});

test('settings of this computer are kept, with every notification that there is', async () => {
  const settings = {
    startsAtLogin: true,
    startsHidden: true,
    whenLastWindowCloses: 'stay',
    notifications: notificationKinds,
  } as const;
  await bridge.get('computer:change', settings);
  expect(await bridge.get('computer:settings', {})).toEqual({ ...settings, canStay: false });
  const unknown = { ...settings, notifications: ['record-shown'] };
  expect(await bridge.callRaw('computer:change', unknown)).toMatchObject({ error: { code: 'bad-request' } });
});

test('versions are copied one a line', async () => {
  await bridge.get('about:copy-versions', {});
  expect(bridge.copied).toEqual(['Coffer 0\nElectron 0\nChromium 0\nNode 0\nSQLite 0']);
});
