import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withPasswordBytes } from '../../renderer/state/answer';
import { NewPassword, assessDelayMs } from '../../renderer/state/new-password.svelte';
import { TestBridge, later, refuse } from './bridge';
import { isWiped, text } from './samples';

const strong = { score: 4, isLongEnough: true, crackTime: 'centuries', warning: '', suggestions: [] };
const short = { ...strong, score: 1, isLongEnough: false, crackTime: 'minutes' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('password bytes', () => {
  test('hold UTF-8 while they are lent and zeros after', async () => {
    let lent = new Uint8Array();
    const seen = await withPasswordBytes('pässword', (bytes) => {
      lent = bytes as Uint8Array<ArrayBuffer>;
      return Promise.resolve(text(bytes));
    });
    expect(seen).toBe('pässword');
    expect(isWiped(lent)).toBe(true);
  });

  test('are wiped when the call fails, too', async () => {
    let lent = new Uint8Array();
    const failing = withPasswordBytes('secret', (bytes) => {
      lent = bytes as Uint8Array<ArrayBuffer>;
      return Promise.reject(new Error('broken'));
    });
    await expect(failing).rejects.toThrow('broken');
    expect(isWiped(lent)).toBe(true);
  });
});

describe('new password', () => {
  test('its strength is asked for once typing pauses, and the bytes are wiped', async () => {
    const bridge = new TestBridge({ 'password:assess': () => strong });
    const form = new NewPassword(bridge.api);
    for (const typed of ['c', 'co', 'cor']) form.type(typed);
    await vi.advanceTimersByTimeAsync(assessDelayMs - 1);
    expect(bridge.sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(bridge.sent).toHaveLength(1);
    expect(form.strength).toEqual(strong);
    expect(isWiped(bridge.requestsOf('password:assess')[0]?.['password'])).toBe(true);
  });

  test('the strength of what was typed before is not shown', async () => {
    const slow = later<typeof short>();
    let calls = 0;
    const bridge = new TestBridge({ 'password:assess': () => (++calls === 1 ? slow.promise : strong) });
    const form = new NewPassword(bridge.api);
    form.type('short');
    await vi.advanceTimersByTimeAsync(assessDelayMs);
    form.type('correct horse battery');
    await vi.advanceTimersByTimeAsync(assessDelayMs);
    slow.settle(short);
    await vi.advanceTimersByTimeAsync(0);
    expect(form.strength).toEqual(strong);
  });

  test('creates the vault only if it is long enough and typed twice alike', async () => {
    const bridge = new TestBridge({
      'password:assess': ({ password }) => (password.length < 12 ? short : strong),
      'vault:create': () => ({}),
    });
    const form = new NewPassword(bridge.api);
    expect(await form.submit()).toBe(false);
    expect(form.failure).toContain('12 characters');
    form.type('short');
    form.repeat = 'short';
    expect(await form.submit()).toBe(false);
    expect(form.failure).toContain('12 characters');
    form.type('correct horse battery');
    form.repeat = 'correct horse batterz';
    expect(await form.submit()).toBe(false);
    expect(form.failure).toBe('The two passwords differ.');
    expect(bridge.requestsOf('vault:create')).toHaveLength(0);
    form.repeat = 'correct horse battery';
    expect(await form.submit()).toBe(true);
    expect([form.password, form.repeat, form.strength]).toEqual(['', '', null]);
    expect(isWiped(bridge.requestsOf('vault:create')[0]?.['password'])).toBe(true);
  });

  test('can be given up while the vault is made; what was typed stays', async () => {
    const answer = later<ReturnType<typeof refuse>>();
    const bridge = new TestBridge({
      'password:assess': () => strong,
      'vault:create': () => answer.promise,
      'vault:cancel': () => {
        answer.settle(refuse('cancelled', 'it was cancelled'));
        return {};
      },
    });
    const form = new NewPassword(bridge.api);
    form.type('correct horse battery');
    form.repeat = 'correct horse battery';
    const making = form.submit();
    await vi.advanceTimersByTimeAsync(0);
    await form.cancel();
    expect(await making).toBe(false);
    expect([form.isBusy, form.isCancelled, form.failure]).toEqual([false, true, null]);
    expect([form.password, form.repeat]).toEqual(['correct horse battery', 'correct horse battery']);
    expect(isWiped(bridge.requestsOf('vault:create')[0]?.['password'])).toBe(true);
  });

  test('given up while its strength is asked for, the vault is not made', async () => {
    const bridge = new TestBridge({ 'password:assess': () => strong, 'vault:cancel': () => ({}) });
    const form = new NewPassword(bridge.api);
    form.type('correct horse battery');
    form.repeat = 'correct horse battery';
    const making = form.submit();
    await form.cancel();
    expect([await making, form.isCancelled, form.isBusy]).toEqual([false, true, false]);
    expect(bridge.requestsOf('vault:create')).toHaveLength(0);
  });

  test('a refusal by the main process is shown', async () => {
    const bridge = new TestBridge({
      'password:assess': () => strong,
      'vault:create': () => refuse('disk-full', 'vault: the disk is full'),
    });
    const form = new NewPassword(bridge.api);
    form.type('correct horse battery');
    form.repeat = 'correct horse battery';
    expect(await form.submit()).toBe(false);
    expect(form.failure).toBe('Vault: the disk is full.');
    expect(form.isBusy).toBe(false);
  });
});
