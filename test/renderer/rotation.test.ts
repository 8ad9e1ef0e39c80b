import { describe, expect, test } from 'vitest';
import { actions, done, hints } from '../../renderer/features/kinds/access-key/rotation-words';
import { Rotation } from '../../renderer/state/rotation.svelte';
import { TestBridge, later, refuse } from './bridge';
import { idOf, isWiped, sampleDetail } from './samples';

const id = idOf(1);

describe('the rotation of an access key', () => {
  test('the new key goes over without white space, its secret is wiped, and the form empties', async () => {
    let received = '';
    const bridge = new TestBridge({
      'access-key:begin-rotation': ({ secretAccessKey }) => {
        received = new TextDecoder().decode(secretAccessKey);
        return sampleDetail(1);
      },
    });
    const rotation = new Rotation(bridge.api, id);
    Object.assign(rotation, { isBeginning: true, accessKeyId: ' AKIA1 ', secret: ' s3cret\n' });
    expect((await rotation.begin())?.id).toBe(id);
    expect(received).toBe('s3cret');
    const [request] = bridge.requestsOf('access-key:begin-rotation');
    expect(request).toMatchObject({ id, accessKeyId: 'AKIA1' });
    expect(isWiped(request?.['secretAccessKey'])).toBe(true);
    expect([rotation.isBeginning, rotation.accessKeyId, rotation.secret]).toEqual([false, '', '']);
  });

  test('a refused key keeps the form open, and says why', async () => {
    const bridge = new TestBridge({
      'access-key:begin-rotation': () => refuse('bad-request', 'Access key: AWS gives each user at most two'),
    });
    const rotation = new Rotation(bridge.api, id);
    Object.assign(rotation, { isBeginning: true, accessKeyId: 'AKIA1', secret: 's' });
    expect(await rotation.begin()).toBeNull();
    expect([rotation.isBeginning, rotation.failure]).toEqual([true, 'Access key: AWS gives each user at most two.']);
  });

  test('one step is recorded at a time', async () => {
    const answer = later<ReturnType<typeof sampleDetail>>();
    const bridge = new TestBridge({ 'access-key:record-step': () => answer.promise });
    const rotation = new Rotation(bridge.api, id);
    const first = rotation.record('tested');
    expect(await rotation.record('deactivated')).toBeNull();
    answer.settle(sampleDetail(1));
    expect((await first)?.id).toBe(id);
    expect(bridge.requestsOf('access-key:record-step')).toEqual([{ id, step: 'tested' }]);
    expect(rotation.isBusy).toBe(false);
  });

  test('what was recorded is asked for', async () => {
    const known = { newKey: idOf(2), newKeyTitle: 'New', steps: [{ step: 'created' as const, atMs: 1 }] };
    const bridge = new TestBridge({ 'access-key:rotation': () => ({ ...known, next: ['tested' as const] }) });
    const rotation = new Rotation(bridge.api, id);
    await rotation.load();
    expect(rotation.known).toMatchObject({ newKeyTitle: 'New', next: ['tested'] });
  });

  test('the form is offered only where none was begun, and not where that is not known', async () => {
    const begun = { newKey: idOf(2), newKeyTitle: 'New', steps: [], next: [] };
    const answers = [() => null, () => begun, () => refuse('vault-damaged', 'record: damaged')];
    const offered = [];
    for (const answer of answers) {
      const rotation = new Rotation(new TestBridge({ 'access-key:rotation': answer }).api, id);
      await rotation.offerToBegin();
      offered.push(rotation.isBeginning);
    }
    expect(offered).toEqual([true, false, false]);
  });
});

test('each step has its words, and its command names the old key and the user', () => {
  const of = (step: keyof typeof done, user = 'ann') => hints(step, { oldKeyId: 'AKIA1', user });
  for (const step of Object.keys(done) as (keyof typeof done)[]) {
    expect([done[step].length > 5, actions[step].length > 5, of(step).text.length > 10]).toEqual([true, true, true]);
  }
  const update = 'aws iam update-access-key --access-key-id AKIA1 --user-name ann --status';
  expect(of('deactivated').command).toBe(`${update} Inactive`);
  expect(of('reactivated').command).toBe(`${update} Active`);
  expect(of('deleted').command).toBe('aws iam delete-access-key --access-key-id AKIA1 --user-name ann');
  // From before names were checked; and what is an operator in PowerShell.
  expect(of('deleted', "a b';rm").command).toContain(" --user-name 'a b'\\'';rm'");
  expect(of('deleted', 'a,b').command).toContain(" --user-name 'a,b'");
  expect(of('deleted', '').command).toBe('aws iam delete-access-key --access-key-id AKIA1');
});
