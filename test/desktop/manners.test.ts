import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Manners, type MannersDeps } from '../../main/desktop/manners';
import type { MenuSource } from '../../main/desktop/menu-template';
import { OtherStarts } from '../../main/desktop/other-starts';
import { AppTray } from '../../main/desktop/tray';
import { CofferError } from '../../main/errors';
import { type Preferences, PreferencesFile } from '../../main/files/preferences';
import { temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

interface Situation {
  readonly isTrayShown?: boolean;
  /** In place of the one that is shown or not. */
  readonly tray?: AppTray;
  readonly isUnlocked?: boolean;
  readonly hasWindow?: boolean;
  readonly platform?: NodeJS.Platform;
}

function setUp({ isTrayShown = false, tray, isUnlocked = true, hasWindow = true, platform = 'linux' }: Situation = {}) {
  const done: string[] = [];
  const note = (step: string) => () => void done.push(step);
  const app = new EventEmitter();
  const menus: MenuSource[] = [];
  let write = () => Promise.resolve();
  let refusal: Error | null = null;
  let startsAtLogin = false;
  const preferences = new PreferencesFile(place.folder, () => write());
  const deps: MannersDeps = {
    app: Object.assign(app, { quit: note('quit') }) as unknown as App,
    platform,
    window: {
      open: note('open window'),
      openMinimised: note('open minimised'),
      native: hasWindow ? {} : null,
      send: (event) => done.push(event),
      sendOnceLoaded: (event) => done.push(`once loaded ${event}`),
      setZoomFactor: (factor) => done.push(`zoom ${factor}`),
    },
    showMenu: (source) => menus.push(source),
    preferences,
    starts: new OtherStarts(app as unknown as App),
    tray: tray ?? { isShown: isTrayShown, whenKnown: (tell) => tell() },
    autostart: {
      isOn: () => startsAtLogin,
      set: (isOn, isHidden) => {
        startsAtLogin = isOn;
        done.push(`autostart ${isOn}${isHidden ? ' hidden' : ''}`);
        return Promise.resolve();
      },
    },
    vault: {
      file: () => place.file,
      isUnlocked: () => isUnlocked,
      lock: note('lock'),
      choose: (file) => {
        if (refusal !== null) throw refusal;
        done.push(`choose ${file}`);
      },
    },
    tellFailure: (error) => done.push(`failure ${(error as CofferError).code}`),
  };
  const manners = new Manners(deps);
  const start = (file: string | null, isHidden = false) => app.emit('second-instance', {}, [], '/', { file, isHidden });
  const refuse = (error: Error) => (refusal = error);
  const writeBy = (next: typeof write) => (write = next);
  return { manners, preferences, app, done, menus, start, refuse, writeBy };
}

describe('another start', () => {
  test('brings the window to the front, and opens what it names', () => {
    const { manners, start, done } = setUp();
    manners.start();
    start(null);
    expect(done.splice(0)).toEqual(['open window']);
    start('/b.coffer');
    expect(new Set(done.splice(0))).toEqual(new Set(['open window', 'choose /b.coffer']));
    start(null, true);
    expect(done).toEqual([]);
  });

  test('leaves the vault alone that is open already, and opens it afresh if it is locked', () => {
    writeFileSync(place.file, '');
    for (const isUnlocked of [true, false]) {
      const { manners, start, done } = setUp({ isUnlocked });
      manners.start();
      start(path.join(place.folder, '.', path.basename(place.file)));
      expect(done.some((step) => step.startsWith('choose'))).toBe(!isUnlocked);
    }
  });

  test('is told about by words if a step is under way', () => {
    const { manners, start, done, refuse } = setUp();
    manners.start();
    refuse(new CofferError('busy', 'vault: another step is still running; wait for it'));
    start('/b.coffer');
    expect(done.at(-1)).toBe('failure busy');
  });
});

describe('without a window', () => {
  test('the app goes on only if that was asked for and something brings it back', async () => {
    const stays = async (options: Situation, choice: Preferences['whenLastWindowCloses']) => {
      const { manners, preferences } = setUp(options);
      await preferences.update({ whenLastWindowCloses: choice });
      return manners.staysWithoutWindow;
    };
    expect(await stays({ isTrayShown: true }, 'stay')).toBe(true);
    expect(await stays({ isTrayShown: true }, 'quit')).toBe(false);
    expect(await stays({ isTrayShown: false }, 'stay')).toBe(false);
    expect(await stays({ platform: 'darwin' }, 'stay')).toBe(true);
  });

  test('a start shows nothing where there is an icon, and a button in the taskbar elsewhere', () => {
    const withIcon = setUp({ isTrayShown: true });
    withIcon.manners.startHidden();
    expect(withIcon.done).toEqual([]);
    const without = setUp();
    without.manners.startHidden();
    expect(without.done).toEqual(['open minimised']);
  });

  test.each([
    [true, []],
    [false, ['open minimised']],
  ])('a start waits until it is known whether there is an icon: %s', (isThere, expected) => {
    let tell: (isThere: boolean) => void = () => undefined;
    const tray = new AppTray({
      watchHost: (found) => {
        tell = found;
        return () => undefined;
      },
      makeIcon: () => ({ show: () => undefined, showTip: () => undefined, destroy: () => undefined }),
      model: () => ({ isUnlocked: false }),
      secretLeftMs: () => 0,
      onChanged: () => undefined,
    });
    tray.want(true);
    const { manners, done } = setUp({ tray });
    manners.startHidden();
    expect(done).toEqual([]);
    tell(isThere);
    expect(done).toEqual(expected);
    // Only the start.
    tell(!isThere);
    expect(done).toEqual(expected);
  });
});

test.each(['written', 'never written'])('quitting waits for preferences, but not for ever: %s', async (outcome) => {
  vi.useFakeTimers();
  try {
    const { manners, app, preferences, done, writeBy } = setUp();
    manners.start();
    const quit = () => {
      let isHeld = false;
      app.emit('will-quit', { preventDefault: () => (isHeld = true) });
      return isHeld;
    };
    let finish: () => void = () => undefined;
    writeBy(() => new Promise((resolve) => (finish = resolve)));
    void preferences.update({ theme: 'dark' });
    await vi.advanceTimersByTimeAsync(0);
    expect(quit()).toBe(true);
    expect(done).toEqual([]);
    if (outcome === 'written') finish();
    await vi.advanceTimersByTimeAsync(outcome === 'written' ? 0 : 1999);
    expect(done).toEqual(outcome === 'written' ? ['quit'] : []);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['quit']);
    expect(quit()).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test('the menu lists recent vaults, with their folders where names are the same', async () => {
  const { manners, preferences, menus, done } = setUp();
  const files = ['/a/work.coffer', '/b/work.coffer', '/a/home.coffer'];
  await preferences.update({ recentVaults: files.map((file, atMs) => ({ file, atMs })) });
  manners.refreshMenu();
  const recent = menus.at(-1)!.recent;
  expect(recent.map(({ label }) => label)).toEqual(['work.coffer in /a', 'work.coffer in /b', 'home.coffer']);
  recent[1]!.open();
  expect(done).toContain('choose /b/work.coffer');
});

test.each([
  ['to a window that is there', { hasWindow: true }, ['open window', 'once loaded menu:about'], []],
  ['to a locked vault', { hasWindow: false, isUnlocked: false }, ['open window', 'once loaded menu:about'], []],
  ['to an open vault without a window, once it is listed', { hasWindow: false }, ['open window'], ['menu:about']],
] satisfies [string, Situation, string[], string[]][])('a step of the menu goes %s', (_, situation, first, then) => {
  const { manners, menus, done } = setUp(situation);
  manners.refreshMenu();
  menus[0]?.tell('menu:about');
  expect(done.splice(0)).toEqual(first);
  manners.listed();
  manners.listed();
  expect(done).toEqual(then);
});

test('zoom is shown and kept; at its end nothing happens', async () => {
  const { manners, preferences, done } = setUp();
  manners.zoom('in');
  manners.zoom('reset');
  manners.zoom('reset');
  expect(done).toEqual(['zoom 1.1', 'zoom 1']);
  await preferences.update({ zoomPercent: 300 });
  manners.zoom('in');
  expect(done).toHaveLength(2);
});

test('the entry for the start at login is written when it changes, and only then', async () => {
  const { manners, done } = setUp();
  const settings = { ...manners.settings, startsAtLogin: true };
  await manners.change(settings);
  await manners.change({ ...settings, notifications: ['backup-failed'] });
  await manners.change({ ...settings, startsHidden: true });
  await manners.change({ ...settings, startsHidden: true, startsAtLogin: false });
  await manners.change({ ...settings, startsHidden: false, startsAtLogin: false });
  expect(done).toEqual(['autostart true', 'autostart true hidden', 'autostart false hidden']);
  expect(manners.settings).toEqual({ ...settings, startsAtLogin: false });
});
