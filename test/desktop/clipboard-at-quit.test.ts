import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { forgetAtQuit } from '../../main/desktop/clipboard/forget-at-quit';
import { longestForgettingMs } from '../../main/desktop/clipboard/forgetting-clipboard';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('quitting', () => {
  function setUp(forget: () => Promise<void>, isHolding = true) {
    let listener: (event: { preventDefault: () => void }) => void = () => undefined;
    const app = { on: (_: string, added: typeof listener) => void (listener = added), quit: vi.fn<() => void>() };
    forgetAtQuit(app as never, { isHolding, forget });
    const preventDefault = vi.fn<() => void>();
    return { app, preventDefault, quit: () => listener({ preventDefault }) };
  }

  test('waits until the secret is gone, then goes on', async () => {
    let settle: () => void = () => undefined;
    const { app, preventDefault, quit } = setUp(() => new Promise<void>((resolve) => (settle = resolve)));
    quit();
    await vi.advanceTimersByTimeAsync(10);
    expect([preventDefault.mock.calls.length, app.quit.mock.calls.length]).toEqual([1, 0]);
    settle();
    await vi.advanceTimersByTimeAsync(0);
    expect(app.quit).toHaveBeenCalledOnce();
    quit();
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test('waits for a clipboard without an answer as long as it is tried, and not at all without a secret', async () => {
    const { app, quit } = setUp(() => new Promise(() => undefined));
    quit();
    await vi.advanceTimersByTimeAsync(longestForgettingMs - 1);
    expect(app.quit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(app.quit).toHaveBeenCalledOnce();
    const empty = setUp(() => Promise.resolve(), false);
    empty.quit();
    expect(empty.preventDefault).not.toHaveBeenCalled();
  });
});
