import { describe, expect, test } from 'vitest';
import { GenerateKeyPair } from '../../renderer/state/generate-key-pair.svelte';
import { KeyPairLabels } from '../../renderer/state/key-pair-labels.svelte';
import { TestBridge, later, refuse } from './bridge';
import { sampleDetail } from './samples';

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
    const form = new GenerateKeyPair(bridge.api, { account: 'ab'.repeat(16) });
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
        account: 'ab'.repeat(16),
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
