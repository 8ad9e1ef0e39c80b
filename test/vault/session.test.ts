import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { bytesOf, password } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(() => (bridge = setUpBridge()));
afterEach(() => bridge.remove());

const tryPassword = async (typed: string) =>
  bridge.call('vault:unlock', await bridge.unlockRequest({ password: bytesOf(typed) }));

describe('a session', () => {
  test('creates only with 12 characters or more', async () => {
    bridge.session.choose(bridge.file, true);
    expect(await bridge.call('vault:create', { password: bytesOf('elevenchars') })).toMatchObject({
      error: { code: 'weak-password' },
    });
    expect(bridge.session.state).toBe('new');
    // 12 characters for a person: flags are two code points, accents may be one of their own.
    const typed = '🇪🇺e\u0301🇩🇪'.repeat(4);
    await bridge.get('vault:create', { password: bytesOf(typed) });
    expect(bridge.session.state).toBe('unlocked');
  });

  test('tells all of a lock, also behind a listener that fails', async () => {
    await bridge.createVault();
    const heard: string[] = [];
    bridge.session.subscribe((event) => {
      if (event === 'locked') throw new Error('a listener that fails');
    });
    bridge.session.subscribe((event) => heard.push(event));
    expect(() => bridge.session.lock()).toThrow('a listener that fails');
    expect(heard).toContain('locked');
    expect(bridge.session.state).toBe('locked');
  });

  test('slows down tries after wrong passwords, and forgets them after the right one', async () => {
    await bridge.createVault();
    bridge.session.lock();
    const wrong = () => tryPassword('wrong horse battery');
    expect(await wrong()).toMatchObject({ error: { code: 'wrong-password' } });
    expect(await wrong()).toMatchObject({ error: { code: 'wrong-password' } });
    for (const waitMs of [1000, 2000, 4000]) {
      bridge.clock.nowMs += waitMs - 1;
      expect(await tryPassword(password)).toMatchObject({ error: { code: 'too-many-tries' } });
      bridge.clock.nowMs += 1;
      expect(await wrong()).toMatchObject({ error: { code: 'wrong-password' } });
    }
    bridge.clock.nowMs += 60_000;
    expect(await tryPassword(password)).toMatchObject({ ok: true });
    bridge.session.lock();
    expect(await wrong()).toMatchObject({ error: { code: 'wrong-password' } });
    expect(await tryPassword(password)).toMatchObject({ ok: true });
  });

  test('runs one step at a time', async () => {
    await bridge.createVault();
    bridge.session.lock();
    const [one, two] = [await bridge.unlockRequest(), await bridge.unlockRequest()];
    const [first, second] = await Promise.all([bridge.call('vault:unlock', one), bridge.call('vault:unlock', two)]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toMatchObject({ ok: false, error: { code: 'busy' } });
  });

  test('chooses places only by the dialogs, and never one that is taken for a new vault', async () => {
    await bridge.createVault();
    bridge.answers.push(bridge.file.replace(/\.coffer$/, ''));
    expect(await bridge.call('vault:choose-new', {})).toMatchObject({ error: { code: 'file-exists' } });
    expect(bridge.session.state).toBe('unlocked');
    bridge.answers.push(`${bridge.folder}/other`);
    expect(await bridge.get('vault:choose-new', {})).toEqual({ name: 'other.coffer', folder: bridge.folder });
    expect(bridge.session.state).toBe('new');
    expect(await bridge.get('app:status', {})).toMatchObject({ state: 'new', vaultName: 'other' });
    bridge.answers.push(bridge.file);
    expect(await bridge.get('vault:choose-existing', {})).toMatchObject({ name: 'test.coffer' });
    expect(await tryPassword(password)).toMatchObject({ ok: true });
  });

  test('checks every record after unlock, in slices, and says so', async () => {
    await bridge.createVault();
    expect(['checking', 'whole']).toContain((await bridge.get('vault:integrity', {})).state);
    await expect.poll(async () => (await bridge.get('vault:integrity', {})).state).toBe('whole');
  });
});
