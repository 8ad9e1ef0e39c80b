import { describe, expect, test } from 'vitest';
import { QuickAccess } from '../../main/desktop/quick-access';
import { FakeWindow } from './fake-window';

function setUp() {
  const state = { isUnlocked: false, nowMs: 0, appOpened: 0, taken: new Map<string, () => void>() };
  const window = new FakeWindow();
  const others = ['Control+X'];
  const quick = new QuickAccess({
    window,
    openApp: () => state.appOpened++,
    isUnlocked: () => state.isUnlocked,
    takeKeys: (keys, press) => !others.includes(keys) && state.taken.set(keys, press) === state.taken,
    giveKeysBack: (keys) => state.taken.delete(keys),
    nowMs: () => state.nowMs,
  });
  return { state, window, quick };
}

describe('quick access', () => {
  test('opens its window by the keys, and closes it by the same', () => {
    const { state, window, quick } = setUp();
    state.isUnlocked = true;
    quick.useKeys('Control+K');
    state.taken.get('Control+K')?.();
    expect([window.isOpen, state.appOpened]).toEqual([true, 0]);
    state.taken.get('Control+K')?.();
    expect(window.isOpen).toBe(false);
  });

  test('asks for unlocking first, and opens after it', () => {
    const { state, window, quick } = setUp();
    quick.press();
    expect([window.isOpen, state.appOpened]).toEqual([false, 1]);
    quick.unlocked(); // by the recovery code: nothing is to be had of the vault yet
    expect(window.isOpen).toBe(false);
    state.isUnlocked = true;
    quick.unlocked();
    expect(window.isOpen).toBe(true);
    quick.close();
    quick.unlocked();
    expect([window.isOpen, window.opened]).toEqual([false, 1]);
  });

  test('forgets that it was asked for after two minutes', () => {
    const { state, window, quick } = setUp();
    quick.press();
    state.nowMs = 120_001;
    state.isUnlocked = true;
    quick.unlocked();
    expect(window.isOpen).toBe(false);
  });

  test('gives keys back for others, and tells those that it can’t have', () => {
    const { state, quick } = setUp();
    expect(quick.shortcut).toBe('off');
    quick.useKeys('Control+K');
    quick.useKeys('Control+L');
    expect([quick.shortcut, [...state.taken.keys()]]).toEqual(['ready', ['Control+L']]);
    quick.useKeys('Control+X');
    expect([quick.shortcut, state.taken.size]).toEqual(['taken', 0]);
    quick.useKeys('');
    expect(quick.shortcut).toBe('off');
  });
});
