import { describe, expect, test } from 'vitest';
import { RecoverySheet } from '../../renderer/state/recovery-sheet.svelte';
import { SecurityKeyWindow, type SecurityKeys } from '../../renderer/state/security-key.svelte';
import type { SecurityKeyReport, SecurityKeyTask } from '../../renderer/state/types';
import { TestBridge, refuse } from './bridge';
import { isWiped } from './samples';

describe('recovery sheet', () => {
  function setup() {
    const code = new TextEncoder().encode('7G4K M2Q9 XW0T 5R8D 1PZV HJ3C B6NE');
    const bridge = new TestBridge({
      'sheet:content': () => ({ code, vaultName: 'Work', fileName: 'Work.coffer', madeAtMs: 1 }),
      'sheet:print': () => ({}),
      'sheet:save-pdf': () => null,
      'sheet:close': () => ({}),
    });
    return { bridge, sheet: new RecoverySheet(bridge.api) };
  }

  test('shows the code in seven groups and drops it on closing', async () => {
    const { bridge, sheet } = setup();
    await sheet.load();
    expect(sheet.groups).toEqual(['7G4K', 'M2Q9', 'XW0T', '5R8D', '1PZV', 'HJ3C', 'B6NE']);
    await sheet.print();
    await sheet.close();
    expect(sheet.groups).toEqual([]);
    expect(bridge.requestsOf('sheet:close')).toHaveLength(1);
  });

  test('asks once before it goes unprinted; a closed dialog is not a saved sheet', async () => {
    const { bridge, sheet } = setup();
    await sheet.load();
    await sheet.savePdf();
    await sheet.close();
    expect([sheet.isAsking, bridge.requestsOf('sheet:close').length]).toEqual([true, 0]);
    sheet.stay();
    await sheet.close();
    expect(sheet.isAsking).toBe(true);
    await sheet.close();
    expect(bridge.requestsOf('sheet:close')).toHaveLength(1);
  });

  test('says why there is none', async () => {
    const sheet = new RecoverySheet(
      new TestBridge({ 'sheet:content': () => refuse('not-found', 'No sheet waits') }).api,
    );
    await sheet.load();
    expect([sheet.about, sheet.failure]).toEqual([null, 'No sheet waits.']);
  });
});

describe('security key', () => {
  const credentialId = new Uint8Array([1, 2, 3]);
  const task: SecurityKeyTask = {
    kind: 'enrol',
    vaultName: 'Work',
    challenge: new Uint8Array(32).fill(4),
    userId: new Uint8Array(16).fill(5),
    credentialId: null,
    prfSalt: new Uint8Array(32).fill(6),
  };

  /** A security key as the browser shows it; no real one can be had in a test. */
  class FakeKey implements SecurityKeys {
    readonly asked: (CredentialCreationOptions | CredentialRequestOptions)[] = [];
    isEnabled = true;
    output: ArrayBuffer | undefined = new Uint8Array(32).fill(7).buffer;
    error: Error | null = null;

    create(options: CredentialCreationOptions): Promise<Credential | null> {
      return this.#answer(options, { prf: { enabled: this.isEnabled } });
    }

    get(options: CredentialRequestOptions): Promise<Credential | null> {
      const results = this.output === undefined ? {} : { results: { first: this.output.slice(0) } };
      return this.#answer(options, { prf: results });
    }

    #answer(
      options: CredentialCreationOptions | CredentialRequestOptions,
      results: object,
    ): Promise<Credential | null> {
      this.asked.push(options);
      if (this.error !== null) return Promise.reject(this.error);
      const credential = {
        id: '',
        type: 'public-key',
        rawId: credentialId.buffer.slice(0),
        getClientExtensionResults: () => results,
      };
      return Promise.resolve(credential);
    }
  }

  function setup(changes: Partial<SecurityKeyTask> = {}, keys: SecurityKeys | undefined = new FakeKey()) {
    const reports: SecurityKeyReport[] = [];
    const bridge = new TestBridge({
      'security-key:task': () => ({ ...task, ...changes }),
      'security-key:report': (report) => {
        reports.push(report);
        return {};
      },
    });
    return { bridge, reports, keys, state: new SecurityKeyWindow(bridge.api, keys) };
  }

  test('is set up with one touch and asked twice; what was sent is wiped', async () => {
    const key = new FakeKey();
    const { bridge, reports, state } = setup({}, key);
    await state.start();
    const output = new Uint8Array(32).fill(7);
    expect(reports).toEqual([{ outcome: 'done', credentialId, first: output, second: output }]);
    expect([state.touches, state.isDone]).toEqual([3, true]);
    expect(key.asked[0]?.publicKey).toMatchObject({
      rp: { id: 'coffer.localhost' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'discouraged' },
    });
    expect(key.asked[1]?.publicKey).toMatchObject({
      rpId: 'coffer.localhost',
      allowCredentials: [{ id: credentialId }],
      extensions: { prf: { eval: { first: task.prfSalt } } },
    });
    const [sent] = bridge.requestsOf('security-key:report');
    expect([isWiped(sent?.['first']), isWiped(sent?.['second'])]).toEqual([true, true]);
  });

  test('that is known is asked once', async () => {
    const { reports, state } = setup({ kind: 'evaluate', credentialId });
    await state.start();
    expect(reports[0]).toMatchObject({ outcome: 'done', credentialId, second: null });
    expect(state.touches).toBe(1);
  });

  test.each([
    ['has no PRF', { isEnabled: false }, 'not-supported'],
    ['gives no PRF output', { output: undefined }, 'not-supported'],
    ['gives too short an output', { output: new ArrayBuffer(16) }, 'failed'],
    ['is not touched', { error: new DOMException('', 'NotAllowedError') }, 'cancelled'],
    ['is refused by the system', { error: new DOMException('', 'NotSupportedError') }, 'not-supported'],
    ['breaks', { error: new Error('broken') }, 'failed'],
  ] as const)('that %s is reported when the window is closed', async (_, flaw, reason) => {
    const { reports, state } = setup({}, Object.assign(new FakeKey(), flaw));
    await state.start();
    expect([reports, state.isWaiting]).toEqual([[], false]);
    expect(state.failure).not.toBeNull();
    await state.cancel();
    expect(reports).toEqual([{ outcome: 'failed', reason }]);
  });

  test('can be tried again after a failure', async () => {
    const key = new FakeKey();
    key.error = new Error('broken');
    const { reports, state } = setup({}, key);
    await state.start();
    key.error = null;
    await state.retry();
    expect([reports[0]?.outcome, state.failure]).toEqual(['done', null]);
  });

  test('cannot be used where the system has no such thing', async () => {
    const { bridge } = setup();
    const state = new SecurityKeyWindow(bridge.api, undefined);
    await state.start();
    expect(state.failure).toContain('can’t do what Coffer needs');
  });

  test('is waited for until the user gives up', async () => {
    const key: SecurityKeys = {
      create: (options) =>
        new Promise((_, reject) => {
          options?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        }),
      get: () => Promise.resolve(null),
    };
    const { reports, state } = setup({}, key);
    const started = state.start();
    await expect.poll(() => state.isWaiting).toBe(true);
    await state.cancel();
    await started;
    expect(reports).toEqual([{ outcome: 'failed', reason: 'cancelled' }]);
  });
});
