import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IpcMainInvokeEvent } from 'electron';
import { requests } from '../../preload/contract';
import { setUpBridge } from '../support/bridge';
import { bytesOf } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(() => (bridge = setUpBridge()));
afterEach(() => bridge.remove());

const id = 'ab'.repeat(16);

describe('the bridge', () => {
  test('answers exactly the channels of the contract', () => {
    expect([...bridge.channels.keys()].sort()).toEqual(Object.keys(requests).sort());
  });

  test.each(Object.keys(requests))('%s: refuses a caller that is not a window of the app', async (channel) => {
    const foreign = {} as IpcMainInvokeEvent;
    expect(await bridge.callRaw(channel, {}, foreign)).toMatchObject({ ok: false, error: { code: 'refused' } });
  });

  test.each(Object.entries(requests))('%s: refuses the other windows of the app', async (channel, { windows }) => {
    for (const [name, event] of Object.entries(bridge.eventsOf)) {
      if ((windows as readonly string[]).includes(name)) continue;
      expect(await bridge.callRaw(channel, {}, event)).toMatchObject({ ok: false, error: { code: 'refused' } });
    }
  });

  test.each(Object.entries(requests).filter(([, { needs }]) => needs !== 'nothing'))(
    '%s: is refused while the vault is locked',
    async (channel) => {
      expect(await bridge.callRaw(channel, {})).toMatchObject({ ok: false, error: { code: 'vault-locked' } });
    },
  );

  test.each(Object.keys(requests))('%s: answers misfit requests with an error that names no value', async (channel) => {
    await bridge.createVault();
    for (const misfit of [null, 'canary-7731', 42, ['canary-7731'], { 'canary-7731': 'canary-7731' }]) {
      const reply = await bridge.callRaw(channel, misfit);
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      expect(JSON.stringify(reply)).not.toContain('canary-7731');
    }
    expect(bridge.log).toEqual([]);
  });

  test('wipes the bytes of a request, also of one that fails', async () => {
    bridge.session.choose(bridge.file, true);
    const password = bytesOf('too short');
    const reply = await bridge.callRawUncloned('vault:create', { password });
    expect(reply).toMatchObject({ ok: false, error: { code: 'weak-password' } });
    expect([...password].every((byte) => byte === 0)).toBe(true);
  });

  test('wipes the bytes of a request that is refused or comes too early', async () => {
    for (const event of [undefined, {} as IpcMainInvokeEvent]) {
      const passphrase = bytesOf('secret passphrase');
      const reply = await bridge.callRawUncloned('export:run', { passphrase }, event);
      expect(reply).toMatchObject({ ok: false });
      expect([...passphrase].every((byte) => byte === 0)).toBe(true);
    }
  });

  test('says nothing of an inner error, and logs where it was but not what it said', async () => {
    bridge.session.choose(bridge.file, true);
    bridge.breakStrength(new Error('canary-7731'));
    const reply = await bridge.callRaw('password:assess', { password: bytesOf('x') });
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify([reply, bridge.log])).not.toContain('canary-7731');
    expect(bridge.log[0]).toMatch(/^password:assess: Error\n/);
  });

  test('refuses unknown records by every channel that takes an id', async () => {
    await bridge.createVault();
    for (const channel of [
      'record:get',
      'record:trash',
      'record:restore',
      'record:purge',
      'export:delete-file',
      'export:forget',
    ] as const) {
      expect(await bridge.call(channel, { id })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    }
    expect(await bridge.call('record:reveal', { id, field: 'privateKey' })).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});
