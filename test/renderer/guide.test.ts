import { describe, expect, test } from 'vitest';
import { Guide, type GuideTask, actionsOf, candidateText, othersText } from '../../renderer/state/guide.svelte';
import { TestBridge, later, refuse } from './bridge';
import { idOf, sampleRow } from './samples';

const task = (id: string): GuideTask => ({
  ...{ id, title: id, about: '', today: '', steps: [], isReady: false, needs: [], sources: [] },
});
const groups = [
  { group: 'Instances', tasks: [row('ssh', 'Log in by SSH', ['putty']), row('rdp', 'Remote Desktop', [])] },
  { group: 'Sharing', tasks: [row('share-ami', 'Share an image', ['AMI'])] },
];

function row(id: string, title: string, words: string[]) {
  return { id, title, about: `about ${id}`, words };
}

describe('the guide', () => {
  test('finds tasks by title, text and old names, under their headings', async () => {
    const bridge = new TestBridge({
      'guide:tasks': () => groups,
      'record:pick': () => ({ rows: [sampleRow(4, { kind: 'account' })], total: 1 }),
    });
    const guide = new Guide(bridge.api);
    await guide.load();
    const found = (query: string) => {
      guide.query = query;
      return guide.found.flatMap(({ tasks }) => tasks.map(({ id }) => id));
    };
    expect(found('')).toEqual(['ssh', 'rdp', 'share-ami']);
    expect(found('PuTTY log')).toEqual(['ssh']);
    expect(found('ami')).toEqual(['share-ami']);
    expect(found('nothing of the kind')).toEqual([]);
    expect(guide.accounts.map(({ id }) => id)).toEqual([idOf(4)]);
  });

  test('asks again for another account, and takes the last answer that was asked for', async () => {
    const slow = later<GuideTask>();
    const bridge = new TestBridge({ 'guide:task': ({ taskId }) => (taskId === 'ssh' ? slow.promise : task(taskId)) });
    const guide = new Guide(bridge.api);
    const first = guide.choose('ssh');
    await guide.choose('rdp');
    slow.settle(task('ssh'));
    await first;
    expect(guide.task?.id).toBe('rdp');
    await guide.chooseAccount(idOf(4));
    expect(bridge.requestsOf('guide:task').at(-1)).toEqual({ taskId: 'rdp', account: idOf(4) });
    await guide.choose(null);
    expect(guide.task).toBeNull();
  });

  test('a failure is said', async () => {
    const guide = new Guide(new TestBridge({ 'guide:task': () => refuse('not-found', 'task: there is none') }).api);
    await guide.choose('fly');
    expect([guide.task, guide.failure]).toEqual([null, 'Task: there is none.']);
  });
});

test('records that were not looked at are told, with the way to look at fewer', () => {
  expect(othersText({ others: 80, unseen: 0 }, false)).toBe('And 80 more.');
  expect(othersText({ others: 2980, unseen: 2000 }, false)).toMatch(
    /2,000 of them were not looked at.*Choose an account/,
  );
  expect(othersText({ others: 2980, unseen: 2000 }, true)).not.toMatch(/account/);
});

test('a record that does not serve says why, and is opened to see to it', () => {
  const copy = { type: 'copy' as const, field: 'user' };
  const candidate = { id: idOf(1), kind: 'sign-in', title: 'Ann', trouble: null, missing: [], actions: [copy] };
  expect([candidateText(candidate), actionsOf(candidate)]).toEqual(['Ann', [copy]]);
  const incomplete = { ...candidate, trouble: 'incomplete' as const, missing: ['Password', 'MFA device'] };
  expect([candidateText(incomplete), actionsOf(incomplete)]).toEqual([
    'Ann — lacks password, MFA device',
    [{ type: 'open' }],
  ]);
  expect(candidateText({ ...candidate, trouble: 'not-yet-valid' })).toBe('Ann — not valid yet');
});
