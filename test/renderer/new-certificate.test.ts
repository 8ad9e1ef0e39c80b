import { describe, expect, test } from 'vitest';
import { NewCertificate } from '../../renderer/state/new-certificate.svelte';
import type { RecordDetail } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { idOf, isWiped, sampleDetail } from './samples';

const given = { account: idOf(2), user: 'ann' };

describe('a new signing certificate', () => {
  test('is made from what was typed, for the account that was chosen', async () => {
    const bridge = new TestBridge({ 'certificate:generate': () => sampleDetail(1) });
    const form = new NewCertificate(bridge.api, given);
    Object.assign(form, { title: 'Signing', commonName: 'ann', validDays: 90, bits: '4096', tags: ['x'] });
    expect((await form.submit())?.id).toBe(idOf(1));
    expect(bridge.requestsOf('certificate:generate')).toEqual([
      {
        ...{ title: 'Signing', tags: ['x'], values: given },
        ...{ bits: '4096', commonName: 'ann', organization: '', organizationalUnit: '', locality: '', state: '' },
        ...{ country: '', email: '', validDays: 90 },
      },
    ]);
  });

  test('asks for a name, and for a file to take in, before anything is sent', async () => {
    const bridge = new TestBridge({});
    const form = new NewCertificate(bridge.api, {});
    expect(await form.submit()).toBeNull();
    expect(form.failure).toContain('Name');
    Object.assign(form, { title: 'Signing', way: 'files' });
    expect(await form.submit()).toBeNull();
    expect(form.failure).toContain('file of the certificate');
    expect(bridge.sent).toHaveLength(0);
  });

  test('from an encrypted file asks for the passphrase, whose bytes are wiped', async () => {
    let isFirst = true;
    const bridge = new TestBridge({
      'certificate:pick-file': () => ({ fileName: 'pair.p12' }),
      'certificate:import': () => {
        if (!isFirst) return sampleDetail(1);
        isFirst = false;
        return refuse('passphrase-needed', 'file: it is encrypted');
      },
    });
    const form = new NewCertificate(bridge.api, {});
    Object.assign(form, { title: 'Signing', way: 'files' });
    await form.pick('certificate');
    expect(form.certificateFile).toBe('pair.p12');
    expect(await form.submit()).toBeNull();
    expect(form.needsPassphrase).toBe(true);
    form.passphrase = 'pass phrase';
    expect((await form.submit())?.id).toBe(idOf(1));
    const [first, second] = bridge.requestsOf('certificate:import');
    expect(first?.['passphrase']).toBeNull();
    expect(isWiped(second?.['passphrase'])).toBe(true);
    expect(form.passphrase).toBe('');
  });

  test('that is given up leaves the form as it is, without a failure', async () => {
    const answer = later<RecordDetail | ReturnType<typeof refuse>>();
    const bridge = new TestBridge({
      'certificate:generate': () => answer.promise,
      'certificate:cancel': () => {
        answer.settle(refuse('cancelled', 'cancelled'));
        return {};
      },
    });
    const form = new NewCertificate(bridge.api, {});
    Object.assign(form, { title: 'Signing', commonName: 'ann' });
    const made = form.submit();
    await form.cancel();
    expect(await made).toBeNull();
    expect([form.failure, form.isBusy, form.title]).toEqual([null, false, 'Signing']);
  });

  test('a dialog that was closed changes nothing', async () => {
    const form = new NewCertificate(new TestBridge({ 'certificate:pick-file': () => null }).api, {});
    await form.pick('key');
    expect([form.keyFile, form.failure]).toEqual([null, null]);
  });
});
