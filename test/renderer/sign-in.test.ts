import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LiveCode } from '../../renderer/state/live-code.svelte';
import { MfaDevices } from '../../renderer/state/mfa-devices.svelte';
import { PasswordRecipe } from '../../renderer/state/password-recipe.svelte';
import { TestBridge, refuse } from './bridge';
import { sampleDetail } from './samples';

const { id } = sampleDetail(1);
const phone = { id: 'ab'.repeat(8), type: 'virtual', name: 'phone', issuer: '', label: '', mfaSerial: '' } as const;
const nothing = () => ({});

describe('adding an MFA device', () => {
  test('sends a typed secret as bytes, which are wiped, and empties the form', async () => {
    const seen: string[] = [];
    const bridge = new TestBridge({
      'sign-in:devices': () => [phone],
      'sign-in:add-virtual': ({ text }) => {
        seen.push(new TextDecoder().decode(text ?? new Uint8Array()));
        return sampleDetail(1);
      },
    });
    const devices = new MfaDevices(bridge.api, id);
    devices.isAdding = true;
    devices.text = 'JBSWY3DPEHPK3PXP';
    devices.name = 'phone';
    expect((await devices.add())?.id).toBe(id);
    expect(seen).toEqual(['JBSWY3DPEHPK3PXP']);
    const sent = bridge.requestsOf('sign-in:add-virtual')[0]?.['text'];
    expect(sent instanceof Uint8Array && sent.every((byte) => byte === 0)).toBe(true);
    expect([devices.text, devices.name, devices.isAdding, devices.failure]).toEqual(['', '', false, null]);
    expect(devices.devices).toEqual([phone]);
  });

  test('never takes the secret of a picture that another form read', async () => {
    const bridge = new TestBridge({ 'sign-in:add-virtual': () => sampleDetail(1) });
    const devices = new MfaDevices(bridge.api, id);
    devices.source = 'file';
    devices.name = 'phone';
    expect(await devices.add()).toBeNull();
    expect(devices.failure).toBe('Read the picture of a QR code first.');
    expect(bridge.sent).toEqual([]);
  });

  test('takes name and secret of a picture, and forgets the secret of one that is not used', async () => {
    const bridge = new TestBridge({
      'sign-in:pick-picture': () => ({ issuer: 'AWS', label: 'acme: ann b' }),
      'sign-in:forget-picture': nothing,
      'sign-in:add-virtual': () => sampleDetail(1),
      'sign-in:devices': () => [phone],
    });
    const devices = new MfaDevices(bridge.api, id);
    devices.source = 'file';
    await devices.readPicture('file');
    expect(devices.name).toBe('ann-b');
    devices.close();
    expect(bridge.requestsOf('sign-in:forget-picture')).toHaveLength(1);
    await devices.readPicture('file');
    await devices.add();
    expect(bridge.requestsOf('sign-in:add-virtual')).toEqual([{ id, name: 'ann-b', text: null }]);
    expect(bridge.requestsOf('sign-in:forget-picture')).toHaveLength(1);
  });

  test('says what is wrong, and keeps what was typed', async () => {
    const bridge = new TestBridge({
      'sign-in:paste-picture': () => refuse('bad-request', 'clipboard: expected a picture on it'),
      'sign-in:add-hardware': () => refuse('bad-request', 'Serial number: expected 9 to 256 characters'),
    });
    const devices = new MfaDevices(bridge.api, id);
    await devices.readPicture('clipboard');
    expect(devices.failure).toContain('expected a picture');
    devices.type = 'hardware';
    devices.serial = '12';
    expect(await devices.add()).toBeNull();
    expect(devices.failure).toContain('9 to 256');
    expect(devices.serial).toBe('12');
  });

  test('a device is taken away at once, and comes back unless the sign-in was changed since', async () => {
    let now = sampleDetail(1, { updatedAtMs: 5 });
    const bridge = new TestBridge({
      'sign-in:remove-device': () => now,
      'sign-in:devices': () => [],
      'record:get': () => now,
      'record:restore-version': () => sampleDetail(1, { updatedAtMs: 6 }),
    });
    const devices = new MfaDevices(bridge.api, id);
    const removed = await devices.remove(phone.id);
    expect(devices.devices).toEqual([]);
    expect(await devices.undoRemoval(removed!)).toMatchObject({ ok: true, value: { updatedAtMs: 6 } });
    expect(bridge.requestsOf('record:restore-version')).toEqual([{ id, version: 0 }]);
    now = sampleDetail(1, { updatedAtMs: 7 });
    expect(await devices.undoRemoval(removed!)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(bridge.requestsOf('record:restore-version')).toHaveLength(1);
  });
});

describe('a live code', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is asked for anew when it ends, counts down, and goes when it is no longer shown', async () => {
    const codes = ['123456', '654321'];
    const bridge = new TestBridge({
      'sign-in:code': () => ({ code: codes.shift() ?? '', nowMs: 20_000, untilMs: 30_000, periodSeconds: 30 }),
    });
    const live = new LiveCode(bridge.api, id, phone.id);
    const stop = live.start();
    await vi.advanceTimersByTimeAsync(1);
    expect([live.text, live.secondsLeft]).toEqual(['123 456', 10]);
    await vi.advanceTimersByTimeAsync(4000);
    expect(live.secondsLeft).toBe(6);
    await vi.advanceTimersByTimeAsync(6500);
    expect(live.text).toBe('654 321');
    stop();
    expect(live.text).toBe('');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(bridge.sent).toHaveLength(2);
  });

  test('that arrives after it was hidden is not shown', async () => {
    const bridge = new TestBridge({
      'sign-in:code': async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return { code: '123456', nowMs: 0, untilMs: 30_000, periodSeconds: 30 };
      },
    });
    const live = new LiveCode(bridge.api, id, phone.id);
    live.start()();
    await vi.advanceTimersByTimeAsync(500);
    expect(live.text).toBe('');
  });

  test('that cannot be had is tried again a second later', async () => {
    const bridge = new TestBridge({ 'sign-in:code': () => refuse('not-found', 'MFA device: there is none') });
    const live = new LiveCode(bridge.api, id, phone.id);
    const stop = live.start();
    await vi.advanceTimersByTimeAsync(100);
    expect([live.text, live.failure]).toEqual(['', expect.stringContaining('MFA device')]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(bridge.sent.length).toBeLessThanOrEqual(4);
    stop();
  });
});

describe('a password recipe', () => {
  test('asks for what was chosen, gives the text, and wipes the bytes', async () => {
    const bridge = new TestBridge({
      'password:generate': () => ({ password: new TextEncoder().encode('abcDEF12'), entropyBits: 47.6 }),
    });
    const recipe = new PasswordRecipe(bridge.api);
    recipe.classes.symbols = false;
    recipe.length = 8;
    expect(await recipe.make()).toBe('abcDEF12');
    expect(recipe.entropyBits).toBe(47);
    recipe.style = 'words';
    recipe.separator = '.';
    await recipe.make();
    expect(bridge.requestsOf('password:generate')).toEqual([
      { style: 'characters', length: 8, classes: ['upper', 'lower', 'digits'], isWithoutLookAlikes: false },
      { style: 'words', count: 6, separator: '.', isCapitalised: true, hasDigit: true },
    ]);
  });

  test('says where AWS would miss something, and asks for nothing without any characters', async () => {
    const bridge = new TestBridge({});
    const recipe = new PasswordRecipe(bridge.api);
    expect(recipe.remark).toBeNull();
    recipe.classes = { upper: false, lower: true, digits: true, symbols: false };
    expect(recipe.remark).toContain('three');
    recipe.style = 'words';
    expect(recipe.remark).toBeNull();
    [recipe.isCapitalised, recipe.separator] = [false, '.'];
    expect(recipe.remark).toContain('three');
    recipe.style = 'characters';
    recipe.classes = { upper: false, lower: false, digits: false, symbols: false };
    expect(await recipe.make()).toBeNull();
    expect(recipe.failure).toBe('Choose at least one kind of characters.');
    expect(bridge.sent).toEqual([]);
  });
});
