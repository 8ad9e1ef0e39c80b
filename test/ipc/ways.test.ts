import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { codesOf, enrolCodes, newWays } from '../support/ways';
import { bytesOf, password } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  bridge.clock.nowMs = Date.UTC(2026, 10, 25, 12);
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const unlockAll = async (request: Parameters<typeof bridge.unlockRequest>[0]) =>
  bridge.call('vault:unlock', await bridge.unlockRequest(request));

test('it is told that nothing but the password opens the vault, until a code or a recovery code does', async () => {
  const told = async () => (await bridge.get('vault:integrity', {})).warnings.map(({ kind }) => kind);
  expect(await told()).toContain('no-recovery');
  await bridge.get('ways:add-recovery', { currentPassword: bytesOf(password) });
  expect(await told()).not.toContain('no-recovery');
  await bridge.get('ways:replace', await newWays(bridge, { hasRecovery: false }));
  expect(await told()).toContain('no-recovery');
  await enrolCodes(bridge);
  expect(await told()).not.toContain('no-recovery');
});

describe('codes', () => {
  test('take part in the key: with a code it opens, without one, with a wrong or a used one it does not', async () => {
    const secret = await enrolCodes(bridge);
    const [slot] = (await bridge.get('ways:list', {})).ways;
    expect(slot).toMatchObject({ kind: 'password', factors: ['totp'], isInUse: true });
    bridge.session.lock();
    const login = (code: string) => unlockAll({ slot: slot?.slot ?? '', code: bytesOf(code) });
    expect(await login(codesOf(secret, bridge.clock.nowMs))).toMatchObject({ error: { code: 'code-used' } });
    bridge.clock.nowMs += 60_000;
    const right = codesOf(secret, bridge.clock.nowMs);
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
    expect(await login(wrong)).toMatchObject({ error: { code: 'wrong-password' } });
    expect(await login(right)).toMatchObject({ ok: true });
    bridge.session.lock();
    expect(await login(right)).toMatchObject({ error: { code: 'code-used' } });
    bridge.clock.nowMs += 61 * 24 * 3600 * 1000;
    expect(await login(codesOf(secret, bridge.clock.nowMs))).toMatchObject({ error: { code: 'codes-ended' } });
    bridge.clock.nowMs -= 70 * 24 * 3600 * 1000;
    expect(await login(codesOf(secret, bridge.clock.nowMs))).toMatchObject({ error: { code: 'clock-wrong' } });
  });

  test('and when they have ended, the recovery code opens, once, and everything changes', async () => {
    await enrolCodes(bridge);
    const first = bridge.factors.state.sheetCode ?? '';
    bridge.session.lock();
    bridge.clock.nowMs += 61 * 24 * 3600 * 1000;
    const { ways } = await bridge.get('vault:ways', {});
    const recovery = ways.find(({ kind }) => kind === 'recovery')?.slot ?? '';
    const typed = { slot: recovery, password: null, recoveryCode: bytesOf(first.toLowerCase().replaceAll('-', ' ')) };
    await bridge.unlock(typed);
    expect(bridge.session.state).toBe('renewing');
    expect(
      await bridge.call('record:list', { query: '', view: 'all', sort: 'title', offset: 0, limit: 1 }),
    ).toMatchObject({
      error: { code: 'vault-locked' },
    });
    await bridge.get(
      'ways:replace',
      await newWays(bridge, { currentPassword: null, password: bytesOf('another horse battery') }),
    );
    expect(bridge.session.state).toBe('unlocked');
    expect(bridge.factors.state.sheetCode).not.toBe(first);
    bridge.session.lock();
    expect(await unlockAll({ password: bytesOf(password) })).toMatchObject({ error: { code: 'wrong-password' } });
    expect(await bridge.call('vault:unlock', { ...typed, code: null, recoveryCode: bytesOf(first) })).toMatchObject({
      ok: false,
    });
    await bridge.unlock({ password: bytesOf('another horse battery') });
  });
});

describe('other factors', () => {
  test('a key file, a security key and this computer, together', async () => {
    const file = path.join(bridge.home, 'any.bin');
    writeFileSync(file, 'x'.repeat(32));
    bridge.answers.push(file);
    await bridge.get('ways:pick-key-file', {});
    await bridge.get('ways:enrol-security-key', {});
    const factors = ['key-file', 'security-key', 'this-computer'] as const;
    await bridge.get('ways:replace', await newWays(bridge, { factors: [...factors] }));
    const [way] = (await bridge.get('ways:list', {})).ways;
    expect(way).toMatchObject({ factors, name: 'any.bin' });
    bridge.session.lock();
    const slot = way?.slot ?? '';
    expect(await unlockAll({ slot })).toMatchObject({ error: { code: 'bad-request' } });
    bridge.answers.push(file);
    await bridge.get('vault:pick-key-file', {});
    bridge.factors.state.securityKey.output.fill(1);
    expect(await unlockAll({ slot })).toMatchObject({ error: { code: 'wrong-password' } });
    bridge.factors.state.securityKey.output.fill(9);
    expect(await unlockAll({ slot })).toMatchObject({ ok: true });
  });
});

describe('backups', () => {
  test('are made after an epoch, listed, and restored by the live key or by their own ways in', async () => {
    bridge.session.vault.save({ id: null, overview: bytesOf('{}'), body: bytesOf('body') });
    await bridge.get('backup:make', {});
    bridge.session.vault.save({ id: null, overview: bytesOf('{}'), body: bytesOf('second') });
    const { rows } = await bridge.get('backup:list', {});
    expect(rows).toMatchObject([{ records: 1, isOfNow: true, problem: '' }]);
    bridge.clock.nowMs += 5000;
    expect(await bridge.get('backup:restore', { id: rows[0]?.id ?? '' })).toEqual({ outcome: 'restored' });
    expect(bridge.session.vault.size).toBe(1);
    bridge.clock.nowMs += 5000;
    await bridge.get(
      'ways:replace',
      await newWays(bridge, { password: bytesOf('another horse battery'), keepsOlderBackups: true }),
    );
    const older = (await bridge.get('backup:list', {})).rows.find(
      ({ records, isOfNow }) => records === 2 && isOfNow === false,
    );
    expect(await bridge.get('backup:restore', { id: older?.id ?? '' })).toEqual({ outcome: 'sign-in' });
    expect(bridge.session.state).toBe('locked');
    await bridge.unlock();
    expect(bridge.session.vault.size).toBe(2);
    expect(readdirSync(bridge.folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
