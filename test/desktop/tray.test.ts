import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { menuText } from '../../main/desktop/menu-text';
import { AppTray } from '../../main/desktop/tray';
import { copyFromTray } from '../../main/desktop/tray-copy';
import { type TrayModel, type TrayRecord, trayMenu } from '../../main/desktop/tray-menu';

const locked: TrayModel = { isUnlocked: false };
const record = (title: string): TrayRecord => ({
  id: title,
  title,
  actions: [
    { name: 'accessKeyId', label: 'access key ID' },
    { name: 'secretAccessKey', label: 'secret access key' },
  ],
});
const open = (...titles: string[]): TrayModel => ({
  isUnlocked: true,
  favourites: titles.map(record),
  recent: [],
});

describe('the menu', () => {
  function setUp() {
    const done: string[] = [];
    const act = {
      copy: (id: string, action: string) => done.push(`copy ${action} of ${id}`),
      open: () => done.push('open'),
      lock: () => done.push('lock'),
      quit: () => done.push('quit'),
    };
    const labelsOf = (model: TrayModel) => trayMenu(model, act).flatMap(({ label }) => label ?? []);
    return { done, act, labelsOf };
  }

  test('of a locked vault has Unlock and Quit alone', () => {
    const { done, act, labelsOf } = setUp();
    expect(labelsOf(locked)).toEqual(['Unlock…', 'Quit']);
    for (const { click } of trayMenu(locked, act)) (click as (() => void) | undefined)?.();
    expect(done).toEqual(['open', 'quit']);
  });

  test('of an open vault has favourites, what was used last, Open, Lock and Quit', () => {
    const { done, act, labelsOf } = setUp();
    const model: TrayModel = {
      isUnlocked: true,
      favourites: [record('Acme')],
      recent: [record('Web'), record('Acme')],
    };
    expect(labelsOf(model)).toEqual(['Favourites', 'Acme', 'Used last', 'Web', 'Acme', 'Open Coffer', 'Lock', 'Quit']);
    const [, acme] = trayMenu(model, act);
    const submenu = acme?.submenu as { label: string; click: () => void }[];
    expect(submenu.map(({ label }) => label)).toEqual(['Copy access key ID', 'Copy secret access key']);
    submenu[1]?.click();
    expect(done).toEqual(['copy secretAccessKey of Acme']);
  });

  test('of an empty vault has no headings', () => {
    expect(setUp().labelsOf(open())).toEqual(['Open Coffer', 'Lock', 'Quit']);
  });
});

describe('titles in the menu', () => {
  test.each([
    ['R&D a_b', 'R&&D a_b'],
    ['a\u202eb\u2066c\u200fd', 'a\ufffdb\ufffdc\ufffdd'],
    ['one\ttwo\nthree\u2028four\0', 'one\ufffdtwo\ufffdthree\ufffdfour\ufffd'],
    ['  ', 'Untitled'],
    ['half \ud83d', 'half \ufffd'],
    ['x'.repeat(40), 'x'.repeat(40)],
    [`${'a'.repeat(60)}${'b'.repeat(14)}`, `${'a'.repeat(25)}…${'b'.repeat(14)}`],
    ['👩‍👧'.repeat(41), `${'👩‍👧'.repeat(25)}…${'👩‍👧'.repeat(14)}`],
  ])('%j is shown as %j', (title, shown) => {
    expect(menuText(title)).toBe(shown);
  });
});

describe('the tray', () => {
  function setUp() {
    const state = {
      model: locked,
      changes: 0,
      watches: 0,
      shown: [] as TrayModel[],
      icons: 0,
      made: 0,
      tips: [] as string[],
      leftMs: 0,
    };
    let tell: (isThere: boolean) => void = () => undefined;
    const tray = new AppTray({
      watchHost: (listener) => {
        state.watches++;
        tell = listener;
        return () => state.watches--;
      },
      makeIcon: () => {
        state.icons++;
        state.made++;
        return {
          show: (model) => state.shown.push(model),
          showTip: (text) => state.tips.push(text),
          destroy: () => state.icons--,
        };
      },
      model: () => state.model,
      secretLeftMs: () => state.leftMs,
      onChanged: () => state.changes++,
    });
    return { state, tray, tell: (isThere: boolean) => tell(isThere) };
  }

  test('is there once it is known that something shows it', () => {
    const { state, tray, tell } = setUp();
    tray.want(true);
    expect([tray.state, state.icons]).toEqual(['looking', 0]);
    tell(true);
    expect([tray.state, tray.isShown, state.icons, state.shown]).toEqual(['shown', true, 1, [locked]]);
  });

  test('says that it is missing, and comes with a panel that comes later or starts again', () => {
    const { state, tray, tell } = setUp();
    tray.want(true);
    tell(false);
    expect([tray.state, tray.isShown, state.icons, state.changes]).toEqual(['missing', false, 0, 2]);
    tell(true);
    tell(true);
    expect([tray.state, state.icons, state.made]).toEqual(['shown', 1, 2]);
    tell(false);
    expect([tray.state, state.icons]).toEqual(['missing', 0]);
  });

  test('goes when it is not wanted, and watches nothing then', () => {
    const { state, tray, tell } = setUp();
    tray.want(true);
    tell(true);
    tray.want(false);
    expect([tray.state, state.icons, state.watches]).toEqual(['off', 0, 0]);
    tray.refreshNow();
    tray.want(true);
    expect([tray.state, state.watches]).toEqual(['looking', 1]);
  });

  test('shows many changes of a turn once, locking at once, and nothing that did not change', async () => {
    const { state, tray, tell } = setUp();
    tray.want(true);
    tell(true);
    state.model = open('A');
    tray.refresh();
    state.model = open('A', 'B');
    tray.refresh();
    await nextTurn();
    await nextTurn();
    expect(state.shown).toEqual([locked, open('A', 'B')]);
    tray.refresh();
    state.model = locked;
    tray.refreshNow();
    expect(state.shown.at(-1)).toEqual(locked);
    await nextTurn();
    state.model = { isUnlocked: false };
    tray.refreshNow();
    expect(state.shown).toHaveLength(3);
  });

  test('counts down while a copied secret stays, and then no more', () => {
    vi.useFakeTimers();
    try {
      const { state, tray, tell } = setUp();
      tray.want(true);
      tell(true);
      state.model = open('A');
      tray.refreshNow();
      state.leftMs = 2400;
      tray.refreshNow();
      for (const leftMs of [1400, 400, 0]) {
        state.leftMs = leftMs;
        vi.advanceTimersByTime(1000);
      }
      const counted = [3, 2, 1].map((seconds) => `Coffer: the clipboard is cleared in ${seconds} s`);
      expect(state.tips).toEqual(['Coffer: locked', 'Coffer: unlocked', ...counted, 'Coffer: unlocked']);
      expect(vi.getTimerCount()).toBe(0);
      state.leftMs = 5000;
      tray.refreshNow();
      tray.want(false);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('says what went wrong for some seconds in place of its line, and then what it said before', () => {
    vi.useFakeTimers();
    try {
      const { state, tray, tell } = setUp();
      tray.warn('Not there yet.');
      tray.want(true);
      vi.advanceTimersByTime(15_000);
      tell(true);
      tray.warn('Nothing was copied.');
      vi.advanceTimersByTime(10_000);
      tray.warn('Nothing was copied again.');
      vi.advanceTimersByTime(14_000);
      tray.refreshNow();
      expect(state.tips).toEqual(['Coffer: locked', 'Nothing was copied.', 'Nothing was copied again.']);
      vi.advanceTimersByTime(1000);
      expect(state.tips.at(-1)).toBe('Coffer: locked');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a copy from the menu', () => {
  async function copied({ fails, isNotified }: { fails: boolean; isNotified: boolean }) {
    const told: string[] = [];
    const deps = {
      copy: (id: string, action: string) => {
        told.push(`copy ${action} of ${id}`);
        return fails ? Promise.reject(new Error('s3cret of Acme')) : Promise.resolve();
      },
      notify: (kind: string) => {
        if (isNotified) told.push(`notify ${kind}`);
        return isNotified;
      },
      logNotCopied: () => told.push('log'),
    };
    const tray = { warn: (text: string) => told.push(`warn ${text}`) };
    await copyFromTray(deps, tray, { id: 'Acme', action: 'password' });
    return told.slice(1);
  }

  test('that works says nothing', async () => {
    expect(await copied({ fails: false, isNotified: true })).toEqual([]);
  });

  test('that fails is told by a notification, otherwise by the icon, and names nothing', async () => {
    expect(await copied({ fails: true, isNotified: true })).toEqual(['log', 'notify copy-failed']);
    const warning = 'warn Nothing was copied from the tray. Open Coffer and copy it there.';
    expect(await copied({ fails: true, isNotified: false })).toEqual(['log', warning]);
  });
});
