import { describe, expect, test, vi } from 'vitest';
import type { ParsedRequestOf } from '../../preload/contract';
import type { WayRow, WaysOverview } from '../../renderer/state/types';
import { type ChangeKind, WaysChange } from '../../renderer/state/ways-change.svelte';
import { TestBridge, later, refuse } from './bridge';
import { idOf, isWiped, sampleOverview, sampleRecovery, sampleWay, text } from './samples';

type Answers = ConstructorParameters<typeof TestBridge>[0];
const strong = { score: 4, isLongEnough: true, crackTime: 'centuries', warning: '', suggestions: [] };
const inUse = sampleWay(1, [], { isInUse: true });
const codes = { endsAtMs: 1_800_000_000_000, horizonDays: 60, isEndingSoon: false };

function setup(overview: WaysOverview, kind: ChangeKind, removed: WayRow | null = null, answers: Answers = {}) {
  const sent: { currentPassword: string | null; password: string; request: ParsedRequestOf<'ways:replace'> }[] = [];
  const bridge = new TestBridge({
    'password:assess': () => strong,
    'ways:forget-begun': () => ({}),
    'ways:begin-codes': () => ({ secretText: new Uint8Array([65]), uri: new Uint8Array([65]) }),
    'ways:prove-codes': () => ({}),
    'ways:make-key-file': () => ({ fileName: 'work.key', folder: '/stick', isMade: true }),
    'ways:pick-key-file': () => null,
    'ways:enrol-security-key': () => ({}),
    'ways:add': () => ({}),
    'ways:replace': (request) => {
      const { currentPassword } = request;
      sent.push({
        currentPassword: currentPassword && text(currentPassword),
        password: text(request.password),
        request,
      });
      return {};
    },
    ...answers,
  });
  return { bridge, sent, change: new WaysChange(bridge.api, overview, kind, removed) };
}

describe('changing the ways in', () => {
  test('begins with what the way in use asks for, and with what is wanted besides', () => {
    const { bridge } = setup(sampleOverview([inUse]), 'change');
    const overview = sampleOverview([sampleWay(1, ['key-file'], { isInUse: true })]);
    expect(new WaysChange(bridge.api, overview, 'change').factors.chosen).toEqual(['key-file']);
    const change = new WaysChange(bridge.api, overview, 'change', null, ['totp']);
    expect(change.factors.chosen).toEqual(['totp', 'key-file']);
    expect(change.steps).toContain('codes');
  });

  test('a new password: every way is named, what was typed is wiped and emptied', async () => {
    const { bridge, sent, change } = setup(
      sampleOverview([inUse, sampleWay(2, ['key-file']), sampleRecovery(3)]),
      'change',
    );
    await change.next();
    expect(change.failure).toBe('Type the current password.');
    change.currentPassword = 'old one';
    change.keepsPassword = false;
    change.pair.type('correct horse battery');
    await change.next();
    expect(change.failure).toBe('The two passwords differ.');
    change.pair.repeat = 'correct horse battery';
    await change.next();
    expect(change.step).toBe('factors');
    await change.next();
    expect(change.ending.map(({ slot }) => slot)).toEqual([idOf(2), idOf(3)]);
    await change.next();
    expect([change.step, change.failure]).toEqual(['confirm', 'Tick the box to agree to what ends.']);
    change.hasConsent = true;
    await change.next();
    expect(change.step).toBe('done');
    expect(sent[0]).toMatchObject({ currentPassword: 'old one', password: 'correct horse battery' });
    expect(sent[0]?.request).toMatchObject({
      factors: [],
      drops: [idOf(1), idOf(2), idOf(3)],
      hasRecovery: true,
      keepsOlderBackups: false,
    });
    const [raw] = bridge.requestsOf('ways:replace');
    expect([isWiped(raw?.['currentPassword']), isWiped(raw?.['password'])]).toEqual([true, true]);
    expect([change.currentPassword, change.pair.password, change.pair.repeat]).toEqual(['', '', '']);
  });

  test('codes are enrolled and proved in a step of their own, and force a recovery code', async () => {
    const { sent, change } = setup(sampleOverview([inUse]), 'change');
    change.currentPassword = 'old one';
    change.wantsRecovery = false;
    await change.next();
    change.factors.set('totp', true);
    expect(change.steps).toEqual(['password', 'factors', 'codes', 'confirm']);
    await change.next();
    expect([change.step, change.factors.codes.groups]).toEqual(['codes', ['A']]);
    change.factors.codes.first = '123456';
    change.factors.codes.second = '654321';
    await change.next();
    expect([change.step, change.isRecoveryForced]).toEqual(['confirm', true]);
    await change.next();
    expect(sent[0]?.request).toMatchObject({ factors: ['totp'], hasRecovery: true });
    expect(sent[0]?.password).toBe('old one');
  });

  test('an authenticator entry that is there already is kept without being proved again', async () => {
    const { bridge, sent, change } = setup(
      sampleOverview([sampleWay(1, ['totp'], { isInUse: true })], { codes }),
      'change',
    );
    change.currentPassword = 'old one';
    expect(change.factors.has('totp')).toBe(true);
    for (let step = 0; step < 3; step += 1) await change.next();
    expect(change.step).toBe('done');
    expect(sent[0]?.request.factors).toEqual(['totp']);
    expect(bridge.requestsOf('ways:begin-codes')).toHaveLength(0);
  });

  test('key file and security key must be there before it goes on', async () => {
    const { change } = setup(sampleOverview([inUse]), 'change');
    change.currentPassword = 'old one';
    await change.next();
    change.factors.set('key-file', true);
    change.factors.set('security-key', true);
    await change.next();
    expect(change.factors.failure).toBe('Make or choose the key file first.');
    await change.factors.pickKeyFile();
    expect(change.factors.keyFile).toBeNull();
    await change.factors.makeKeyFile();
    await change.next();
    expect(change.factors.failure).toBe('Set up the security key first.');
    await change.factors.enrolSecurityKey();
    await change.next();
    expect(change.step).toBe('confirm');
  });

  test('a wrong password leads back to where it is typed, and nothing that was begun is lost', async () => {
    let tries = 0;
    const { change } = setup(sampleOverview([inUse]), 'change', null, {
      'ways:replace': () => (++tries === 1 ? refuse('wrong-password', 'That is not the password') : {}),
    });
    change.currentPassword = 'wrong';
    await change.next();
    change.factors.set('key-file', true);
    await change.factors.makeKeyFile();
    await change.next();
    await change.next();
    expect([change.step, change.failure, change.currentPassword]).toEqual([
      'password',
      'That is not the password.',
      '',
    ]);
    change.currentPassword = 'right';
    for (let step = 0; step < 3; step += 1) await change.next();
    expect(change.step).toBe('done');
  });

  test('another refusal stays on the last step, with all that was typed', async () => {
    const { change } = setup(sampleOverview([inUse]), 'change', null, {
      'ways:replace': () => refuse('disk-full', 'The disk is full'),
    });
    change.currentPassword = 'old one';
    for (let step = 0; step < 3; step += 1) await change.next();
    expect([change.step, change.failure, change.currentPassword]).toEqual(['confirm', 'The disk is full.', 'old one']);
  });

  test('cancelled while it runs, it stays on the last step with all that was typed, and says that nothing changed', async () => {
    const answer = later<ReturnType<typeof refuse>>();
    const { bridge, change } = setup(sampleOverview([inUse]), 'change', null, {
      'ways:replace': () => answer.promise,
      'ways:cancel': () => {
        answer.settle(refuse('cancelled', 'it was cancelled'));
        return {};
      },
    });
    await change.cancel();
    expect(bridge.requestsOf('ways:cancel')).toHaveLength(0);
    change.currentPassword = 'old one';
    for (let step = 0; step < 2; step += 1) await change.next();
    const changing = change.next();
    await vi.waitFor(() => expect(change.step).toBe('working'));
    await change.cancel();
    await changing;
    expect([change.step, change.isCancelled, change.failure]).toEqual(['confirm', true, null]);
    expect(change.currentPassword).toBe('old one');
    change.back();
    expect(change.isCancelled).toBe(false);
  });

  test('giving up forgets what was begun, and asks for nothing where nothing was', async () => {
    const { bridge, change } = setup(sampleOverview([inUse]), 'change');
    change.currentPassword = 'old one';
    await change.clear();
    expect(bridge.requestsOf('ways:forget-begun')).toHaveLength(0);
    await change.factors.makeKeyFile();
    await change.clear();
    expect(bridge.requestsOf('ways:forget-begun')).toHaveLength(1);
    expect([change.currentPassword, change.factors.keyFile]).toEqual(['', null]);
  });

  test('goes back a step, from the first nowhere', async () => {
    const { change } = setup(sampleOverview([inUse]), 'change');
    change.currentPassword = 'old one';
    await change.next();
    change.back();
    change.back();
    expect(change.step).toBe('password');
  });
});

describe('other reasons for a change', () => {
  test('after the recovery code: no password of now, a new one, and codes are set up anew', async () => {
    const ways = [sampleWay(1, ['totp']), sampleRecovery(3, { isInUse: true })];
    const { sent, change } = setup(sampleOverview(ways, { codes }), 'renew');
    expect([change.keepsPassword, change.factors.needsEnrolment]).toEqual([false, true]);
    change.factors.set('totp', false);
    change.pair.type('correct horse battery');
    change.pair.repeat = 'correct horse battery';
    await change.next();
    await change.next();
    expect(change.ending.map(({ slot }) => slot)).toEqual([idOf(1)]);
    change.hasConsent = true;
    await change.next();
    expect(sent[0]).toMatchObject({ currentPassword: null, password: 'correct horse battery' });
    expect(sent[0]?.request.drops).toEqual([idOf(1), idOf(3)]);
  });

  test('removing the way in use starts from the one that stays', () => {
    const used = sampleWay(1, [], { isInUse: true });
    const overview = sampleOverview([used, sampleWay(2, ['totp']), sampleRecovery(3)], { codes });
    const { change } = setup(overview, 'remove', used);
    expect(change.factors.chosen).toEqual(['totp']);
    expect(change.ending.map(({ slot }) => slot)).toEqual([idOf(1), idOf(2), idOf(3)]);
  });

  test('removing the recovery code makes no new one', async () => {
    const recovery = sampleRecovery(3);
    const { sent, change } = setup(sampleOverview([inUse, recovery]), 'remove', recovery);
    change.currentPassword = 'old one';
    change.hasConsent = true;
    for (let step = 0; step < 3; step += 1) await change.next();
    expect(sent[0]?.request.hasRecovery).toBe(false);
  });

  test('adding warns about what is weaker, drops nothing and needs a recovery code for what can get lost', async () => {
    const { bridge, change } = setup(sampleOverview([sampleWay(1, ['key-file'], { isInUse: true })]), 'add');
    expect(change.impossible('totp')).toContain('Change password or factors');
    expect(change.impossible('security-key')).toBe('Make a recovery code first.');
    expect(change.impossible('key-file')).toBe('');
    change.currentPassword = 'old one';
    for (let step = 0; step < 2; step += 1) await change.next();
    expect([change.ending, change.weakness]).toEqual([[], 'Anyone with only the password still gets in.']);
    await change.next();
    expect(change.step).toBe('done');
    expect(bridge.requestsOf('ways:add')).toHaveLength(1);
    expect(bridge.requestsOf('ways:replace')).toHaveLength(0);
  });

  test('what this system can’t do cannot be chosen and says why', () => {
    const computer = { isPossible: false, reason: 'No keychain here.' };
    const used = sampleWay(1, ['this-computer', 'key-file'], { isInUse: true });
    const { change } = setup(sampleOverview([used], { computer }), 'change');
    expect(change.impossible('this-computer')).toBe('No keychain here.');
    expect(change.factors.chosen).toEqual(['key-file']);
  });
});
