import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAccelerator } from '../../main/ipc/accelerator';
import { labels, setUpBridge } from '../support/bridge';

describe('keys for a shortcut', () => {
  test.each([
    ['ctrl + shift+ k', 'Control+Shift+K'],
    ['CmdOrCtrl+space', 'CommandOrControl+Space'],
    ['Alt+f12', 'Alt+F12'],
    ['super+pageup', 'Super+PageUp'],
    ['ctrl+ctrl+1', 'Control+1'],
    [' ', ''],
  ])('%j are %j', (typed, keys) => {
    expect(readAccelerator(typed)).toBe(keys);
  });

  test.each(['k', 'Shift+K', 'Ctrl+', 'Ctrl', '+', 'Ctrl+KK', 'Hyper+K', 'Ctrl+F13', 'constructor+K', 'Ctrl+é'])(
    '%j are refused',
    (typed) => {
      expect(() => readAccelerator(typed)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    },
  );
});

describe('quick access over the bridge', () => {
  let bridge: ReturnType<typeof setUpBridge>;
  beforeEach(async () => {
    bridge = setUpBridge();
    await bridge.createVault();
  });
  afterEach(() => bridge.remove());

  test('finds without secrets, copies and closes its window once that was answered', async () => {
    const { id, values } = await bridge.get('key-pair:generate', labels());
    const found = await bridge.get('quick:search', { query: 'web' });
    expect(found).toMatchObject([{ id, title: 'Web server', kindLabel: 'EC2 key pair' }]);
    expect(found[0]?.actions[0]).toEqual({ name: 'publicKey', label: 'public key', isSecret: false });
    const copying = bridge.get('quick:copy', { id, action: 'publicKey' });
    expect(bridge.outside).toEqual([]);
    await copying;
    await nextTurn();
    expect([bridge.copied, bridge.outside]).toEqual([[values['publicKey']], ['close']]);
  });

  test('answers its own window alone, and of a locked vault nothing', async () => {
    const { id } = await bridge.get('key-pair:generate', labels());
    for (const [channel, request] of [
      ['quick:search', { query: '' }],
      ['quick:copy', { id, action: 'publicKey' }],
      ['quick:close', {}],
    ] as const) {
      expect(await bridge.callRaw(channel, request, bridge.eventsOf.main)).toMatchObject({
        error: { code: 'refused' },
      });
    }
    await bridge.get('vault:lock', {});
    for (const [channel, request] of [
      ['quick:search', { query: '' }],
      ['quick:copy', { id, action: 'publicKey' }],
    ] as const) {
      expect(await bridge.callRaw(channel, request)).toMatchObject({ error: { code: 'vault-locked' } });
    }
    expect(bridge.copied).toEqual([]);
  });

  test('takes other keys, as they were read, and keeps them', async () => {
    expect(await bridge.get('shortcut:set', { keys: 'alt+q' })).toEqual({ keys: 'Alt+Q', state: 'ready' });
    expect(await bridge.call('shortcut:set', { keys: 'q' })).toMatchObject({ error: { code: 'bad-request' } });
    expect(await bridge.get('shortcut:status', {})).toEqual({ keys: 'Alt+Q', state: 'ready' });
    expect(bridge.outside).toEqual(['keys Alt+Q']);
  });

  test('the missing tray is told of until it was told, and the wish for it is kept', async () => {
    expect(await bridge.get('tray:status', {})).toEqual({ isWanted: true, state: 'missing', isNoticeDue: true });
    await bridge.get('tray:told', {});
    expect(await bridge.get('tray:status', {})).toMatchObject({ isNoticeDue: false });
    expect(await bridge.get('tray:set', { isWanted: false })).toMatchObject({ isWanted: false });
    expect(bridge.outside).toEqual(['tray false']);
  });
});
