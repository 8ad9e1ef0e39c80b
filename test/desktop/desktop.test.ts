import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../main/desktop/app-origin';
import { IdleLock } from '../../main/desktop/idle-lock';
import { isStartedForDebugging } from '../../main/desktop/lockdown';
import { requestFrom, requestOf, vaultToBeginWith } from '../../main/desktop/start-arguments';
import { temporaryFolder } from '../support/small-vault';

describe('the idle lock', () => {
  function setUp(lockAfterMinutes: number | null) {
    const state = { idleSeconds: 0, locks: 0 };
    const lock = new IdleLock({
      idleSeconds: () => state.idleSeconds,
      lockAfterMinutes: () => lockAfterMinutes,
      lock: () => state.locks++,
    });
    return { state, lock };
  }

  test('locks when nothing was touched for the minutes of the settings, not before', () => {
    const { state, lock } = setUp(2);
    state.idleSeconds = 119;
    lock.poll();
    expect(state.locks).toBe(0);
    state.idleSeconds = 120;
    lock.poll();
    expect(state.locks).toBe(1);
  });

  test('locks if the setting or the idle time cannot be read', () => {
    const { state } = setUp(1);
    const lock = new IdleLock({
      idleSeconds: () => 0,
      lockAfterMinutes: () => {
        throw new Error('unreadable');
      },
      lock: () => state.locks++,
    });
    lock.poll();
    expect(state.locks).toBe(1);
  });

  test('does nothing while there is nothing to lock', () => {
    const { state, lock } = setUp(null);
    state.idleSeconds = 100_000;
    lock.poll();
    expect(state.locks).toBe(0);
  });
});

describe('the vault to begin with', () => {
  let place: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (place = temporaryFolder()));
  afterEach(() => place.remove());

  test('is the .coffer file of the arguments, to be made if it is not there', () => {
    const { file } = requestOf(['electron', '--flag', place.file]);
    expect(vaultToBeginWith(file, '/other.coffer')).toEqual({ file: place.file, isNew: true });
    writeFileSync(place.file, '');
    expect(vaultToBeginWith(file, '/other.coffer')).toEqual({ file: place.file, isNew: false });
  });

  test('is the one that was open last, if it is still there', () => {
    expect(vaultToBeginWith(null, undefined)).toBeNull();
    expect(vaultToBeginWith(null, place.file)).toBeNull();
    writeFileSync(place.file, '');
    expect(vaultToBeginWith(null, place.file)).toEqual({ file: place.file, isNew: false });
  });

  test('is none for other arguments', () => {
    expect(requestOf(['x.coffer', path.join(place.folder, 'x.txt'), '--vault=x.coffer'])).toEqual({
      file: null,
      isHidden: false,
    });
    expect(requestOf(['electron', '--hidden'])).toEqual({ file: null, isHidden: true });
  });
});

test('of what another start hands over only what a Coffer would send is taken', () => {
  const file = path.resolve('some.coffer');
  expect(requestFrom({ file, isHidden: false })).toEqual({ file, isHidden: false });
  expect(requestFrom({ file: null, isHidden: true, more: 1 })).toEqual({ file: null, isHidden: true });
  for (const sent of [
    ...[null, undefined, 'x.coffer', 7, [], {}, { file }, { file, isHidden: 'no' }, { file: 7, isHidden: false }],
    ...[
      { file: 'some.coffer', isHidden: false },
      { file: path.resolve('some.txt'), isHidden: false },
    ],
  ]) {
    expect(requestFrom(sent), JSON.stringify(sent)).toBeNull();
  }
});

test('a packaged app notices when it is started for a debugger', () => {
  for (const argument of [
    '--inspect',
    '--inspect-brk=0',
    '-inspect',
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
  ]) {
    expect(isStartedForDebugging(['coffer', argument]), argument).toBe(true);
  }
  expect(isStartedForDebugging(['coffer', 'my-inspect.coffer', '--user-data-dir=/x'])).toBe(false);
});

test('the policy lets nothing in but the app itself, and relaxes only for a development server', () => {
  const policy = contentSecurityPolicy(null);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|\*|http:|ws:/);
  expect(contentSecurityPolicy(new URL('http://localhost:5173'))).toContain('ws://localhost:5173');
});
