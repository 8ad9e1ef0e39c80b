import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { labels, setUpBridge } from '../support/bridge';
import { bytesOf } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const secretAccessKey = () => bytesOf('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
const create = (kind: string, values: Record<string, string>, secrets: Record<string, Uint8Array> = {}) =>
  bridge.get('record:create', { kind, title: kind, tags: [], values, secrets });
const same = async (kind: string, values: Record<string, string>, id: string | null = null) =>
  (await bridge.get('record:same', { kind, id, values })).rows.map((row) => row.id);

describe('the same credential', () => {
  test.each([
    { kind: 'account', values: { accountId: '1234-5678-9012' }, again: { accountId: '123456789012' } },
    { kind: 'account', values: { canonicalId: 'AB'.repeat(32) }, again: { canonicalId: 'ab'.repeat(32) } },
    { kind: 'sign-in', values: { email: 'Owner@example.com' }, again: { email: 'owner@example.com' } },
    { kind: 'sign-in', values: { user: 'ann' }, again: { user: 'Ann' } },
    {
      kind: 'windows-password',
      values: { instanceId: 'i-0123456789abcdef0' },
      again: { instanceId: 'i-0123456789abcdef0', userName: 'administrator' },
    },
  ])('of kind $kind is found by what it is, before it is kept', async ({ kind, values, again }) => {
    const { id } = await create(kind, values);
    expect(await same(kind, again)).toEqual([id]);
    expect(await same(kind, again, id)).toEqual([]);
    await bridge.get('record:trash', { id });
    expect(await same(kind, again)).toEqual([]);
  });

  test('of an access key is found by its ID, also where another record is edited to it', async () => {
    const first = await create(
      'access-key',
      { accessKeyId: 'AKIAQNZGKIQY56JQ7WML' },
      { secretAccessKey: secretAccessKey() },
    );
    const second = await create(
      'access-key',
      { accessKeyId: 'AKIAQNZGKIQY56JQ7WMM' },
      { secretAccessKey: secretAccessKey() },
    );
    expect(await same('access-key', { accessKeyId: 'AKIAQNZGKIQY56JQ7WML' }, second.id)).toEqual([first.id]);
    expect(await same('access-key', { user: 'ann' }, second.id)).toEqual([]);
  });

  test('another user of the same instance is another credential', async () => {
    await create('windows-password', { instanceId: 'i-0123456789abcdef0' });
    expect(await same('windows-password', { instanceId: 'i-0123456789abcdef0', userName: 'bob' })).toEqual([]);
  });

  test('kept twice is told by both records', async () => {
    const [one, two] = [
      await create('account', { accountId: '123456789012' }),
      await create('account', { accountId: '123456789012' }),
    ];
    expect(two.sameAs.map(({ id }) => id)).toEqual([one.id]);
    expect((await bridge.get('record:get', { id: one.id })).sameAs.map(({ id }) => id)).toEqual([two.id]);
    await bridge.get('record:trash', { id: two.id });
    expect((await bridge.get('record:get', { id: one.id })).sameAs).toEqual([]);
  });

  test('of nothing that is typed yet is nothing', async () => {
    await create('account', {});
    expect(await same('account', {})).toEqual([]);
    expect(await bridge.call('record:same', { kind: 'hologram', id: null, values: {} })).toMatchObject({
      error: { code: 'bad-request' },
    });
  });
});

describe('links', () => {
  test('a generated key pair belongs to the account that was chosen; nothing else is taken for one', async () => {
    const account = await create('account', { accountId: '123456789012' });
    const made = await bridge.get('key-pair:generate', labels({ account: account.id }));
    expect(made.links).toMatchObject([{ field: 'account', id: account.id }]);
    expect(await bridge.get('record:get', { id: account.id })).toMatchObject({
      linkedFrom: [{ id: made.id }],
      linkedFromTotal: 1,
    });
    expect(await bridge.call('key-pair:generate', labels({ account: made.id }))).toMatchObject({
      error: { code: 'bad-request', message: expect.stringMatching(/AWS account/) as string },
    });
  });

  test('of an earlier version say what it pointed to', async () => {
    const account = await create('account', { accountId: '123456789012' });
    const { id } = await create('sign-in', { user: 'ann', account: account.id }, { password: bytesOf('first') });
    await bridge.get('record:update', { id, changes: { values: { account: '' } } });
    const version = await bridge.get('record:version', { id, version: 0 });
    expect(version).toMatchObject({
      values: { account: account.id },
      secrets: ['password'],
      links: [{ field: 'account', id: account.id, title: 'account' }],
    });
    expect(JSON.stringify(version)).not.toContain('first');
  });
});
