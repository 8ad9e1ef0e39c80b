import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
    expect(await bridge.get('settings:get', {})).toEqual({ lockAfterMinutes: 10, hideRevealedAfterSeconds: 30 });
    await bridge.get('settings:set', { lockAfterMinutes: 3, hideRevealedAfterSeconds: 5 });
    await bridge.lockAndUnlock();
    expect(await bridge.get('settings:get', {})).toEqual({ lockAfterMinutes: 3, hideRevealedAfterSeconds: 5 });
    expect((await bridge.get('record:list', everything)).total).toBe(0);
  });
});
