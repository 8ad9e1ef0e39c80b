import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RevealedSecret } from '../../renderer/state/revealed-secret.svelte';
import { TestBridge, later, refuse } from './bridge';
import { idOf } from './samples';

const encode = (text: string) => new TextEncoder().encode(text);
const request = { id: idOf(1), field: 'privateKey' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('revealed secret', () => {
  test('is shown as text, counts down, and hides by itself', async () => {
    const bridge = new TestBridge({ 'record:reveal': () => ({ value: encode('PRIVÄT'), hideAfterSeconds: 30 }) });
    const secret = new RevealedSecret(() => bridge.api.record.reveal(request));
    await secret.show();
    expect([secret.text, secret.secondsLeft]).toEqual(['PRIVÄT', 30]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect([secret.text, secret.secondsLeft]).toEqual(['PRIVÄT', 10]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([secret.text, secret.secondsLeft]).toEqual([null, 0]);
  });

  test('its bytes are wiped once shown', async () => {
    const value = encode('secret');
    const secret = new RevealedSecret(() => Promise.resolve({ ok: true, value: { value, hideAfterSeconds: 5 } }));
    await secret.show();
    expect(secret.text).toBe('secret');
    expect([...value]).toEqual([0, 0, 0, 0, 0, 0]);
    secret.hide();
  });

  test('hidden while the answer is on its way, it is never shown and its bytes are wiped', async () => {
    const value = encode('secret');
    const answer = later<{ ok: true; value: { value: Uint8Array; hideAfterSeconds: number } }>();
    const secret = new RevealedSecret(() => answer.promise);
    const shown = secret.show();
    expect(secret.isBusy).toBe(true);
    secret.hide();
    answer.settle({ ok: true, value: { value, hideAfterSeconds: 5 } });
    await shown;
    expect([secret.text, secret.isBusy]).toEqual([null, false]);
    expect(value.every((byte) => byte === 0)).toBe(true);
  });

  test('hides at once when told to, and shows again for the whole time', async () => {
    const bridge = new TestBridge({ 'record:reveal': () => ({ value: encode('again'), hideAfterSeconds: 10 }) });
    const secret = new RevealedSecret(() => bridge.api.record.reveal(request));
    await secret.show();
    await vi.advanceTimersByTimeAsync(8000);
    secret.hide();
    expect(secret.text).toBeNull();
    await secret.show();
    await vi.advanceTimersByTimeAsync(8000);
    expect(secret.text).toBe('again');
    await vi.advanceTimersByTimeAsync(2000);
    expect(secret.text).toBeNull();
  });

  test('a refusal is said', async () => {
    const bridge = new TestBridge({ 'record:reveal': () => refuse('vault-locked', 'vault: unlock it first') });
    const secret = new RevealedSecret(() => bridge.api.record.reveal(request));
    await secret.show();
    expect([secret.text, secret.failure, secret.isBusy]).toEqual([null, 'Vault: unlock it first.', false]);
  });
});
