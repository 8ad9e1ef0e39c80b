import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isOnlyPublicKeys } from '../../main/ipc/import/left-over';
import { recognise } from '../../main/ipc/import/recognise';
import { setUpBridge } from '../support/bridge';
import { bytesOf, succeed } from '../support/keys-tools';

// Which files are offered for deletion after an import: none that holds more than the vault has of it.
let bridge: ReturnType<typeof setUpBridge>;
let downloads: string;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  downloads = path.join(bridge.home, 'Downloads');
  for (const name of ['Downloads', '.ssh', '.aws']) mkdirSync(path.join(bridge.home, name));
});
afterEach(() => bridge.remove());

const [firstId, secondId, thirdId] = ['AKIAQNZGKIQY56JQ7WML', 'AKIAIOSFODNN7AAAAAAA', 'AKIAIOSFODNN7AAAAAAB'] as const;
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

function put(name: string, content: string | Uint8Array): string {
  const file = path.join(downloads, name);
  writeFileSync(file, content);
  return file;
}

/** Takes in all that is ready in some files, and tells which of them may be deleted. */
async function takeIn(...files: readonly string[]): Promise<string[]> {
  bridge.answers.push(files.join('\n'));
  const batch = await bridge.get('import:open', {});
  const { originals } = await bridge.get('import:run', { ids: (batch?.candidates ?? []).map(({ id }) => id) });
  return originals.map(({ fileName }) => fileName);
}

const headings = 'User name,Password,Access key ID,Secret access key,Console login link';
const link = 'https://029608264753.signin.aws.amazon.com/console';

test('not one with a password that the vault does not have', async () => {
  expect(await takeIn(put('old.csv', `${headings}\nann,old word,${firstId},${secret},${link}\n`))).toEqual(['old.csv']);
  const newer = put('new.csv', `${headings}\nann,new word,${secondId},${secret},${link}\n`);
  expect(await takeIn(newer)).toEqual([]);
});

const profile = (name: string, id: string) =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\nregion = eu-west-1\n`;
const env = (id: string) => `export AWS_ACCESS_KEY_ID="${id}"\nexport AWS_SECRET_ACCESS_KEY="${secret}"\n`;
const answer = (id: string, more = {}) =>
  JSON.stringify({ AccessKey: { UserName: 'ann', AccessKeyId: id, SecretAccessKey: secret, ...more } }, null, 2);

describe('what is not taken out of a file keeps the file', () => {
  test.each([
    ['an .env', env(firstId), true],
    ['an .env with a password', `${env(firstId)}DB_PASSWORD=x\n`, false],
    ['an .env with a comment', `# old: x\n${env(firstId)}`, false],
    ['an .env with two keys', env(firstId) + env(secondId), false],
    ['rootkey.csv', `AWSAccessKeyId=${firstId}\r\nAWSSecretKey=${secret}\r\n`, true],
    ['rootkey.csv with another key', `AWSAccessKeyId=${firstId}\nAWSSecretKey=${secret}\n${env(secondId)}`, false],
    ['profiles', profile('a', firstId) + profile('b', secondId), true],
    ['profiles with a role', `${profile('a', firstId)}[b]\nrole_arn = x\nsource_profile = a\n`, false],
    ['profiles with a setting', `${profile('a', firstId)}mfa_serial = x\n`, false],
    ['profiles with text before them', `password: x\n${profile('a', firstId)}`, false],
    ['profiles with a line that goes on', `${profile('a', firstId)}  more = x\n`, false],
    ['an answer', answer(firstId), true],
    ['an answer with something else', answer(firstId, { Note: 'x' }), false],
    ['an answer with a name twice', answer(firstId).replace('"UserName"', '"SecretAccessKey": "x", "UserName"'), false],
    ['a CSV file', `${headings}\nann,word,${firstId},${secret},${link}\n`, true],
    ['a CSV file with notes', `${headings},Notes\nann,word,${firstId},${secret},${link},x\n`, false],
    ['a CSV file with a cell too many', `${headings}\nann,word,${firstId},${secret},${link},x\n`, false],
    ['a CSV file with a loose password', `${headings}\nann,word,${firstId},${secret},${link}\n,x,,,\n`, false],
  ])('%s', async (_name, content, isOffered) => {
    expect(await takeIn(put('f', content))).toEqual(isOffered ? ['f'] : []);
  });

  test('a CSV file of more rows than are read', async () => {
    const rows = Array.from({ length: 1001 }, () => `ann,word,${firstId},${secret},${link}\n`).join('');
    expect(await takeIn(put('f', `${headings}\n${rows}`))).toEqual([]);
  });

  test('keys and certificates in PEM, PuTTY’s form and PKCS#12', async () => {
    const at = (name: string) => path.join(downloads, name);
    const pem = await succeed('openssl', ['genpkey', '-algorithm', 'ed25519']);
    const selfSigned = (name: string) => {
      const files = ['-keyout', at(`${name}.key`), '-out', at(`${name}.cert`)];
      return succeed('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, '-subj', `/CN=${name}`]);
    };
    await selfSigned('a');
    await selfSigned('b');
    const read = (name: string) => readFileSync(at(name), 'utf8');
    await succeed('openssl', ['rsa', '-traditional', '-in', at('a.key'), '-out', at('a.rsa')]);
    await succeed('puttygen', ['-q', at('a.rsa'), '-O', 'private', '-o', at('ppk')]);
    expect(await takeIn(put('key', pem))).toEqual(['key']);
    expect(await takeIn(put('noted', `password: x\n${pem}`))).toEqual([]);
    expect(await takeIn(put('with request', `${pem}-----BEGIN X-----\nAAAA\n-----END X-----\n`))).toEqual([]);
    expect(await takeIn(at('ppk'))).toEqual(['ppk']);
    expect(await takeIn(put('ppk noted', `${read('ppk')}password: x\n`))).toEqual([]);
    expect(await takeIn(put('both', read('a.key') + read('a.cert')))).toEqual(['both']);
    expect(await takeIn(put('chain', read('a.key') + read('a.cert') + read('b.cert')))).toEqual([]);
    for (const [more, isWhole] of [
      [[], true],
      [['-certfile', at('b.cert')], false],
    ] as const) {
      const files = ['-inkey', at('a.key'), '-in', at('a.cert'), ...more, '-out', at('p12'), '-passout', 'pass:x'];
      await succeed('openssl', ['pkcs12', '-export', ...files]);
      expect((await recognise(readFileSync(at('p12')), bytesOf('x'))).isWhole).toBe(isWhole);
    }
  });

  test('a list of public keys with an option or a comment', async () => {
    const [a, b] = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const file = path.join(downloads, name);
        await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
        return readFileSync(`${file}.pub`, 'utf8');
      }),
    );
    expect(await takeIn(put('list', a! + b!))).toEqual(['list']);
    for (const line of [`# x\n${a!}${b!}`, `command="x" ${a!}${b!}`, `${a!}x\n`]) {
      expect(isOnlyPublicKeys(bytesOf(line), 2)).toBe(false);
    }
  });
});

test('a file in use is not offered by another name: links of dotfile managers lead to it', async () => {
  const files = { credentials: '.aws/credentials', config: '.ssh/config', named: '' };
  for (const [name, inUse] of Object.entries(files)) {
    const file = put(name, env(name === 'credentials' ? firstId : name === 'config' ? secondId : thirdId));
    if (inUse !== '') symlinkSync(file, path.join(bridge.home, inUse));
    else bridge.environment['EC2_PRIVATE_KEY'] = file;
  }
  expect(await takeIn(...Object.keys(files).map((name) => path.join(downloads, name)))).toEqual([]);
});

test('the system asks before files are deleted; no page can answer', async () => {
  const file = put('key', env(firstId));
  bridge.answers.push(file);
  const [key] = (await bridge.get('import:open', {}))!.candidates;
  await bridge.get('import:run', { ids: [key!.id] });
  bridge.deleteAnswers.push(false);
  const no = await bridge.get('import:delete-originals', { ids: [key!.id] });
  expect([no.deleted, existsSync(file), bridge.deleteQuestions]).toEqual([0, true, [['key']]]);
  bridge.whileDialogsAreOpen(() => bridge.get('vault:lock', {}));
  expect(await bridge.call('import:delete-originals', { ids: [key!.id] })).toMatchObject({ ok: false });
  expect(existsSync(file)).toBe(true);
});

test('nothing is deleted once the vault was locked during the backup, and what is gone is not called deleted', async () => {
  const files = [put('a', env(firstId)), put('b', env(secondId))];
  bridge.answers.push(files.join('\n'));
  const { candidates } = (await bridge.get('import:open', {}))!;
  const ids = candidates.map(({ id }) => id);
  await bridge.get('import:run', { ids });
  rmSync(files[0]!);
  writeFileSync(files[1]!, 'other');
  const gone = await bridge.get('import:delete-originals', { ids: [ids[0]!] });
  expect(gone).toMatchObject({ deleted: 0, refused: 1, reason: expect.stringMatching(/not there/) as string });
  const changed = await bridge.get('import:delete-originals', { ids: [ids[1]!] });
  expect(changed.reason).toMatch(/since Coffer read it/);
  writeFileSync(files[1]!, env(secondId));
  const backUpNow = bridge.backups.backUpNow.bind(bridge.backups);
  bridge.backups.backUpNow = async () => {
    await backUpNow();
    await bridge.get('vault:lock', {});
  };
  expect(await bridge.call('import:delete-originals', { ids })).toMatchObject({ ok: false });
  expect(existsSync(files[1]!)).toBe(true);
});
