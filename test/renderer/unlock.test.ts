import { describe, expect, test } from 'vitest';
import type { ParsedRequestOf } from '../../preload/contract';
import { Unlock } from '../../renderer/state/unlock.svelte';
import type { WayRow } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { idOf, isWiped, lockedWay, sampleRecovery, sampleWay, text } from './samples';

type Given = ConstructorParameters<typeof TestBridge>[0];
const code28 = '7G4KM2Q9XW0T5R8D1PZVHJ3CB6NE';

/** The screen of a vault with these ways in; `unlock` answers the tries. */
async function setup(
  ways: readonly WayRow[],
  unlock: NonNullable<Given['vault:unlock']> = () => ({}),
  others: Given = {},
) {
  const bridge = new TestBridge({
    'vault:ways': () => ({ ways: ways.map(lockedWay), codesEndAtMs: null }),
    'vault:pick-key-file': () => ({ fileName: 'work.key' }),
    'vault:unlock': unlock,
    ...others,
  });
  const form = new Unlock(bridge.api);
  await form.load();
  return { bridge, form };
}

describe('unlock screen', () => {
  test('opens the vault, empties the input and wipes what it sent', async () => {
    let received = '';
    const { bridge, form } = await setup([sampleWay(1, [])], ({ password }) => {
      received = text(password);
      return {};
    });
    form.password = 'correct horse';
    expect(await form.submit()).toBe(true);
    expect(received).toBe('correct horse');
    expect(form.password).toBe('');
    const [sent] = bridge.requestsOf('vault:unlock');
    expect(isWiped(sent?.['password'])).toBe(true);
    expect(sent).toMatchObject({ slot: idOf(1), code: null, recoveryCode: null });
  });

  test('says what the main process says about a wrong password and takes the next try', async () => {
    let tries = 0;
    const { form } = await setup([sampleWay(1, [])], () =>
      ++tries === 1 ? refuse('wrong-password', 'password: it does not open this vault') : {},
    );
    form.password = 'wrong';
    expect(await form.submit()).toBe(false);
    expect([form.failure, form.password]).toEqual(['Password: it does not open this vault.', '']);
    form.password = 'right';
    expect(await form.submit()).toBe(true);
    expect(form.failure).toBeNull();
  });

  test('sends one try at a time, and none without a password', async () => {
    const answer = later<Record<string, never>>();
    const { bridge, form } = await setup([sampleWay(1, [])], () => answer.promise);
    expect(await form.submit()).toBe(false);
    form.password = 'one';
    const first = form.submit();
    expect(form.isBusy).toBe(true);
    form.password = 'two';
    expect(await form.submit()).toBe(false);
    answer.settle({});
    expect(await first).toBe(true);
    expect(form.isBusy).toBe(false);
    expect(bridge.requestsOf('vault:unlock')).toHaveLength(1);
  });

  test('can be given up while it runs: says nothing, keeps what was typed, and takes the next try', async () => {
    let answer = later<ReturnType<typeof refuse> | Record<string, never>>();
    const { bridge, form } = await setup([sampleWay(1, [])], () => answer.promise, {
      'vault:cancel': () => {
        answer.settle(refuse('cancelled', 'it was cancelled'));
        return {};
      },
    });
    await form.cancel();
    form.password = 'one';
    const first = form.submit();
    await Promise.all([form.cancel(), form.cancel()]);
    expect(await first).toBe(false);
    expect([form.isBusy, form.isCancelled, form.failure, form.password]).toEqual([false, true, null, 'one']);
    expect(bridge.requestsOf('vault:cancel')).toHaveLength(1);
    answer = later();
    answer.settle({});
    expect([await form.submit(), form.isCancelled]).toEqual([true, false]);
  });

  test('says so where something else gave it up', async () => {
    const { form } = await setup([sampleWay(1, [])], () => refuse('cancelled', 'security key: it was not touched'));
    form.password = 'one';
    expect(await form.submit()).toBe(false);
    expect([form.failure, form.isCancelled]).toEqual(['Security key: it was not touched.', false]);
  });

  test('a file that cannot be read says why and offers no way in', async () => {
    const bridge = new TestBridge({ 'vault:ways': () => refuse('vault-damaged', 'This file is damaged') });
    const form = new Unlock(bridge.api);
    await form.load();
    expect([form.way, form.failure]).toEqual([null, 'This file is damaged.']);
    expect(await form.submit()).toBe(false);
    expect(bridge.requestsOf('vault:unlock')).toHaveLength(0);
  });

  test('survives a bridge that throws', async () => {
    const { form } = await setup([sampleWay(1, [])], () => {
      throw new Error('broken');
    });
    form.password = 'anything';
    expect(await form.submit()).toBe(false);
    expect(form.failure).toContain('could not do this');
    expect(form.isBusy).toBe(false);
  });

  test('begins with a way that asks for a password, and keeps the chosen one when it asks again', async () => {
    const { form } = await setup([sampleRecovery(3), sampleWay(1, ['totp']), sampleWay(2, [])]);
    expect(form.slot).toBe(idOf(1));
    form.choose(idOf(2));
    form.password = 'half typed';
    await form.load();
    expect([form.slot, form.password]).toEqual([idOf(2), 'half typed']);
  });

  test('another way in drops what was typed', async () => {
    const { form } = await setup([sampleWay(1, ['totp', 'key-file']), sampleRecovery(3)]);
    form.password = 'secret';
    form.code = '123456';
    await form.pickKeyFile();
    expect(form.keyFileName).toBe('work.key');
    form.choose(idOf(3));
    expect([form.password, form.code, form.keyFileName]).toEqual(['', '', null]);
  });
});

describe('codes and key files', () => {
  test('a code may be pasted with a space; it is sent without and wiped', async () => {
    const seen: ParsedRequestOf<'vault:unlock'>[] = [];
    const { bridge, form } = await setup([sampleWay(1, ['totp'])], (request) => {
      seen.push(request);
      return {};
    });
    form.password = 'secret';
    form.code = '123 456';
    expect(await form.submit()).toBe(true);
    expect(text(seen[0]?.code ?? null)).toBe('123456');
    expect(isWiped(bridge.requestsOf('vault:unlock')[0]?.['code'])).toBe(true);
    expect(form.code).toBe('');
  });

  test('a missing code or key file costs no try', async () => {
    const { bridge, form } = await setup([sampleWay(1, ['totp', 'key-file'])]);
    form.password = 'secret';
    await form.submit();
    expect(form.failure).toBe('Choose the key file.');
    await form.pickKeyFile();
    for (const typed of ['', '12345', '1234567', '12a456']) {
      form.code = typed;
      expect(await form.submit()).toBe(false);
      expect(form.failure).toContain('six digits');
    }
    expect(bridge.requestsOf('vault:unlock')).toHaveLength(0);
  });

  test('the password stays typed where only the code was refused', async () => {
    const { form } = await setup([sampleWay(1, ['totp'])], () => refuse('code-used', 'The next code comes in 12 s'));
    form.password = 'secret';
    form.code = '123456';
    expect(await form.submit()).toBe(false);
    expect([form.password, form.code, form.failure]).toEqual(['secret', '', 'The next code comes in 12 s.']);
  });

  test('once codes have ended the recovery code is offered, if there is one', async () => {
    const ended = () => refuse('codes-ended', 'The table ended');
    for (const ways of [[sampleWay(1, ['totp'])], [sampleWay(1, ['totp']), sampleRecovery(3)]]) {
      const { form } = await setup(ways, ended);
      form.password = 'secret';
      form.code = '123456';
      expect(form.offered).toBeNull();
      await form.submit();
      expect(form.offered?.slot ?? null).toBe(ways.length === 2 ? idOf(3) : null);
      form.choose(idOf(3));
      expect(form.offered).toBeNull();
    }
  });
});

describe('recovery code', () => {
  test.each([code28, code28.toLowerCase(), ` 7g4k-m2q9-xw0t-5r8d–1pzv hj3c b6ne `])('is taken as %s', async (typed) => {
    let received = '';
    const { bridge, form } = await setup([sampleRecovery(3)], ({ recoveryCode, password, code }) => {
      received = text(recoveryCode);
      return password === null && code === null ? {} : refuse('bad-request');
    });
    form.recoveryCode = typed;
    expect(await form.submit()).toBe(true);
    expect(received).toBe(code28);
    expect(form.recoveryCode).toBe('');
    expect(isWiped(bridge.requestsOf('vault:unlock')[0]?.['recoveryCode'])).toBe(true);
  });

  test('of the wrong length is not sent, and what was typed stays', async () => {
    const { bridge, form } = await setup([sampleRecovery(3)]);
    await form.submit();
    expect(form.failure).toBe('Type the recovery code from its sheet.');
    form.recoveryCode = '7G4K';
    await form.submit();
    expect(form.failure).toBe('The recovery code has 28 letters and digits; 4 are typed.');
    expect(form.recoveryCode).toBe('7G4K');
    expect(bridge.requestsOf('vault:unlock')).toHaveLength(0);
  });
});
