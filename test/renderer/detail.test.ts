import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CurrentRecord } from '../../renderer/state/current-record.svelte';
import { RecordDraft } from '../../renderer/state/record-draft.svelte';
import type { RecordDetail } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { idOf, sampleDetail, sampleFields } from './samples';

describe('open record', () => {
  test('a slow answer does not push away the record that was chosen after it', async () => {
    const slow = later<RecordDetail>();
    const bridge = new TestBridge({ 'record:get': ({ id }) => (id === idOf(1) ? slow.promise : sampleDetail(2)) });
    const current = new CurrentRecord(bridge.api);
    const first = current.open(idOf(1));
    await current.open(idOf(2));
    slow.settle(sampleDetail(1));
    await first;
    expect(current.detail?.id).toBe(idOf(2));
  });

  test('one that is gone leaves the pane empty', async () => {
    let isGone = false;
    const bridge = new TestBridge({ 'record:get': () => (isGone ? refuse('not-found') : sampleDetail(1)) });
    const current = new CurrentRecord(bridge.api);
    await current.open(idOf(1));
    isGone = true;
    await current.refresh();
    expect([current.detail, current.failure]).toEqual([null, null]);
  });

  test('the star is kept by the vault, not by the screen', async () => {
    const bridge = new TestBridge({
      'record:get': () => sampleDetail(1),
      'record:update': ({ changes }) => sampleDetail(1, { isFavourite: changes.isFavourite ?? false }),
    });
    const current = new CurrentRecord(bridge.api);
    await current.open(idOf(1));
    await current.toggleFavourite();
    expect(bridge.requestsOf('record:update')).toEqual([{ id: idOf(1), changes: { isFavourite: true } }]);
    expect(current.detail?.isFavourite).toBe(true);
  });

  test('a refused change keeps the form open and says why', async () => {
    const bridge = new TestBridge({
      'record:get': () => sampleDetail(1),
      'record:update': () => refuse('bad-request', 'keyName: expected 1 to 255 ASCII characters'),
    });
    const current = new CurrentRecord(bridge.api);
    await current.open(idOf(1));
    current.isEditing = true;
    expect(await current.save({ title: 'New' })).toBe(false);
    expect(current.isEditing).toBe(true);
    expect(current.failure).toBe('EC2 key pair name: expected 1 to 255 ASCII characters.');
  });

  test('trash, restore and delete for ever empty the pane', async () => {
    const bridge = new TestBridge({
      'record:get': () => sampleDetail(1),
      'record:trash': () => ({}),
      'record:restore': () => ({}),
      'record:purge': () => ({}),
    });
    const current = new CurrentRecord(bridge.api);
    for (const leave of ['trash', 'restore', 'purge'] as const) {
      await current.open(idOf(1));
      expect((await current[leave]()).ok).toBe(true);
      expect(current.detail).toBeNull();
      expect(bridge.requestsOf(`record:${leave}`)).toEqual([{ id: idOf(1) }]);
    }
  });
});

describe('form of a record', () => {
  test('what was not touched is not sent', () => {
    const draft = new RecordDraft(sampleDetail(1), sampleFields);
    expect(draft.changes()).toEqual({});
    expect(draft.isChanged).toBe(false);
  });

  test('draws the fields that can be edited, and title, tags and notes by itself', () => {
    const draft = new RecordDraft(sampleDetail(1), sampleFields);
    expect(draft.fields.map(({ name }) => name)).toEqual(['keyName', 'region']);
    expect(draft.notes).toBe('first\nsecond');
  });

  test('sends each change alone', () => {
    const changeOne: [change: (draft: RecordDraft) => void, sent: object][] = [
      [(draft) => (draft.title = 'T'), { title: 'T' }],
      [(draft) => (draft.tags = ['a']), { tags: ['a'] }],
      [(draft) => (draft.notes = ''), { notes: '' }],
      [(draft) => (draft.values['region'] = 'us-east-1'), { values: { region: 'us-east-1' } }],
    ];
    for (const [change, sent] of changeOne) {
      const draft = new RecordDraft(sampleDetail(1), sampleFields);
      change(draft);
      expect(draft.changes()).toEqual(sent);
    }
  });

  test('any text crosses the bridge as it was typed', async () => {
    const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(anyText, fc.uniqueArray(anyText, { maxLength: 5 }), anyText, async (title, tags, notes) => {
        let received: unknown = null;
        const bridge = new TestBridge({
          'record:get': () => sampleDetail(1, { title: 'before', values: {} }),
          'record:update': ({ changes }) => {
            received = changes;
            return sampleDetail(1);
          },
        });
        const current = new CurrentRecord(bridge.api);
        await current.open(idOf(1));
        const draft = new RecordDraft(current.detail!, sampleFields);
        Object.assign(draft, { title, tags, notes });
        draft.values['keyName'] = title;
        await current.save(draft.changes());
        const expected = { title, notes, values: { keyName: title }, ...(tags.length === 0 ? {} : { tags }) };
        expect(received).toEqual(title === 'before' ? { ...expected, title: undefined } : expected);
      }),
      { numRuns: 200 },
    );
  });
});
