import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountOfAccessKeyId } from '../../main/credentials/access-key-rules';
import { showAccountId } from '../../main/credentials/account-rules';
import { setUpBridge } from '../support/bridge';
import { bytesOf } from '../support/small-vault';

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const ids = ['AKIAQNZGKIQY56JQ7WML', 'AKIAQNZGKIQY56JQ7WMM', 'AKIAQNZGKIQY56JQ7WMN'] as const;
let bridge: ReturnType<typeof setUpBridge>;
let id: string;

beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  ({ id } = await create(ids[0]));
});
afterEach(() => bridge.remove());

const create = (accessKeyId: string) =>
  bridge.get('record:create', {
    kind: 'access-key',
    title: 'Web',
    tags: [],
    values: { accessKeyId, user: 'web', region: 'eu-west-1' },
    secrets: { secretAccessKey: bytesOf(secret) },
  });
const begin = (accessKeyId: string) =>
  bridge.get('access-key:begin-rotation', { id, accessKeyId, secretAccessKey: bytesOf(secret) });
const record = (step: 'tested' | 'deactivated' | 'reactivated' | 'deleted') =>
  bridge.get('access-key:record-step', { id, step });
const credentials = () => path.join(bridge.home, '.aws/credentials');
const merge = (format: 'aws-credentials' | 'aws-config' = 'aws-credentials') =>
  bridge.get('export:run', {
    ...{ id, format, passphrase: null, comment: '', destination: 'merge' },
    values: { profile: 'web' },
  });

describe('replacing a key', () => {
  test('keeps the new one, linked, and records each step; a third fits once the old one is deleted', async () => {
    await begin(ids[1]);
    const known = await bridge.get('access-key:rotation', { id });
    expect(known).toMatchObject({ steps: [{ step: 'created' }], next: ['tested'] });
    const made = await bridge.get('record:get', { id: known!.newKey });
    expect(made.values).toMatchObject({ accessKeyId: ids[1], user: 'web', region: 'eu-west-1', replaces: id });
    await expect(create(ids[2])).rejects.toThrow(/at most two/);
    for (const step of ['tested', 'deactivated', 'reactivated', 'deactivated', 'deleted'] as const) await record(step);
    await bridge.lockAndUnlock();
    expect((await bridge.get('access-key:rotation', { id }))?.steps.map(({ step }) => step)).toEqual([
      ...['created', 'tested', 'deactivated', 'reactivated', 'deactivated', 'deleted'],
    ]);
    expect((await bridge.get('record:get', { id })).values['status']).toBe('deleted');
    await create(ids[2]);
  });

  test('is refused out of order, with the same key, and with both places taken', async () => {
    await expect(begin(ids[0])).rejects.toThrow(/this is the old one/);
    await expect(record('deleted')).rejects.toThrow(/next one/);
    await create(ids[1]);
    await expect(begin(ids[2])).rejects.toThrow(/at most two/);
    expect(await bridge.get('access-key:rotation', { id })).toBeNull();
  });
});

describe('a new key of another account', () => {
  // One letter more than the others in the part that holds the account.
  const foreign = 'AKIAQNZGKIRY56JQ7WMM';
  const foreignAccount = accountOfAccessKeyId(foreign)!;

  test('is refused, and both accounts are named', async () => {
    expect(foreignAccount).not.toBe('029608264753');
    await expect(begin(foreign)).rejects.toThrow(
      `account 0296-0826-4753; this one is of account ${showAccountId(foreignAccount)}`,
    );
    expect(await bridge.get('access-key:rotation', { id })).toBeNull();
    expect((await bridge.get('record:pick', { kinds: ['access-key'], query: '' })).total).toBe(1);
  });

  test('is refused by the account’s item, too, where the old ID does not tell; without one it is taken', async () => {
    const values = { accountId: '111122223333' };
    const under = await bridge.get('record:create', { kind: 'account', title: 'P', tags: [], values, secrets: {} });
    ({ id } = await create('AKIAIOSFODNN7EXAMPLE'));
    await bridge.get('record:update', { id, changes: { values: { account: under.id } } });
    await expect(begin(foreign)).rejects.toThrow(/account 1111-2222-3333; this one/);
    await bridge.get('record:update', { id, changes: { values: { account: '' } } });
    await begin(foreign);
  });
});

describe('two keys for a user', () => {
  const oldIds = ['AKIAIOSFODNN7EXAMPLE', 'AKIAJOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLF'] as const;
  const account = async (accountId: string) => {
    const made = { kind: 'account', title: 'Production', tags: [], values: { accountId }, secrets: {} };
    return (await bridge.get('record:create', made)).id;
  };
  const filed = (accessKeyId: string, under: string, user = 'web') =>
    bridge.get('record:create', {
      ...{ kind: 'access-key', title: 'Web', tags: [], secrets: { secretAccessKey: bytesOf(secret) } },
      values: { accessKeyId, user, account: under },
    });

  test('count together, whether the account stands in the ID or is an item', async () => {
    const under = await account('0296-0826-4753');
    const second = await filed(oldIds[0], under);
    await expect(filed(oldIds[1], under)).rejects.toThrow(/at most two/);
    // IAM tells no two users by case.
    await expect(filed(oldIds[1], under, 'WEB')).rejects.toThrow(/at most two/);
    await expect(create(ids[1])).rejects.toThrow(/at most two/);
    await bridge.get('record:trash', { id: second.id });
    await create(ids[1]);
    await expect(bridge.get('record:restore', { id: second.id })).rejects.toThrow(/at most two/);
  });

  test('count together under two items of one account, and after one of them got its digits', async () => {
    const [one, later] = [await account('029608264753'), await account('')];
    await filed(oldIds[0], later);
    await filed(oldIds[1], later);
    const third = await filed(oldIds[2], one);
    await bridge.get('record:update', { id: later, changes: { values: { accountId: '029608264753' } } });
    await expect(create(ids[1])).rejects.toThrow(/at most two/);
    const edit = (values: Record<string, string>) => bridge.get('record:update', { id: third.id, changes: { values } });
    // There are too many by now, and still each of them can be edited; but what did not count may not begin to.
    await edit({ status: 'inactive' });
    await edit({ status: 'deleted' });
    await expect(edit({ status: 'active' })).rejects.toThrow(/at most two/);
  });

  test('are those of one account: one that is filed under a wrong item is of the account in its ID', async () => {
    const wrong = await account('111122223333');
    await filed(ids[1], wrong);
    await filed(oldIds[0], wrong);
    await filed(oldIds[1], wrong);
    await expect(filed(oldIds[2], wrong)).rejects.toThrow(/at most two/);
    await expect(create(ids[2])).rejects.toThrow(/at most two/);
  });
});

test.each(['a b:c/<>', 'x'.repeat(65), 'ann\n', '-é'])('the IAM user %j is refused by all kinds', async (user) => {
  const message = expect.stringMatching(/IAM user|values/) as string;
  const refused = { error: { code: 'bad-request', message } };
  const labels = { title: 'Web', tags: [], values: { user } };
  const sent = user.endsWith('\n') ? `${user}b` : user;
  const edited = await bridge.call('record:update', { id, changes: { values: { user: sent } } });
  expect(edited).toMatchObject(refused);
  const password = { password: bytesOf('secret') };
  const signIn = { ...labels, kind: 'sign-in', values: { user: sent }, secrets: password };
  expect(await bridge.call('record:create', signIn)).toMatchObject(refused);
  const subject = { organization: '', organizationalUnit: '', locality: '', state: '', country: '', email: '' };
  const said = { bits: '2048', commonName: 'ann', ...subject, validDays: 30 } as const;
  const made = { ...labels, values: { user: sent }, ...said };
  expect(await bridge.call('certificate:generate', made)).toMatchObject(refused);
});

describe('a profile', () => {
  test('is merged, listed, and taken out again by itself', async () => {
    mkdirSync(path.dirname(credentials()), { recursive: true });
    writeFileSync(credentials(), '# mine\n[other]\nx = 1\n');
    expect(await merge()).toMatchObject({ outcome: 'written', fileName: 'credentials' });
    expect(await merge('aws-config')).toMatchObject({ outcome: 'written', fileName: 'config' });
    expect(readFileSync(credentials(), 'utf8')).toBe(
      `# mine\n[other]\nx = 1\n\n[web]\naws_access_key_id = ${ids[0]}\naws_secret_access_key = ${secret}\n`,
    );
    const listed = await bridge.get('export:list', {});
    const [config, inCredentials] = ['aws-config', 'aws-credentials'].map((format) =>
      listed.find((entry) => entry.format === format),
    );
    await bridge.get('export:delete-file', { id: inCredentials!.id });
    await bridge.get('export:delete-file', { id: config!.id });
    expect(readFileSync(credentials(), 'utf8')).toBe('# mine\n[other]\nx = 1\n\n');
    expect(readFileSync(path.join(bridge.home, '.aws/config'), 'utf8')).toBe('');
    // What is left are the files as they were before each change.
    expect((await bridge.get('export:list', {})).filter(({ isBackup }) => !isBackup)).toEqual([]);
  });

  test('of somebody else is replaced only after a yes', async () => {
    const theirs = '[web]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n';
    mkdirSync(path.dirname(credentials()), { recursive: true });
    writeFileSync(credentials(), theirs);
    expect(await merge()).toEqual({ outcome: 'cancelled' });
    expect(readFileSync(credentials(), 'utf8')).toBe(theirs);
    expect(await bridge.get('export:list', {})).toEqual([]);
    bridge.replaceAnswers.push(true);
    expect(await merge()).toMatchObject({ outcome: 'written' });
    expect(readFileSync(credentials(), 'utf8')).toContain(ids[0]);
    expect(existsSync(path.join(bridge.home, '.aws/config'))).toBe(false);
  });
});
