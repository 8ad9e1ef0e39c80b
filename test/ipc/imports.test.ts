import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { succeed } from '../support/keys-tools';

let bridge: ReturnType<typeof setUpBridge>;
let folder: string;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  folder = path.join(bridge.home, 'Downloads');
  for (const name of ['Downloads', '.ssh', '.aws']) mkdirSync(path.join(bridge.home, name));
});
afterEach(() => bridge.remove());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

function put(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function open(...files: readonly string[]) {
  bridge.answers.push(files.join('\n'));
  const batch = await bridge.get('import:open', {});
  return batch?.candidates ?? [];
}

async function paste(text: string | Uint8Array) {
  const { candidates } = await bridge.get('import:paste', { text: typeof text === 'string' ? bytesOf(text) : text });
  return candidates;
}

describe('what a file is', () => {
  test.each([
    ['PKCS#1', ['genrsa', '-traditional', '2048'], 'key-pair'],
    ['PKCS#8', ['genpkey', '-algorithm', 'ed25519'], 'key-pair'],
  ])('a key in %s is a key pair', async (_name, parameters, kind) => {
    const [candidate] = await paste(await succeed('openssl', parameters));
    expect(candidate).toMatchObject({ state: 'ready', kind, protection: 'none' });
    expect(candidate!.fingerprints.length).toBeGreaterThan(0);
  });

  test('PKCS#12 brings the name that it was given, and says if it has no MAC', async () => {
    const [key, certificate, both] = ['k.pem', 'c.pem', 'b.p12'].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-subj', '/CN=x'];
    await succeed('openssl', ['req', '-x509', ...made]);
    for (const [options, protection] of [
      [[], 'passphrase'],
      [['-nomac'], 'passphrase-no-mac'],
    ] as const) {
      const files = ['-inkey', key, '-in', certificate, '-out', both, '-passout', 'pass:x', '-name', 'Signing of Ann'];
      await succeed('openssl', ['pkcs12', '-export', ...files, ...options]);
      const [found] = await open(both);
      expect(found).toMatchObject({ state: 'passphrase' });
      const { candidates } = await bridge.get('import:passphrase', { id: found!.id, passphrase: bytesOf('x') });
      expect(candidates[0]).toMatchObject({ state: 'ready', kind: 'certificate', title: 'Signing of Ann', protection });
    }
  });

  test.each([
    ['accessKeys.csv', `\ufeffAccess key ID,Secret access key\r\n${keyId},${secretKey}\r\n`, ['access-key']],
    [
      'credentials.csv',
      `User name,Password,Access key ID,Secret access key,Console login link\nann,"p,w""x",${keyId},${secretKey},https://029608264753.signin.aws.amazon.com/console\n`,
      ['access-key', 'sign-in'],
    ],
    ['rootkey.csv', `AWSAccessKeyId=${keyId}\r\nAWSSecretKey=${secretKey}\r\n`, ['access-key']],
    [
      'credentials',
      `# mine\n[default]\naws_access_key_id = ${keyId}\naws_secret_access_key=${secretKey}\n[other]\nrole_arn = x\n`,
      ['access-key'],
    ],
    [
      'create-access-key',
      JSON.stringify({ AccessKey: { UserName: 'ann', AccessKeyId: keyId, SecretAccessKey: secretKey } }),
      ['access-key'],
    ],
  ])('%s', async (name, content, kinds) => {
    const candidates = await open(put(name, content));
    expect(candidates.map(({ kind, state }) => [kind, state])).toEqual(kinds.map((kind) => [kind, 'ready']));
    expect(JSON.stringify(candidates)).not.toContain(secretKey);
    const { imported } = await bridge.get('import:run', { ids: candidates.map(({ id }) => id) });
    const key = await bridge.get('record:reveal', { id: imported[0]!.recordId, field: 'secretAccessKey' });
    expect(new TextDecoder().decode(key.value)).toBe(secretKey);
    if (kinds.length > 1) {
      const password = await bridge.get('record:reveal', { id: imported[1]!.recordId, field: 'password' });
      expect(new TextDecoder().decode(password.value)).toBe('p,w"x');
    }
  });

  test('UTF-16, as PowerShell writes it, is read too', async () => {
    const text = `Access key ID,Secret access key\r\n${keyId},${secretKey}\r\n`;
    const [candidate] = await paste(Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]));
    expect(candidate).toMatchObject({ kind: 'access-key', state: 'ready' });
  });

  test.each([
    ['', /empty/],
    [new Uint8Array(100), /zero bytes/],
    [Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), /picture/],
    [Uint8Array.from([0x50, 0x4b, 3, 4]), /ZIP/],
    ['SQLite format 3\0', /database/],
    ['otpauth://totp/x?secret=AAAA', /MFA/],
    ['Host web\n  HostName example.com\n', /configuration of ssh/],
    ['example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE\n', /known hosts/],
    ['-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n', /ECDSA/],
    ['-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----\n', /DSA/],
    ['-----BEGIN X-----\nAAAA\n-----END X-----\n'.repeat(5000), /PEM blocks/],
    ['hello', /nothing that Coffer keeps/],
    ['Access key ID,Secret access key\n', /at least one row/],
    ['Access key ID,Secret access key\nnope,x\n', /Access key ID/],
  ])('%j is refused with its own reason', async (content, message) => {
    const [candidate] = await paste(content);
    expect(candidate).toMatchObject({ state: 'refused', message: expect.stringMatching(message) as string });
  });

  test('a file above the limit is refused by its size', async () => {
    const [candidate] = await open(put('big.pem', new Uint8Array(1024 * 1024 + 1)));
    expect(candidate).toMatchObject({ state: 'refused', message: expect.stringMatching(/at most/) as string });
  });
});

test('a passphrase is asked for, a wrong one told, and the right one makes it ready', async () => {
  const file = path.join(folder, 'web.key');
  await succeed('ssh-keygen', ['-t', 'ed25519', '-N', 'pass phrase', '-C', 'me@web', '-f', file]);
  const [candidate] = await open(file);
  expect(candidate).toMatchObject({ state: 'passphrase', protection: 'passphrase' });
  const { id } = candidate!;
  const wrong = await bridge.get('import:passphrase', { id, passphrase: bytesOf('other') });
  expect(wrong.candidates[0]).toMatchObject({
    id,
    state: 'passphrase',
    message: expect.stringMatching(/passphrase/) as string,
  });
  const right = await bridge.get('import:passphrase', { id, passphrase: bytesOf('pass phrase') });
  expect(right.candidates[0]).toMatchObject({ state: 'ready', kind: 'key-pair', protection: 'passphrase' });
  const { imported, batch } = await bridge.get('import:run', { ids: [right.candidates[0]!.id] });
  expect(batch.candidates[0]).toMatchObject({ state: 'held' });
  const detail = await bridge.get('record:get', { id: imported[0]!.recordId });
  expect(detail.values).toMatchObject({ comment: 'me@web' });
  const again = await open(file);
  const held = await bridge.get('import:passphrase', { id: again[0]!.id, passphrase: bytesOf('pass phrase') });
  expect(held.candidates[0]).toMatchObject({ state: 'held', message: expect.stringMatching(/web/) as string });
  const [publicHalf] = await open(`${file}.pub`);
  expect(publicHalf).toMatchObject({ state: 'held' });
});

test('certificate and key in two files become one certificate', async () => {
  const [key, certificate] = [path.join(folder, 'pk-A.pem'), path.join(folder, 'cert-A.pem')];
  await succeed('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    '/CN=x',
    '-days',
    '400',
  ]);
  const alone = await open(certificate);
  expect(alone[0]).toMatchObject({
    state: 'refused',
    message: expect.stringMatching(/private key is missing/) as string,
  });
  const both = await open(certificate, key);
  expect(both.map(({ kind, state }) => [kind, state])).toEqual([
    ['certificate', 'ready'],
    ['certificate', 'part'],
  ]);
  const { imported, originals, batch } = await bridge.get('import:run', { ids: [both[0]!.id] });
  expect(imported).toHaveLength(1);
  expect(batch.candidates.map(({ message }) => message)).toEqual(['Imported', 'Imported']);
  expect(originals.map(({ fileName }) => fileName).sort()).toEqual(['cert-A.pem', 'pk-A.pem']);
});

test('an access key is linked to the account inside its ID', async () => {
  const values = { accountId: '029608264753' };
  const account = await bridge.get('record:create', { kind: 'account', title: 'Acme', tags: [], values, secrets: {} });
  const [candidate] = await paste(`AWSAccessKeyId=${keyId}\nAWSSecretKey=${secretKey}\n`);
  const { imported } = await bridge.get('import:run', { ids: [candidate!.id] });
  const detail = await bridge.get('record:get', { id: imported[0]!.recordId });
  expect(detail.links).toMatchObject([{ field: 'account', id: account.id }]);
});

test('a look around lists credentials and what needs a passphrase, follows no link and takes nothing else', async () => {
  await succeed('ssh-keygen', ['-t', 'ed25519', '-N', '', '-f', path.join(bridge.home, '.ssh/id_ed25519')]);
  writeFileSync(
    path.join(bridge.home, '.aws/credentials'),
    `[a]\naws_access_key_id=${keyId}\naws_secret_access_key=${secretKey}\n`,
  );
  put('notes.txt', 'hello');
  symlinkSync(path.join(bridge.home, '.ssh/id_ed25519'), path.join(folder, 'link'));
  const { candidates } = await bridge.get('import:look', {});
  expect(candidates.map(({ fileName }) => fileName).sort()).toEqual(['credentials', 'id_ed25519', 'id_ed25519.pub']);
});

test('originals are offered for deletion after the import, never those of ssh and aws, and deleted after a backup', async () => {
  const file = put('key.pem', await succeed('openssl', ['genpkey', '-algorithm', 'ed25519']));
  const changed = put('changed.pem', await succeed('openssl', ['genpkey', '-algorithm', 'ed25519']));
  const kept = path.join(bridge.home, '.ssh/id');
  writeFileSync(kept, await succeed('openssl', ['genpkey', '-algorithm', 'ed25519']));
  const candidates = await open(file, changed, kept);
  const ids = candidates.map(({ id }) => id);
  const early = await bridge.get('import:delete-originals', { ids });
  expect(early).toMatchObject({ deleted: 0 });
  const { originals } = await bridge.get('import:run', { ids });
  expect(originals.map(({ fileName }) => fileName)).toEqual(['key.pem', 'changed.pem']);
  writeFileSync(changed, 'other');
  const before = (await bridge.get('backup:list', {})).rows.length;
  const outcome = await bridge.get('import:delete-originals', { ids });
  expect(outcome).toMatchObject({ deleted: 1, reason: expect.stringMatching(/changed/) as string });
  expect([existsSync(file), existsSync(changed), existsSync(kept)]).toEqual([false, true, true]);
  expect((await bridge.get('backup:list', {})).rows.length).toBeGreaterThanOrEqual(Math.max(1, before));
  expect(readdirSync(folder)).toEqual(['changed.pem']);
});

test('locking forgets what was found', async () => {
  const [candidate] = await paste(`AWSAccessKeyId=${keyId}\nAWSSecretKey=${secretKey}\n`);
  await bridge.lockAndUnlock();
  const { imported } = await bridge.get('import:run', { ids: [candidate!.id] });
  expect(imported).toEqual([]);
});
