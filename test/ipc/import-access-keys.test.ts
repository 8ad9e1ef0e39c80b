import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accessKeyKind } from '../../main/credentials/access-key';
import { setUpBridge } from '../support/bridge';
import { alone } from '../support/key-pair-bodies';
import { bytesOf } from '../support/keys-tools';

// What an import keeps of an access key beside its ID and its secret.
let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  for (const name of ['Downloads', '.aws']) mkdirSync(path.join(bridge.home, name));
});
afterEach(() => bridge.remove());

const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

function put(name: string, content: string): string {
  const file = path.join(bridge.home, name);
  writeFileSync(file, content);
  return file;
}

async function takeInFile(file: string) {
  bridge.answers.push(file);
  const ids = (await bridge.get('import:open', {}))!.candidates.map(({ id }) => id);
  return bridge.get('import:run', { ids });
}

async function valuesOf(text: string) {
  const { candidates } = await bridge.get('import:paste', { text: bytesOf(text) });
  const { imported } = await bridge.get('import:run', { ids: candidates.map(({ id }) => id) });
  return (await bridge.get('record:get', { id: imported[0]!.recordId })).values;
}

describe('the Region of a key', () => {
  const credentials = (name: string, more = '') =>
    `[${name}]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\n${more}`;
  const look = async () => {
    const { candidates } = await bridge.get('import:look', {});
    const { imported } = await bridge.get('import:run', { ids: candidates.map(({ id }) => id) });
    return (await bridge.get('record:get', { id: imported[0]!.recordId })).values['region'];
  };

  test.each([
    ['work', '[default]\nregion = us-east-1\n[profile work]\nregion=eu-west-1\n', '', 'eu-west-1'],
    ['default', '[default]\nregion = us-east-1\n[profile work]\nregion=eu-west-1\n', '', 'us-east-1'],
    ['work', '[profile work]\nregion=eu-west-1\n', 'region = eu-north-1\n', 'eu-north-1'],
    ['work', '[profile other]\nregion=eu-west-1\n[work]\nregion=eu-west-2\n', '', ''],
  ])('of the profile %s is taken from ~/.aws/config by a look around', async (name, config, more, region) => {
    put('.aws/credentials', credentials(name, more));
    put('.aws/config', config);
    expect(await look()).toBe(region);
  });

  test('is taken from the config file beside it, and from no earlier import', async () => {
    put('.aws/credentials', credentials('work'));
    put('.aws/config', '[profile work]\nregion=eu-west-1\n');
    put('Downloads/config', '[profile work]\nregion=us-east-1\n');
    expect(await look()).toBe('eu-west-1');
    const other = credentials('work').replace(keyId, 'AKIAIOSFODNN7AAAAAAA');
    expect(await valuesOf(other)).toMatchObject({ region: '' });
  });

  test.each(['env-sh', 'env-powershell', 'env-fish'] as const)('comes back from an export as %s', async (format) => {
    const values = { accessKeyId: keyId, region: 'eu-west-1' };
    const secrets = { secretAccessKey: bytesOf(secret) };
    const body = accessKeyKind.make({ values, secrets });
    const choice = { format, passphrase: null, comment: '', values: {} };
    const exported = await accessKeyKind.writeExport(body, choice, alone);
    if (exported.type !== 'file') throw new Error('expected a file');
    const lines = new TextDecoder().decode(exported.bytes);
    expect(await valuesOf(lines)).toMatchObject(values);
  });

  test('of two variables is the one that AWS prefers, and the file is kept then', async () => {
    const lines = `export AWS_ACCESS_KEY_ID=${keyId}\nexport AWS_SECRET_ACCESS_KEY=${secret}\n`;
    const one = await takeInFile(put('Downloads/a', `${lines}export AWS_DEFAULT_REGION=eu-west-1\n`));
    const another = lines.replace(keyId, 'AKIAIOSFODNN7AAAAAAA');
    const both = `${another}export AWS_DEFAULT_REGION=eu-west-1\nexport AWS_REGION=us-east-1\n`;
    const two = await takeInFile(put('Downloads/b', both));
    expect([one.originals.length, two.originals.length]).toEqual([1, 0]);
    const { values } = await bridge.get('record:get', { id: two.imported[0]!.recordId });
    expect(values).toMatchObject({ region: 'us-east-1' });
  });
});

describe('a key of the root user', () => {
  const csv = (id: string) => `Access key ID,Secret access key\n${id},${secret}\n`;
  const lines = (id: string) => `AWSAccessKeyId=${id}\nAWSSecretKey=${secret}\n`;

  test.each([
    ['AWS’s old file', 'k', lines(keyId), 'root'],
    ['today’s file, by its name', 'rootkey.csv', csv(keyId), 'root'],
    ['today’s file, loaded twice', 'rootkey (1).csv', csv(keyId), 'root'],
    ['any other file of keys', 'accessKeys.csv', csv(keyId), ''],
  ])('is told by %s', async (_, name, content, belongsTo) => {
    const { imported } = await takeInFile(put(`Downloads/${name}`, content));
    const detail = await bridge.get('record:get', { id: imported[0]!.recordId });
    expect(detail.values).toMatchObject({ belongsTo, user: '' });
    expect(detail.remarks.some((remark) => /root user/.test(remark))).toBe(belongsTo === 'root');
  });

  test('is the root user’s third: refused, and taken for an IAM user whom the user names', async () => {
    const ids = ['ML', 'MM', 'MN'].map((end) => keyId.replace('ML', end));
    for (const id of ids.slice(0, 2)) await valuesOf(lines(id));
    const { candidates } = await bridge.get('import:paste', { text: bytesOf(lines(ids[2] ?? '')) });
    const [{ id } = { id: '' }] = candidates;
    expect(candidates[0]).toMatchObject({ state: 'ready', isRoot: true });
    const refused = await bridge.get('import:run', { ids: [id], owners: [{ id, account: '', user: '' }] });
    expect(refused.batch.candidates[0]?.message).toMatch(/at most two/);
    const { imported } = await bridge.get('import:run', { ids: [id], owners: [{ id, account: '', user: 'ann' }] });
    const { values } = await bridge.get('record:get', { id: imported[0]!.recordId });
    expect(values).toMatchObject({ belongsTo: '', user: 'ann' });
  });
});

test.each(['\n', '\r\n\r\n', ' \t\n', '\ufeff\n\n', '\n\ufeff'])(
  'a CSV file that begins with %j is read',
  async (start) => {
    const content = `${start}"Access key ID","Secret access key"\n${keyId},${secret}\n`;
    const { imported, originals } = await takeInFile(put('Downloads/k.csv', content));
    expect([imported.length, originals.length]).toEqual([1, 1]);
  },
);

test('a Region of another form keeps no key out: it is left out, the row says so, and the file is kept', async () => {
  const credentials = `[minio]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\nregion = Garage\n`;
  bridge.answers.push(put('Downloads/credentials', credentials));
  const [key] = (await bridge.get('import:open', {}))!.candidates;
  expect(key).toMatchObject({
    state: 'ready',
    message: expect.stringMatching(/without its Region: “Garage”/) as string,
  });
  const { imported, originals, batch } = await bridge.get('import:run', { ids: [key!.id] });
  expect([originals, batch.candidates[0]?.message]).toEqual([[], 'Imported']);
  const { values } = await bridge.get('record:get', { id: imported[0]!.recordId });
  expect(values).toMatchObject({ accessKeyId: keyId, region: '' });
});

test('so does one of a config file', async () => {
  put('.aws/credentials', `[work]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\n`);
  put('.aws/config', '[profile work]\nregion = nowhere\n');
  const { candidates } = await bridge.get('import:look', {});
  expect(candidates).toMatchObject([{ state: 'ready', message: expect.stringMatching(/“nowhere”/) as string }]);
});

describe('the answer of create-access-key', () => {
  const answer = (more: object) =>
    JSON.stringify({ AccessKey: { UserName: 'ann', AccessKeyId: keyId, SecretAccessKey: secret, ...more } });

  test.each([
    ['Inactive', 'inactive'],
    ['Active', 'active'],
  ])('%s is kept, and the day that it was made on', async (Status, status) => {
    const values = await valuesOf(answer({ Status, CreateDate: '2025-03-31T23:30:00+00:00' }));
    expect(values).toMatchObject({ user: 'ann', status, createdOn: '2025-03-31' });
  });

  test('without both it is taken for active', async () => {
    expect(await valuesOf(answer({}))).toMatchObject({ status: 'active', createdOn: '' });
  });

  test.each([
    [{ Status: 'Inactive', CreateDate: '2025-03-31T12:00:00Z' }, true],
    [{ Status: 'Expired', CreateDate: '2025-03-31T12:00:00Z' }, false],
    [{ Status: 'Active', CreateDate: 'last week' }, false],
    [{ SessionToken: 'abc', Expiration: '2025-03-31T12:00:00Z' }, false],
    [{ SessionToken: 'abc' }, true],
  ])('%j: deletion is offered if all of it is kept: %s', async (more, isOffered) => {
    const { originals, imported } = await takeInFile(put('Downloads/answer', answer(more)));
    expect([imported.length, originals.length]).toEqual([1, isOffered ? 1 : 0]);
  });
});
