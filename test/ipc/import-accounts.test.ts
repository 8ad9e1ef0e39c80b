import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountInLink, noAccount } from '../../main/ipc/import/accounts';
import { setUpBridge } from '../support/bridge';
import { bytesOf } from '../support/keys-tools';

// To which account an import files what a file tells of.
let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const [first, second] = ['111122223333', '444455556666'];
const linkOf = (name: string) => `https://${name}.signin.aws.amazon.com/console`;
const signInFile = (link: string, password = 'word', user = 'ann') =>
  `User name,Password,Console sign-in URL\n${user},${password},${link}\n`;

async function paste(text: string) {
  return (await bridge.get('import:paste', { text: bytesOf(text) })).candidates;
}

async function takeIn(text: string) {
  const ids = (await paste(text)).map(({ id }) => id);
  return bridge.get('import:run', { ids });
}

const account = async (title: string, values: Record<string, string>) =>
  (await bridge.get('record:create', { kind: 'account', title, tags: [], values, secrets: {} })).id;
const accounts = async () => {
  const { rows } = await bridge.get('record:pick', { kinds: ['account'], query: '' });
  return Promise.all(rows.map(async ({ id }) => (await bridge.get('record:get', { id })).values));
};
const linksOf = async (id: string) => (await bridge.get('record:get', { id })).links.map((link) => link.id);

test('two users of one name, in two accounts, are two sign-ins, and each account is made along once', async () => {
  const [ann] = await paste(signInFile(linkOf(first)));
  expect(ann).toMatchObject({ state: 'ready', account: 'new', newAccount: '1111-2222-3333', user: 'ann' });
  const one = await bridge.get('import:run', { ids: [ann!.id] });
  const [other] = await paste(signInFile(linkOf(second), 'another'));
  expect(other).toMatchObject({ state: 'ready', newAccount: '4444-5555-6666', message: '' });
  const two = await bridge.get('import:run', { ids: [other!.id] });
  expect([one.imported.length, two.imported.length]).toEqual([1, 1]);
  const bob = await takeIn(signInFile(linkOf(first), 'word', 'bob'));
  expect((await accounts()).map(({ accountId }) => accountId)).toEqual(['1111-2222-3333', '4444-5555-6666']);
  expect(await linksOf(bob.imported[0]!.recordId)).toEqual(await linksOf(one.imported[0]!.recordId));
  const [again] = await paste(signInFile(linkOf(second), 'another'));
  expect(again).toMatchObject({ state: 'held', message: 'Held already: ann', newAccount: '' });
});

test('users of one file share the account that is made along with the first', async () => {
  const file = `User name,Password,Console sign-in URL\nann,a,${linkOf(first)}\nbob,b,${linkOf(first)}\n`;
  const candidates = await paste(file);
  const { imported, batch } = await bridge.get('import:run', { ids: [candidates[0]!.id] });
  const id = (await linksOf(imported[0]!.recordId))[0];
  expect(batch.candidates[1]).toMatchObject({ state: 'ready', account: id, newAccount: '' });
  // What the dialog may still say of it.
  const owners = [{ id: candidates[1]!.id, account: 'new', user: 'bob' }];
  const bob = await bridge.get('import:run', { ids: [candidates[1]!.id], owners });
  expect(await linksOf(bob.imported[0]!.recordId)).toEqual([id]);
  expect(await accounts()).toHaveLength(1);
});

test('a link with an alias is matched by it, and not with an account of another ID', async () => {
  const acme = await account('Acme', { accountId: first, alias: 'acme-prod' });
  await account('Acme again', { alias: 'acme-prod-2' });
  const [ann] = await paste(signInFile(linkOf('acme-prod')));
  expect(ann).toMatchObject({ account: acme, newAccount: '' });
  const [bob] = await paste(signInFile(linkOf('other-alias')));
  expect(bob).toMatchObject({ account: 'new', newAccount: 'other-alias' });
  const { imported } = await bridge.get('import:run', { ids: [bob!.id] });
  expect(await linksOf(imported[0]!.recordId)).toHaveLength(1);
  expect((await accounts()).map(({ alias }) => alias)).toContain('other-alias');
});

test('key and password of one row are filed under one account, with what the ID of the key tells of it', async () => {
  const row = `ann,word,AKIAQNZGKIQY56JQ7WML,${secret},${linkOf('acme-prod')}`;
  const heading = 'User name,Password,Access key ID,Secret access key,Console login link';
  const { imported } = await takeIn(`${heading}\n${row}\n`);
  const [key, signIn] = await Promise.all(imported.map(({ recordId }) => linksOf(recordId)));
  expect([key!.length, signIn]).toEqual([1, key]);
  expect(await accounts()).toMatchObject([{ accountId: '0296-0826-4753', alias: 'acme-prod' }]);
});

test('a key of an older ID keeps the account of its row; digits in an ID alone make none', async () => {
  const heading = 'User name,Access key ID,Secret access key,Console login link';
  const { imported } = await takeIn(`${heading}\nann,AKIAIOSFODNN7AAAAAAA,${secret},${linkOf(first)}\n`);
  expect(await linksOf(imported[0]!.recordId)).toHaveLength(1);
  await takeIn(`Access key ID,Secret access key\nAKIAQNZGKIQY56JQ7WML,${secret}\n`);
  expect(await accounts()).toHaveLength(1);
});

test('an account is not left behind if what it was made for is refused', async () => {
  const [ann] = await paste(signInFile(linkOf(first)));
  const owners = [{ id: ann!.id, account: 'new', user: '' }];
  const { imported, batch } = await bridge.get('import:run', { ids: [ann!.id], owners });
  expect([imported, batch.candidates[0]?.state]).toEqual([[], 'ready']);
  const heading = 'User name,Access key ID,Secret access key,Console login link';
  const inside = 'AKIAQNZGKIQY56JQ7WML';
  const values = { user: 'ann', accessKeyId: inside };
  for (const accessKeyId of [inside, inside.replace('ML', 'MM')]) {
    const secrets = { secretAccessKey: bytesOf(secret) };
    await bridge.get('record:create', {
      ...{ kind: 'access-key', title: 'k', tags: [], values: { ...values, accessKeyId }, secrets },
    });
  }
  const third = inside.replace('ML', 'MN');
  const refused = await takeIn(`${heading}\nann,${third},${secret},${linkOf('029608264753')}\n`);
  expect(refused.imported).toEqual([]);
  expect(refused.batch.candidates[0]?.message).toMatch(/at most two/);
  expect(await accounts()).toEqual([]);
});

test('a held sign-in is compared anew with the account that the user chooses', async () => {
  const acme = await account('Acme', { accountId: first });
  const other = await account('Other', { accountId: second });
  await takeIn(signInFile(linkOf(first)));
  const [held] = await paste(signInFile(linkOf(first), 'another'));
  expect(held).toMatchObject({ state: 'held', message: expect.stringMatching(/another secret/) as string });
  const { id } = held!;
  const compare = async (owner: { account: string; user: string }) =>
    (await bridge.get('import:compare', { id, ...owner })).candidates[0];
  expect(await compare({ account: other, user: 'ann' })).toMatchObject({ state: 'ready', message: '' });
  expect(await compare({ account: acme, user: 'ann' })).toMatchObject({ state: 'held' });
  expect(await bridge.call('import:compare', { id, account: other, user: 'a b' })).toMatchObject({ ok: false });
  expect(await compare({ account: acme, user: 'eve' })).toMatchObject({ state: 'ready' });
  const { imported } = await bridge.get('import:run', { ids: [id], owners: [{ id, account: other, user: 'ann' }] });
  expect(await linksOf(imported[0]!.recordId)).toEqual([other]);
  expect((await bridge.get('import:compare', { id, account: acme, user: 'eve' })).candidates[0]).toMatchObject({
    ...{ state: 'held', message: 'Imported' },
  });
});

describe('the account in an address', () => {
  test.each([
    [linkOf('111122223333'), { accountId: '111122223333' }],
    [linkOf('acme-prod'), { alias: 'acme-prod' }],
    [`${linkOf('acme-prod')}/`, { alias: 'acme-prod', signInAddress: `${linkOf('acme-prod')}/` }],
    [
      'https://acme.signin.amazonaws-us-gov.com/console',
      { alias: 'acme', signInAddress: 'https://acme.signin.amazonaws-us-gov.com/console' },
    ],
    ['https://signin.aws.amazon.com/console', {}],
    ['https://acme.signin.example.com/console', {}],
    ['https://Acme!.signin.aws.amazon.com/console', {}],
    ['', {}],
  ])('%s', (link, told) => {
    expect(accountInLink(link)).toEqual({ ...noAccount, ...told });
  });

  test('one that tells of none is not lost: its file is not offered for deletion', async () => {
    const downloads = path.join(bridge.home, 'Downloads');
    mkdirSync(downloads);
    const offered = async (name: string, link: string) => {
      writeFileSync(path.join(downloads, name), signInFile(link, 'word', name));
      bridge.answers.push(path.join(downloads, name));
      const ids = (await bridge.get('import:open', {}))!.candidates.map(({ id }) => id);
      return (await bridge.get('import:run', { ids })).originals.length;
    };
    expect(await offered('ann', linkOf(first))).toBe(1);
    expect(await offered('bob', 'https://d-1234567890.awsapps.com/start')).toBe(0);
  });
});
