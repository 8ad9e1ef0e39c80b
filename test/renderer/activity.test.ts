import { describe, expect, test } from 'vitest';
import { Activity, byDay } from '../../renderer/state/activity.svelte';
import { deeds, wordsOf } from '../../renderer/state/activity-words';
import { dayText } from '../../renderer/state/formats';
import type { ActivityEvent, KindDescriptor } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { idOf, sampleFields } from './samples';

const kinds: readonly KindDescriptor[] = [
  {
    ...{ kind: 'key-pair', label: 'EC2 key pair', labelPlural: 'EC2 key pairs', isTyped: false, isDraggable: true },
    fields: [...sampleFields],
  },
];
const nowMs = new Date(2026, 10, 29, 14, 5).getTime();
const dayMs = 86_400_000;

function event(changes: Partial<ActivityEvent> = {}): ActivityEvent {
  return { atMs: nowMs, what: 'copied', recordId: idOf(1), title: 'Web', detail: 'publicKey', names: '', ...changes };
}

function setUp(events: ActivityEvent[]) {
  let isRefused = false;
  const held = { events };
  const bridge = new TestBridge({
    'activity:list': () => ({
      events: held.events,
      records: [{ id: idOf(1), kind: 'key-pair', title: 'Web 2', isInTrash: false }],
    }),
    'activity:clear': ({ olderThanDays }) => {
      if (isRefused) return refuse('read-only', 'vault: open for reading only');
      held.events =
        olderThanDays === null ? [] : held.events.filter(({ atMs }) => atMs >= nowMs - olderThanDays * dayMs);
      return {};
    },
  });
  return { bridge, activity: new Activity(bridge.api, () => kinds), refuseChanges: () => (isRefused = true) };
}

describe('what was done, in words', () => {
  test.each([
    [{}, 'Copied publicKey'],
    [{ detail: 'code' }, 'Copied MFA code'],
    [{ detail: 'code.ab12' }, 'Copied MFA code'],
    [{ detail: 'authorized-keys' }, 'Copied authorized_keys line'],
    [{ detail: 'of a later version' }, 'Copied'],
    [{ what: 'revealed', detail: 'privateKey' }, 'Revealed privateKey'],
    [{ what: 'exported', detail: 'pkcs1' }, 'Exported PKCS#1'],
    [{ what: 'exported', detail: 'constructor' }, 'Exported'],
    [{ what: 'imported', detail: '' }, 'Imported'],
    [{ what: 'imported', detail: '21', recordId: '' }, 'Imported 21 items'],
    [{ what: 'unlocked', recordId: '', detail: '' }, 'Unlocked the vault'],
    [{ what: 'unlocked', recordId: '', detail: 'made' }, 'Made the vault'],
    [{ what: 'exported', recordId: '', detail: 'vault-copy' }, 'Saved a copy of the vault'],
    [{ what: 'exported', recordId: '', detail: 'sheet-print' }, 'Printed the recovery sheet'],
    [{ what: 'exported', recordId: '', detail: 'sheet-pdf' }, 'Saved the recovery sheet as PDF'],
    [{ what: 'exported', recordId: '', detail: 'toString' }, 'Exported'],
    [{ what: 'something of a later version' }, 'Something else'],
  ])('%j is %s', (changes, words) => {
    expect(wordsOf(event(changes), 'key-pair', kinds)).toBe(words);
  });

  test('a field of a record that is gone still has its name', () => {
    expect(wordsOf(event(), null, kinds)).toBe('Copied publicKey');
  });
});

describe('activity', () => {
  test('names a record as it is called now, or by the name that was kept', async () => {
    const { activity } = setUp([event(), event({ recordId: idOf(2), title: 'Gone' }), event({ recordId: '' })]);
    expect(activity.events).toBeNull();
    await activity.load();
    expect(activity.entries.map(({ record }) => record)).toEqual([
      { id: idOf(1), title: 'Web 2', isInTrash: false },
      { id: null, title: 'Gone', isInTrash: false },
      null,
    ]);
    expect(new Set(activity.entries.map(({ key }) => key)).size).toBe(3);
  });

  test('is narrowed by words and by what was done, and shows all again', async () => {
    const others = deeds.slice(1).map(({ value }) => event({ what: value, detail: '' }));
    const { activity } = setUp([...others, event({ recordId: idOf(2), title: 'Prüfstand' })]);
    await activity.load();
    const narrowed = (query: string, what = 'all') => {
      activity.query = query;
      activity.what = what;
      return activity.entries.length;
    };
    expect([narrowed(''), narrowed('', 'revealed'), narrowed('pruf'), narrowed('copied web')]).toEqual([6, 1, 1, 1]);
    expect(narrowed('pruf', 'revealed')).toBe(0);
    activity.showAll();
    expect(activity.entries).toHaveLength(6);
  });

  test('an import of many is found by the name of each', async () => {
    const many = { what: 'imported', recordId: '', title: '', detail: '21', names: 'Bastion\nPrüfstand' };
    const { activity } = setUp([event(), event(many)]);
    await activity.load();
    activity.query = 'pruf';
    expect(activity.entries.map(({ words, record }) => [words, record])).toEqual([['Imported 21 items', null]]);
    activity.query = 'imported nothing';
    expect(activity.entries).toEqual([]);
  });

  test('is put together by days', async () => {
    const times = [nowMs, nowMs - 3600_000, nowMs - dayMs, nowMs - 9 * dayMs];
    const { activity } = setUp(times.map((atMs) => event({ atMs })));
    await activity.load();
    const lines = byDay(activity.entries, nowMs);
    expect(lines.map((line) => (line.type === 'day' ? line.text : '·'))).toEqual([
      ...['Today', '·', '·', 'Yesterday', '·', dayText(nowMs - 9 * dayMs, nowMs), '·'],
    ]);
    expect(dayText(nowMs - 9 * dayMs, nowMs)).toContain('2026');
    expect(byDay([], nowMs)).toEqual([]);
  });

  test('forgets what is older and shows the rest; a refusal is said and changes nothing', async () => {
    const { activity, bridge, refuseChanges } = setUp([event(), event({ atMs: nowMs - 50 * dayMs })]);
    await activity.load();
    expect(await activity.clear(30)).toBe(true);
    expect(bridge.requestsOf('activity:clear')).toEqual([{ olderThanDays: 30 }]);
    expect(activity.entries).toHaveLength(1);
    refuseChanges();
    expect(await activity.clear(null)).toBe(false);
    expect([activity.failure, activity.entries.length]).toEqual(['Vault: open for reading only.', 1]);
  });

  test('an answer that was overtaken is dropped, and a failure goes with the next answer', async () => {
    const slow = later<{ events: ActivityEvent[]; records: [] }>();
    let turn = 0;
    const bridge = new TestBridge({
      'activity:list': () => {
        turn += 1;
        if (turn === 1) return slow.promise;
        return turn === 2 ? refuse('vault-damaged', 'record: damaged') : { events: [event()], records: [] };
      },
    });
    const activity = new Activity(bridge.api, () => kinds);
    const first = activity.load();
    await activity.load();
    expect(activity.failure).toBe('Record: damaged.');
    await activity.load();
    slow.settle({ events: [], records: [] });
    await first;
    expect([activity.failure, activity.entries.length]).toEqual([null, 1]);
  });
});
