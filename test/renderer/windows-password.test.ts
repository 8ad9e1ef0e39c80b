import { describe, expect, test } from 'vitest';
import { heldSentence, heldWord } from '../../renderer/features/compare-key-pairs/held-words';
import { PastedOrFile } from '../../renderer/state/pasted-or-file.svelte';
import type { RecordDetail } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { sampleDetail } from './samples';

const { id } = sampleDetail(1);

function decryptForm(bridge: TestBridge): PastedOrFile<RecordDetail> {
  return new PastedOrFile((pasted) => bridge.api.windowsPassword.decrypt({ id, pasted }), 'Paste the password data.');
}

describe('decrypt a Windows password', () => {
  test('what was pasted is sent as bytes, which are wiped, and the input is emptied', async () => {
    const seen: string[] = [];
    const bridge = new TestBridge({
      'windows-password:decrypt': ({ pasted }) => {
        seen.push(new TextDecoder().decode(pasted ?? new Uint8Array()));
        return sampleDetail(1);
      },
    });
    const form = decryptForm(bridge);
    form.pasted = '{"PasswordData": "QUJD"}';
    expect((await form.submit())?.id).toBe(id);
    expect(seen).toEqual(['{"PasswordData": "QUJD"}']);
    expect(form.pasted).toBe('');
    const sent = bridge.requestsOf('windows-password:decrypt')[0]?.['pasted'];
    expect(sent instanceof Uint8Array && sent.every((byte) => byte === 0)).toBe(true);
  });

  test('nothing pasted is said without asking', async () => {
    const form = decryptForm(new TestBridge({}));
    form.pasted = ' \n';
    expect(await form.submit()).toBeNull();
    expect(form.failure).toBe('Paste the password data.');
  });

  test('a refusal is shown, and what was pasted stays for another try', async () => {
    const bridge = new TestBridge({
      'windows-password:decrypt': () => refuse('bad-request', 'password data: it is empty, so it is not ready yet'),
    });
    const form = decryptForm(bridge);
    form.pasted = '{"PasswordData": ""}';
    expect(await form.submit()).toBeNull();
    expect(form.failure).toContain('not ready yet');
    expect([form.isBusy, form.pasted]).toEqual([false, '{"PasswordData": ""}']);
  });

  test('a file is picked by the main process; a closed dialog says nothing', async () => {
    const bridge = new TestBridge({ 'windows-password:decrypt': () => null });
    const form = decryptForm(bridge);
    expect(await form.openFile()).toBeNull();
    expect([form.failure, form.isBusy]).toEqual([null, false]);
    expect(bridge.requestsOf('windows-password:decrypt')).toEqual([{ id, pasted: null }]);
  });

  test('it is sent once, however often the button is pressed', async () => {
    const answer = later<RecordDetail>();
    const bridge = new TestBridge({ 'windows-password:decrypt': () => answer.promise });
    const form = decryptForm(bridge);
    form.pasted = 'QUJD';
    const running = form.submit();
    expect(await form.submit()).toBeNull();
    answer.settle(sampleDetail(1));
    expect(await running).not.toBeNull();
    expect(bridge.requestsOf('windows-password:decrypt')).toHaveLength(1);
  });
});

describe('words about EC2’s key pairs', () => {
  const row = (...has: boolean[]) => ({
    keyName: 'k',
    fingerprint: 'f',
    keyType: 'rsa',
    keyPairId: '',
    held: has.map((hasPrivateKey, index) => ({ id: String(index).repeat(32), title: 't', hasPrivateKey })),
  });

  test('tell a private key from a public one, and both from nothing', () => {
    expect([row(), row(false), row(true, false)].map(heldWord)).toEqual(['Not here', 'Public key alone', 'Held as']);
  });

  test('count the private keys', () => {
    expect(heldSentence([])).toMatch(/no key pairs/);
    expect(heldSentence([row(true)])).toBe('EC2 has 1 key pair. The private keys of 1 are in this vault.');
    expect(heldSentence([row(true), row(false), row()])).toBe(
      'EC2 has 3 key pairs. The private keys of 1 are in this vault.',
    );
  });
});
