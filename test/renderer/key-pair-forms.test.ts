import { describe, expect, test } from 'vitest';
import { GenerateKeyPair } from '../../renderer/state/generate-key-pair.svelte';
import { ImportKey } from '../../renderer/state/import-key.svelte';
import { KeyPairLabels } from '../../renderer/state/key-pair-labels.svelte';
import { TestBridge, later, refuse } from './bridge';
import { sampleDetail } from './samples';

const isWiped = (bytes: unknown) =>
  bytes instanceof Uint8Array && bytes.length > 0 && bytes.every((byte) => byte === 0);

describe('names of a new key pair', () => {
  test('the EC2 name follows the title until it is edited, and again once it is emptied', () => {
    const labels = new KeyPairLabels();
    labels.typeTitle('Web server');
    expect(labels.keyName).toBe('web-server');
    labels.typeKeyName('my-own');
    labels.typeTitle('Web server 2');
    expect(labels.keyName).toBe('my-own');
    labels.typeKeyName('');
    labels.typeTitle('Web server 3');
    expect(labels.keyName).toBe('web-server-3');
  });
});

describe('generate a key pair', () => {
  test('sends what was typed, exactly', async () => {
    const bridge = new TestBridge({ 'key-pair:generate': () => sampleDetail(1) });
    const form = new GenerateKeyPair(bridge.api);
    form.labels.typeTitle('  <b>Büro</b>  ');
    form.labels.typeKeyName('office');
    Object.assign(form.labels, { region: 'eu-west-1', comment: 'me@here', tags: ['a, b', ' c '], notes: '\nx' });
    form.algorithm = 'ed25519';
    expect((await form.submit())?.id).toBe(sampleDetail(1).id);
    expect(bridge.requestsOf('key-pair:generate')).toEqual([
      {
        algorithm: 'ed25519',
        title: '  <b>Büro</b>  ',
        keyName: 'office',
        region: 'eu-west-1',
        comment: 'me@here',
        tags: ['a, b', ' c '],
        notes: '\nx',
      },
    ]);
  });

  test('takes RSA 2048 unless told otherwise, and asks for a name', async () => {
    const bridge = new TestBridge({});
    const form = new GenerateKeyPair(bridge.api);
    expect(form.algorithm).toBe('rsa-2048');
    expect(await form.submit()).toBeNull();
    expect(form.failure).toContain('Name');
    expect(bridge.sent).toHaveLength(0);
  });

  test('can be given up while it runs, and then says nothing', async () => {
    const answer = later<ReturnType<typeof refuse>>();
    const bridge = new TestBridge({
      'key-pair:generate': () => answer.promise,
      'key-pair:cancel': () => {
        answer.settle(refuse('cancelled'));
        return {};
      },
    });
    const form = new GenerateKeyPair(bridge.api);
    form.labels.typeTitle('Big');
    const running = form.submit();
    expect(form.isBusy).toBe(true);
    await form.cancel();
    expect(await running).toBeNull();
    expect([form.isBusy, form.failure]).toEqual([false, null]);
  });

  test('cancel sends nothing while none is made', async () => {
    const bridge = new TestBridge({});
    await new GenerateKeyPair(bridge.api).cancel();
    expect(bridge.sent).toHaveLength(0);
  });
});

describe('import a private key', () => {
  test('asks for the passphrase only when the key needs one, and lets the user try again', async () => {
    const bridge = new TestBridge({
      'key-pair:pick-file': () => ({ fileName: 'old-server.pem' }),
      'key-pair:import': ({ passphrase }) => {
        if (passphrase === null) return refuse('passphrase-needed', 'passphrase: this key file is protected by one');
        return new TextDecoder().decode(passphrase) === 'right' ? sampleDetail(1) : refuse('wrong-passphrase');
      },
    });
    const form = new ImportKey(bridge.api);
    await form.pickFile();
    expect([form.fileName, form.labels.title, form.labels.keyName]).toEqual([
      'old-server.pem',
      'old-server',
      'old-server',
    ]);
    expect(await form.submit()).toBeNull();
    expect(form.needsPassphrase).toBe(true);
    form.passphrase = 'wrong';
    expect(await form.submit()).toBeNull();
    expect(form.passphrase).toBe('');
    form.passphrase = 'right';
    expect(await form.submit()).not.toBeNull();
    const sent = bridge.requestsOf('key-pair:import');
    expect(sent[0]?.['pasted']).toBeNull();
    expect(sent.slice(1).every(({ passphrase }) => isWiped(passphrase))).toBe(true);
  });

  test('pasted text goes as bytes that are wiped, and leaves the form', async () => {
    let received = '';
    const bridge = new TestBridge({
      'key-pair:import': ({ pasted }) => {
        received = new TextDecoder().decode(pasted ?? new Uint8Array());
        return sampleDetail(1);
      },
    });
    const form = new ImportKey(bridge.api);
    form.use('paste');
    form.pasted = '-----BEGIN RSA PRIVATE KEY-----\n';
    form.labels.typeTitle('Pasted');
    expect(await form.submit()).not.toBeNull();
    expect(received).toBe('-----BEGIN RSA PRIVATE KEY-----\n');
    expect(form.pasted).toBe('');
    expect(isWiped(bridge.requestsOf('key-pair:import')[0]?.['pasted'])).toBe(true);
  });

  test('another file does not inherit the passphrase question', async () => {
    const bridge = new TestBridge({
      'key-pair:pick-file': () => ({ fileName: 'next' }),
      'key-pair:import': () => refuse('passphrase-needed'),
    });
    const form = new ImportKey(bridge.api);
    await form.pickFile();
    await form.submit();
    form.passphrase = 'typed';
    await form.pickFile();
    expect([form.needsPassphrase, form.passphrase]).toEqual([false, '']);
  });

  test('says what is missing without asking the main process', async () => {
    const bridge = new TestBridge({ 'key-pair:pick-file': () => null });
    const form = new ImportKey(bridge.api);
    await form.pickFile();
    expect(await form.submit()).toBeNull();
    expect(form.failure).toBe('Choose the file of the private key.');
    form.use('paste');
    expect(await form.submit()).toBeNull();
    expect(form.failure).toBe('Paste the private key.');
    expect(bridge.requestsOf('key-pair:import')).toHaveLength(0);
  });
});
