import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RequestOf } from '../../preload/contract';
import { defaultSettings } from '../../main/ipc/handlers/settings';
import { labels, setUpBridge } from '../support/bridge';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const everything = { query: '', view: 'all', sort: 'title', offset: 0, limit: 200 } as const;
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('records', () => {
  test('a generated key pair is listed, found and shown without its private key', async () => {
    const made = await bridge.get('key-pair:generate', labels({ tags: ['prod'], notes: 'first host' }));
    const { rows, total } = await bridge.get('record:list', { ...everything, query: 'PROD server' });
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({ id: made.id, title: 'Web server', tags: ['prod'] });
    const detail = await bridge.get('record:get', { id: made.id });
    expect(detail.values).toMatchObject({ keyName: 'web-server', region: 'eu-west-1', notes: 'first host' });
    expect(JSON.stringify(detail)).not.toMatch(/PRIVATE KEY/);
    expect(detail.values).not.toHaveProperty('privateKey');
    expect(detail.secrets).toEqual(['privateKey']);
  });

  test('the private key crosses only when one field is revealed, and only that field', async () => {
    const { id } = await bridge.get('key-pair:generate', labels());
    const { value, hideAfterSeconds } = await bridge.get('record:reveal', { id, field: 'privateKey' });
    expect(textOf(value)).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----/);
    expect(hideAfterSeconds).toBe(30);
    for (const field of ['publicKey', 'notes', 'constructor']) {
      expect(await bridge.call('record:reveal', { id, field })).toMatchObject({ error: { code: 'bad-request' } });
    }
    expect(await bridge.call('record:copy', { id, field: 'privateKey' })).toMatchObject({
      error: { code: 'bad-request' },
    });
  });

  test('copying a public field puts it on the clipboard', async () => {
    const { id, values } = await bridge.get('key-pair:generate', labels());
    await bridge.get('record:copy', { id, field: 'publicKey' });
    expect(bridge.copied).toEqual([values['publicKey']]);
  });

  test('what may be edited is edited, and stays after lock and unlock', async () => {
    const { id } = await bridge.get('key-pair:generate', labels());
    const changes = { title: 'New', tags: ['a', 'b'], isFavourite: true, notes: 'n', values: { region: 'us-east-1' } };
    await bridge.get('record:update', { id, changes });
    await bridge.lockAndUnlock();
    const detail = await bridge.get('record:get', { id });
    expect(detail).toMatchObject({ title: 'New', tags: ['a', 'b'], isFavourite: true });
    expect(detail.values).toMatchObject({ notes: 'n', region: 'us-east-1' });
    expect((await bridge.get('record:list', { ...everything, view: 'favourites' })).total).toBe(1);
  });

  test('a field against the rules is named, and nothing is changed', async () => {
    const before = await bridge.get('key-pair:generate', labels());
    const reply = await bridge.call('record:update', {
      id: before.id,
      changes: { title: 'x', values: { keyName: ' a' } },
    });
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(reply.ok ? '' : reply.error.message).toContain('EC2 key pair name');
    expect(await bridge.get('record:get', { id: before.id })).toEqual(before);
  });

  test('the trash holds a record until it is restored or deleted for ever', async () => {
    const { id } = await bridge.get('key-pair:generate', labels());
    expect(await bridge.call('record:purge', { id })).toMatchObject({ error: { code: 'bad-request' } });
    await bridge.get('record:trash', { id });
    expect((await bridge.get('record:list', everything)).total).toBe(0);
    expect((await bridge.get('record:list', { ...everything, view: 'trash' })).total).toBe(1);
    await bridge.get('record:restore', { id });
    expect((await bridge.get('record:list', everything)).total).toBe(1);
    await bridge.get('record:trash', { id });
    await bridge.get('record:purge', { id });
    await bridge.lockAndUnlock();
    expect((await bridge.get('record:list', { ...everything, view: 'trash' })).total).toBe(0);
    expect(await bridge.call('record:get', { id })).toMatchObject({ error: { code: 'not-found' } });
  });

  test('a list can be narrowed by kind, account and tag, and says what there is to narrow by', async () => {
    const account = await bridge.get('record:create', {
      ...{ kind: 'account', title: 'Production', tags: ['prod'], secrets: {} },
      values: { accountId: '123456789012' },
    });
    const key = await bridge.get('key-pair:generate', labels({ tags: ['prod', 'web'] }));
    const note = await bridge.get('record:create', {
      ...{ kind: 'sign-in', title: 'Root', tags: [], values: { account: account.id, email: 'a@example.com' } },
      secrets: { password: new TextEncoder().encode('secret') },
    });
    const idsOf = async (filter: Partial<{ kind: string; account: string; tag: string }>) => {
      const whole = { kind: null, account: null, tag: null, ...filter };
      return (await bridge.get('record:list', { ...everything, filter: whole })).rows.map(({ id }) => id).sort();
    };
    expect(await idsOf({ kind: 'key-pair' })).toEqual([key.id]);
    expect(await idsOf({ account: account.id })).toEqual([account.id, note.id].sort());
    expect(await idsOf({ tag: 'prod' })).toEqual([account.id, key.id].sort());
    expect(await idsOf({ tag: 'prod', kind: 'account' })).toEqual([account.id]);
    const facets = await bridge.get('record:facets', {});
    expect(facets).toMatchObject({
      ...{ total: 3, favourites: 0, trashed: 0 },
      accounts: [{ id: account.id, title: 'Production', count: 2 }],
      tags: [
        { tag: 'prod', count: 2 },
        { tag: 'web', count: 1 },
      ],
    });
    await bridge.get('record:trash', { id: account.id });
    expect(await bridge.get('record:facets', {})).toMatchObject({ total: 2, trashed: 1, accounts: [] });
  });

  test('one step for many records: what refuses is counted, the rest is done', async () => {
    const made = [];
    for (const title of ['a', 'b', 'c'])
      made.push(await bridge.get('key-pair:generate', labels({ title, tags: ['x'] })));
    const { ids } = await bridge.get('record:ids', { query: '', view: 'all', sort: 'title', offset: 0, limit: 10_000 });
    expect(ids).toEqual(made.map(({ id }) => id));
    const part = { query: 'server', view: 'all', sort: 'title', offset: 1, limit: 1 } as const;
    expect(await bridge.get('record:ids', part)).toEqual({ ids: [ids[1]] });
    const gone = 'f'.repeat(32);
    const step = (action: RequestOf<'record:bulk'>['action'], of: string[] = ids) =>
      bridge.get('record:bulk', { ids: of, action });
    expect(await step({ type: 'tag', add: ['y', 'x'], remove: [] }, [...ids, gone])).toEqual({
      ...{ done: 3, refused: 1, retagged: ids.map((id) => ({ id, before: ['x'], after: ['x', 'y'] })) },
      ...{ reason: 'item: there is none with this id', isOver: false },
    });
    expect((await bridge.get('record:get', { id: ids[0]! })).tags).toEqual(['x', 'y']);
    const before = await bridge.get('record:get', { id: ids[0]! });
    bridge.clock.nowMs += 1000;
    expect(await step({ type: 'tag', add: ['y'], remove: ['none'] })).toMatchObject({ done: 3, retagged: [] });
    expect(await bridge.get('record:get', { id: ids[0]! })).toEqual(before);
    const many = Array.from({ length: 100 }, (_, n) => `tag ${n}`);
    expect(await step({ type: 'tag', add: many, remove: [] })).toMatchObject({
      ...{ done: 0, refused: 3 },
      reason: 'Tags: expected at most 100 on an item',
    });
    await step({ type: 'tag', add: [], remove: ['x'] });
    expect((await bridge.get('record:get', { id: ids[2]! })).tags).toEqual(['y']);
    expect(await step({ type: 'purge' })).toMatchObject({ done: 0, refused: 3 });
    expect(await step({ type: 'trash' })).toEqual({ done: 3, refused: 0, reason: '', isOver: false, retagged: [] });
    expect(await step({ type: 'restore' }, [ids[0]!])).toMatchObject({ done: 1 });
    expect(await step({ type: 'purge' })).toMatchObject({ done: 2, refused: 1 });
    expect((await bridge.get('record:list', everything)).rows.map(({ id }) => id)).toEqual([ids[0]]);
  });

  test('a change of tags is undone exactly, and not for an item that has got others since', async () => {
    const tagsOf = async (id: string) => (await bridge.get('record:get', { id })).tags;
    const given = [['b', 'a', 'x'], ['y'], [], ['x', 'y']];
    const ids: string[] = [];
    for (const tags of given) ids.push((await bridge.get('key-pair:generate', labels({ tags }))).id);
    const { retagged } = await bridge.get('record:bulk', { ids, action: { type: 'tag', add: ['y'], remove: ['x'] } });
    expect(await Promise.all(ids.map(tagsOf))).toEqual([['b', 'a', 'y'], ['y'], ['y'], ['y']]);
    // What the step did not change is not touched.
    expect(retagged.map(({ id }) => id)).toEqual([ids[0], ids[2], ids[3]]);
    await bridge.get('record:update', { id: ids[2]!, changes: { tags: ['mine'] } });
    expect(await bridge.get('record:put-tags-back', { items: retagged })).toEqual({
      ...{ done: 2, refused: 1, isOver: false },
      reason: 'tags: the item has got others since',
    });
    expect(await Promise.all(ids.map(tagsOf))).toEqual([['b', 'a', 'x'], ['y'], ['mine'], ['x', 'y']]);
  });

  test('200 names, tags and notes come back exactly', { timeout: 120_000 }, async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('\u202e', '\u05d0', '\u0627', '\u200f', 'a', ' ', '\u2067'),
        minLength: 1,
        maxLength: 40,
      }),
      fc.string({ unit: fc.constantFrom('😀', '👩‍👩‍👧', '🇪🇺', 'é', 'e\u0301', '\ud800'), minLength: 1, maxLength: 40 }),
      fc.constantFrom(
        `'; DROP TABLE secret; --`,
        '<img src=x onerror=alert(1)>',
        '\0',
        '\r\n\t',
        '../../etc/passwd',
        '%s%n',
      ),
      fc.integer({ min: 1, max: 10_000 }).map((length) => 'ü'.repeat(length)),
      fc.constant('x'.repeat(10_000)),
    );
    const made = fc.sample(
      fc.record({ title: hostile, tags: fc.array(hostile, { maxLength: 4 }), notes: hostile }),
      200,
    );
    const ids: string[] = [];
    for (const texts of made) ids.push((await bridge.get('key-pair:generate', labels(texts))).id);
    await bridge.lockAndUnlock();
    for (const [index, { title, tags, notes }] of made.entries()) {
      const detail = await bridge.get('record:get', { id: ids[index] ?? '' });
      expect(detail.title).toBe(title);
      expect(detail.tags).toEqual(tags);
      expect(detail.values['notes']).toBe(notes);
    }
    expect((await bridge.get('record:list', everything)).total).toBe(200);
  });

  test('settings are kept in the vault', async () => {
    expect(await bridge.get('settings:get', {})).toEqual({
      ...defaultSettings,
      lockAfterMinutes: 10,
      hideRevealedAfterSeconds: 30,
    });
    await bridge.get('settings:set', { ...defaultSettings, lockAfterMinutes: 3, hideRevealedAfterSeconds: 5 });
    await bridge.lockAndUnlock();
    expect(await bridge.get('settings:get', {})).toEqual({
      ...defaultSettings,
      lockAfterMinutes: 3,
      hideRevealedAfterSeconds: 5,
    });
    expect((await bridge.get('record:list', everything)).total).toBe(0);
  });
});
