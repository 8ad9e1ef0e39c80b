import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { bytesOf, succeed } from '../support/keys-tools';

let bridge: ReturnType<typeof setUpBridge>;
let downloads: string;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  for (const name of ['Downloads', '.ssh', '.aws', '.ec2']) mkdirSync(path.join(bridge.home, name));
  downloads = path.join(bridge.home, 'Downloads');
});
afterEach(() => bridge.remove());

const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const keyLines = (id = keyId, value = secret) => `AWSAccessKeyId=${id}\nAWSSecretKey=${value}\n`;

function put(name: string, content: string): string {
  const file = path.join(bridge.home, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

async function open(...files: readonly string[]) {
  bridge.answers.push(files.join('\n'));
  return (await bridge.get('import:open', {}))?.candidates ?? [];
}

async function keyPair(name: string, ...more: string[]): Promise<string> {
  const file = path.join(downloads, name);
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', `${name}@desk`, ...more, '-f', file]);
  return file;
}

const account = async (title: string, accountId = '') =>
  (await bridge.get('record:create', { kind: 'account', title, tags: [], values: { accountId }, secrets: {} })).id;
const total = async () =>
  (await bridge.get('record:list', { query: '', view: 'all', sort: 'title', offset: 0, limit: 50 })).total;

test('a private key completes the record that has its public key: one record, an earlier version, its texts kept', async () => {
  const file = await keyPair('web');
  const [half] = await open(`${file}.pub`);
  const acme = await account('Acme');
  const owners = [{ id: half!.id, account: acme, user: '' }];
  const first = await bridge.get('import:run', { ids: [half!.id], owners });
  const id = first.imported[0]!.recordId;
  const changes = { title: 'Web server', values: { region: 'eu-west-1' }, notes: 'mine' };
  await bridge.get('record:update', { id, changes });
  const before = await total();

  const [whole] = await open(file);
  expect(whole).toMatchObject({
    state: 'ready',
    completes: true,
    message: expect.stringMatching(/Web server/) as string,
  });
  const { imported, batch } = await bridge.get('import:run', { ids: [whole!.id] });
  expect(imported).toEqual([{ id: whole!.id, recordId: id }]);
  expect(batch.candidates[0]).toMatchObject({ state: 'held', message: 'Imported' });
  expect(await total()).toBe(before);
  const detail = await bridge.get('record:get', { id });
  expect(detail).toMatchObject({
    title: 'Web server',
    secrets: ['privateKey'],
    links: [{ field: 'account', id: acme }],
  });
  expect(detail.values).toMatchObject({ region: 'eu-west-1', notes: 'mine', comment: 'web@desk' });
  expect(detail.versions).toHaveLength(2);
  const shown = await bridge.get('record:reveal', { id, field: 'privateKey' });
  const exported = put('out', new TextDecoder().decode(shown.value));
  expect((await succeed('ssh-keygen', ['-y', '-f', exported])).split(' ')[1]).toBe(
    readFileSync(`${file}.pub`, 'utf8').split(' ')[1],
  );
  const again = await open(file, `${file}.pub`);
  expect(again.map(({ state }) => state)).toEqual(['held', 'held']);
});

test('a copy and the public half go with the key, make no record of their own, and can be deleted with it', async () => {
  const file = await keyPair('web');
  const copy = put('Downloads/web (1)', readFileSync(file, 'utf8'));
  const candidates = await open(`${file}.pub`, file, copy);
  expect(candidates.map(({ state, message }) => [state, message])).toEqual([
    ['part', 'The public half of web; goes with it'],
    ['ready', ''],
    ['part', 'The same as web'],
  ]);
  const { imported, batch, originals } = await bridge.get('import:run', { ids: candidates.map(({ id }) => id) });
  expect([imported.length, await total()]).toEqual([1, 1]);
  expect(batch.candidates.map(({ state, message }) => [state, message])).toEqual([
    ['held', 'Held already: web'],
    ['held', 'Imported'],
    ['held', 'Held already: web'],
  ]);
  expect(originals.map(({ fileName }) => fileName).sort()).toEqual(['web', 'web (1)', 'web.pub']);
});

test('the file’s account, or the user’s choice, which is checked as other links are', async () => {
  const inside = await account('Inside', '029608264753');
  const other = await account('Other');
  const [key] = await open(put('Downloads/k', keyLines()));
  expect(key).toMatchObject({ account: inside, user: '', fingerprints: [keyId], protection: 'none' });
  const pair = await bridge.get('key-pair:generate', {
    ...{ algorithm: 'ed25519', title: 'x', keyName: 'x', region: '', comment: '', account: '', tags: [], notes: '' },
  });
  for (const wrong of [pair.id, 'ab'.repeat(16), 'no id']) {
    const owners = [{ id: key!.id, account: wrong, user: '' }];
    const { imported, batch } = await bridge.get('import:run', { ids: [key!.id], owners });
    expect(imported).toEqual([]);
    expect(batch.candidates[0]).toMatchObject({
      state: 'ready',
      message: expect.stringMatching(/AWS account/) as string,
    });
  }
  const owners = [{ id: key!.id, account: other, user: 'ann' }];
  const { imported } = await bridge.get('import:run', { ids: [key!.id], owners });
  const detail = await bridge.get('record:get', { id: imported[0]!.recordId });
  expect(detail).toMatchObject({ values: { user: 'ann' }, links: [{ field: 'account', id: other }] });
});

test('a third access key of a user says why not, and can be filed under another one', async () => {
  const acme = await account('Acme');
  const ids = ['AKIAIOSFODNN7AAAAAAA', 'AKIAIOSFODNN7AAAAAAB', 'AKIAIOSFODNN7AAAAAAC'];
  const all = await open(...ids.map((id) => put(`Downloads/${id}`, keyLines(id))));
  const owners = all.map(({ id }) => ({ id, account: acme, user: 'ann' }));
  const { imported, batch } = await bridge.get('import:run', { ids: all.map(({ id }) => id), owners });
  expect(imported).toHaveLength(2);
  expect(batch.candidates[2]).toMatchObject({
    state: 'ready',
    message: expect.stringMatching(/at most two/) as string,
  });
  const bob = [{ id: all[2]!.id, account: acme, user: 'bob' }];
  expect((await bridge.get('import:run', { ids: [all[2]!.id], owners: bob })).imported).toHaveLength(1);
});

test('a key that is held with another secret says so', async () => {
  const [key] = await open(put('Downloads/k', keyLines()));
  await bridge.get('import:run', { ids: [key!.id] });
  const [same] = await open(put('Downloads/k', keyLines()));
  expect(same).toMatchObject({ state: 'held', message: 'Held already: k' });
  const [other] = await open(put('Downloads/k', keyLines(keyId, secret.replace('w', 'W'))));
  expect(other).toMatchObject({ state: 'held', message: expect.stringMatching(/another secret/) as string });
});

test('fingerprints of a certificate are those of openssl, and of its key those of ssh-keygen', async () => {
  const [key, certificate] = ['Downloads/pk.pem', 'Downloads/cert.pem'].map((name) => path.join(bridge.home, name));
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key!,
    '-out',
    certificate!,
    '-subj',
    '/CN=x',
  ];
  await succeed('openssl', made);
  const digest = async (name: string) =>
    (await succeed('openssl', ['x509', '-in', certificate!, '-noout', '-fingerprint', name])).trim().split('=')[1];
  const line = await succeed('ssh-keygen', ['-y', '-f', key!]);
  const listed = (await succeed('ssh-keygen', ['-lf', '-'], line)).split(' ')[1];
  const [candidate] = await open(certificate!, key!);
  expect(candidate!.fingerprints).toEqual([listed, await digest('-sha1'), await digest('-sha256')]);
});

test('a look around tells of what seems secret and is not taken, of nothing else, and follows no link', async () => {
  await succeed('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', path.join(bridge.home, '.ssh/id_ecdsa')]);
  put('Downloads/cut.pem', '-----BEGIN RSA PRIVATE KEY-----\nMIIE');
  put('Downloads/notes.txt', 'hello');
  put('Downloads/picture.png', '\x89PNG');
  put('.aws/credentials', `[minio]\naws_access_key_id=m\naws_secret_access_key=n\n`);
  put('.aws/config', '[default]\nregion=eu-west-1\n');
  put('.ssh/config', 'Host web\n');
  put('.ssh/inner/old', keyLines());
  put('.ssh/inner/deep/older', keyLines('AKIAIOSFODNN7AAAAAAA'));
  put('elsewhere/key', keyLines('AKIAIOSFODNN7AAAAAAB'));
  symlinkSync(path.join(bridge.home, 'elsewhere/key'), path.join(downloads, 'link'));
  symlinkSync(path.join(bridge.home, 'elsewhere'), path.join(downloads, 'linked'));
  const { candidates, isComplete } = await bridge.get('import:look', {});
  const told = candidates.map(({ fileName, state }) => [fileName, state]).sort();
  expect(told).toEqual([
    ['credentials', 'refused'],
    ['cut.pem', 'refused'],
    ['id_ecdsa', 'refused'],
    ['old', 'ready'],
  ]);
  const messages = candidates.filter(({ state }) => state === 'refused').map(({ message }) => message);
  expect(new Set(messages).size).toBe(3);
  expect(isComplete).toBe(true);
});

test('a look around tells of all that can be taken in, and of at most 100 files that are not', async () => {
  const letters = (n: number) => Array.from(String(n), (digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
  const rows = Array.from({ length: 150 }, (_, n) => `AKIA${letters(n).padStart(16, 'Z')},${'a'.repeat(40)}`);
  put('Downloads/keys.csv', `Access key ID,Secret access key\n${rows.join('\n')}\n`);
  for (let n = 0; n < 101; n++) put(`.ssh/cut-${n}.pem`, '-----BEGIN RSA PRIVATE KEY-----\nMIIE');
  const { candidates, isComplete } = await bridge.get('import:look', {});
  const count = (counted: string) => candidates.filter(({ state }) => state === counted).length;
  expect([count('ready'), count('refused'), isComplete]).toEqual([150, 100, false]);
});

test('the vault itself is never opened by a look around', async () => {
  const vault = bridge.session.file ?? '';
  symlinkSync(path.dirname(vault), path.join(bridge.home, 'd'));
  const { candidates } = await bridge.get('import:look', {});
  expect(candidates).toEqual([]);
  bridge.answers.push(vault);
  const batch = await bridge.get('import:open', {});
  expect(batch?.candidates[0]).toMatchObject({
    state: 'refused',
    message: expect.stringMatching(/vault itself/) as string,
  });
});

test('files of ~/.ssh and ~/.aws are never offered for deletion, by whatever name they were opened', async () => {
  const kept = put('.ssh/inner/key', keyLines());
  symlinkSync(path.join(bridge.home, '.ssh'), path.join(downloads, 'way'));
  symlinkSync(put('.aws/key', keyLines('AKIAIOSFODNN7AAAAAAA')), path.join(downloads, 'link'));
  const free = put('Downloads/key', keyLines('AKIAIOSFODNN7AAAAAAB'));
  const all = await open(path.join(downloads, 'way/inner/key'), path.join(downloads, 'link'), free);
  const { originals } = await bridge.get('import:run', { ids: all.map(({ id }) => id) });
  expect(originals.map(({ fileName }) => fileName)).toEqual(['key']);
  expect(originals[0]?.folder).toBe(downloads);
  const outcome = await bridge.get('import:delete-originals', { ids: all.map(({ id }) => id) });
  expect(outcome.deleted).toBe(1);
  expect([existsSync(free), existsSync(kept), existsSync(path.join(bridge.home, '.aws/key'))]).toEqual([
    false,
    true,
    true,
  ]);
});

test('nothing is deleted if the backup fails', async () => {
  const file = put('Downloads/key', keyLines());
  const [key] = await open(file);
  const { originals } = await bridge.get('import:run', { ids: [key!.id] });
  const failing = vi.spyOn(bridge.backups, 'backUpNow').mockRejectedValueOnce(new Error('no backup'));
  expect(await bridge.call('import:delete-originals', { ids: [originals[0]!.id] })).toMatchObject({ ok: false });
  expect(existsSync(file)).toBe(true);
  failing.mockRestore();
  expect(await bridge.get('import:delete-originals', { ids: [originals[0]!.id] })).toMatchObject({ deleted: 1 });
});

test('dropped files that the page does not send have a line with their reason', async () => {
  const { candidates } = await bridge.get('import:drop', {
    files: [
      { name: 'big.iso', problem: 'too-large' },
      { name: 'folder', problem: 'unreadable' },
      { name: 'k', bytes: bytesOf(keyLines()) },
    ],
  });
  expect(candidates.map(({ fileName, state }) => [fileName, state])).toEqual([
    ['big.iso', 'refused'],
    ['folder', 'refused'],
    ['k', 'ready'],
  ]);
  expect(candidates[0]!.message).toMatch(/1024 KiB/);
  expect(candidates[1]!.message).toMatch(/can be read/);
});

test('a key whose file names what is no user of IAM is taken without the name', async () => {
  const csv = put('Downloads/keys.csv', `User name,Access key ID,Secret access key\na b:c/<>,${keyId},${secret}\n`);
  const [candidate] = await open(csv);
  expect(candidate).toMatchObject({ kind: 'access-key', title: 'a b:c/<>', user: '' });
});
