import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { labels, setUpBridge } from '../support/bridge';
import { bytesOf } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const keyId = 'AKIAQNZGKIQY56JQ7WML';
const fileIn = (name: string) => path.join(bridge.home, name);
const stateOf = async (section: string) =>
  (await bridge.get('export:list', {})).find((entry) => entry.section === section)?.state;

describe('a profile in ~/.aws', () => {
  const theirs = '# theirs\n[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n';
  const mergeProfile = async () => {
    const secrets = { secretAccessKey: bytesOf('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY') };
    const values = { accessKeyId: keyId, user: 'ann', region: 'eu-west-1' };
    const { id } = await bridge.get('record:create', { kind: 'access-key', title: 'Key', tags: [], values, secrets });
    mkdirSync(fileIn('.aws'));
    writeFileSync(fileIn('.aws/credentials'), theirs);
    const request = { id, passphrase: null, comment: '', destination: 'merge', values: { profile: 'web' } } as const;
    return bridge.get('export:run', { ...request, format: 'aws-credentials' });
  };

  test('is looked for in its file, taken out of it, and the copies of the file are listed', async () => {
    const outcome = await mergeProfile();
    const copies = () => readdirSync(fileIn('.aws')).filter((name) => name !== 'credentials');
    expect(outcome).toMatchObject({ outcome: 'written', fileName: 'credentials', backup: copies()[0], remarks: [] });
    expect(await stateOf('web')).toBe('there');
    const listed = await bridge.get('export:list', {});
    expect(listed).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ fileName: copies()[0], isBackup: true, section: '', state: 'there' }),
      ]) as object,
    );
    bridge.clock.nowMs += 5000;
    await bridge.get('export:delete-file', { id: listed.find(({ section }) => section === 'web')?.id ?? '' });
    expect(readFileSync(fileIn('.aws/credentials'), 'utf8').startsWith(theirs)).toBe(true);
    expect(readFileSync(fileIn('.aws/credentials'), 'utf8')).not.toContain(keyId);
    const left = await bridge.get('export:list', {});
    expect(left.map(({ isBackup }) => isBackup)).toEqual([true, true]);
    for (const { id } of left) await bridge.get('export:delete-file', { id });
    expect([copies(), await bridge.get('export:list', {})]).toEqual([[], []]);
  });

  test('that another program took out or changed is told so, and not touched', async () => {
    await mergeProfile();
    const written = readFileSync(fileIn('.aws/credentials'), 'utf8');
    writeFileSync(fileIn('.aws/credentials'), written.replace(keyId, 'AKIAIOSFODNN7ANOTHER'));
    expect(await stateOf('web')).toBe('changed');
    const [entry] = (await bridge.get('export:list', {})).filter(({ section }) => section === 'web');
    expect(await bridge.call('export:delete-file', { id: entry?.id ?? '' })).toMatchObject({
      error: { code: 'bad-request' },
    });
    writeFileSync(fileIn('.aws/credentials'), theirs);
    expect(await stateOf('web')).toBe('gone');
    await bridge.get('export:delete-file', { id: entry?.id ?? '' });
    expect(await stateOf('web')).toBeUndefined();
    expect(readFileSync(fileIn('.aws/credentials'), 'utf8')).toBe(theirs);
  });
});

/** Runs a step until a file is there that fits, and then another one. */
async function onceThere(folder: string, isIt: (name: string) => boolean, then: () => void): Promise<void> {
  while (!readdirSync(folder).some(isIt)) await nextTurn();
  then();
}

test('the copy of a file is listed even if the vault locks while it is written', async () => {
  const { id } = await bridge.get('record:create', {
    ...{ kind: 'access-key', title: 'Key', tags: [], values: { accessKeyId: keyId, user: 'ann' } },
    secrets: { secretAccessKey: bytesOf('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY') },
  });
  mkdirSync(fileIn('.aws'));
  writeFileSync(fileIn('.aws/credentials'), '[other]\naws_secret_access_key = theirs\n');
  const request = { id, passphrase: null, comment: '', destination: 'merge', values: { profile: 'web' } } as const;
  const isCopy = (name: string) => name.startsWith('credentials.before-coffer');
  await Promise.all([
    bridge.call('export:run', { ...request, format: 'aws-credentials' }),
    onceThere(fileIn('.aws'), isCopy, () => bridge.session.lock()),
  ]);
  await bridge.unlock();
  const listed = await bridge.get('export:list', {});
  const copies = readdirSync(fileIn('.aws')).filter(isCopy);
  expect(copies).toHaveLength(1);
  expect(listed.filter(({ isBackup }) => isBackup).map(({ fileName, state }) => [fileName, state])).toEqual([
    [copies[0], 'there'],
  ]);
  // And what was merged is as it says.
  const isMerged = readFileSync(fileIn('.aws/credentials'), 'utf8').includes(keyId);
  expect(listed.find(({ section }) => section === 'web')?.state).toBe(isMerged ? 'there' : 'gone');
});

describe('what was there before Coffer merged', () => {
  const host = { alias: 'web', address: '203.0.113.25', user: 'ec2-user' };
  const mergeHost = async (changes: Partial<typeof host> = {}) => {
    const request = { id: keyPair, passphrase: null, comment: '', format: 'ssh-config', destination: 'merge' } as const;
    return bridge.get('export:run', { ...request, values: { ...host, ...changes } });
  };
  const takeOut = async () => {
    bridge.clock.nowMs += 5000;
    const listed = await bridge.get('export:list', {});
    return bridge.get('export:delete-file', { id: listed.find(({ section }) => section !== '')?.id ?? '' });
  };
  const sections = async () => (await bridge.get('export:list', {})).filter(({ section }) => section !== '');
  const config = () => readFileSync(fileIn('.ssh/config'), 'utf8');
  let keyPair: string;
  beforeEach(async () => {
    ({ id: keyPair } = await bridge.get('key-pair:generate', labels()));
    const toFolder = { format: 'openssh', destination: 'ssh-folder', values: {} } as const;
    await bridge.get('export:run', { id: keyPair, passphrase: null, comment: '', ...toFolder });
  });

  test('a Host block of the user’s comes back or stays, line by line', async () => {
    const theirs =
      'Host web\n  HostName old.example\n  User ec2-user\n  IdentityFile ~/a\n  IdentityFile ~/b\n  Port 2\n';
    writeFileSync(fileIn('.ssh/config'), theirs);
    bridge.replaceAnswers.push(true);
    await mergeHost();
    expect(config()).toContain('203.0.113.25');
    const { copy } = await takeOut();
    expect(config()).toBe(theirs);
    expect(readdirSync(fileIn('.ssh'))).toContain(copy);
    expect(await sections()).toEqual([]);
  });

  test('is gone back to after several merges, also where the user changed a line in between', async () => {
    const theirs = 'Host web\n  HostName old.example\n  IdentityFile ~/a\n';
    writeFileSync(fileIn('.ssh/config'), theirs);
    bridge.replaceAnswers.push(true);
    await mergeHost();
    await mergeHost({ user: 'ubuntu' });
    await mergeHost({ address: '203.0.113.26', user: 'admin' });
    expect(await sections()).toMatchObject([{ state: 'there' }]);
    writeFileSync(fileIn('.ssh/config'), config().replace('203.0.113.26', 'mine.example'));
    await mergeHost({ user: 'admin' });
    await takeOut();
    expect(config()).toBe(theirs.replace('old.example', 'mine.example'));
  });

  test('an entry that was there just so is not listed as Coffer’s, which says that it changed nothing', async () => {
    await mergeHost();
    const block = config();
    await takeOut();
    writeFileSync(fileIn('.ssh/config'), block);
    expect(await mergeHost()).toMatchObject({ backup: '', remarks: [expect.stringMatching(/nothing was changed/)] });
    expect([await sections(), config()]).toEqual([[], block]);
  });

  test('a profile of the user’s comes back with its secret, which is kept as bytes and by nothing else', async () => {
    const theirs =
      '[web]\naws_access_key_id=AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = theirs/secret\naws_session_token=t\n';
    const { id } = await bridge.get('record:create', {
      ...{ kind: 'access-key', title: 'Key', tags: [], values: { accessKeyId: keyId, user: 'ann' } },
      secrets: { secretAccessKey: bytesOf('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY') },
    });
    mkdirSync(fileIn('.aws'));
    writeFileSync(fileIn('.aws/credentials'), theirs);
    bridge.replaceAnswers.push(true);
    const request = { id, passphrase: null, comment: '', destination: 'merge', values: { profile: 'web' } } as const;
    await bridge.get('export:run', { ...request, format: 'aws-credentials' });
    await bridge.lockAndUnlock();
    expect(JSON.stringify(await bridge.get('export:list', {}))).not.toContain('theirs/secret');
    await takeOut();
    expect(readFileSync(fileIn('.aws/credentials'), 'utf8')).toBe(theirs.replace('token=t', 'token = t'));
  });
});

test('a Host entry below lines that win over it is written with a warning', async () => {
  const { id } = await bridge.get('key-pair:generate', labels());
  const request = { id, passphrase: null, comment: '' } as const;
  await bridge.get('export:run', { ...request, format: 'openssh', destination: 'ssh-folder', values: {} });
  writeFileSync(fileIn('.ssh/config'), 'User somebody\nInclude more\n');
  const values = { alias: 'web', address: '203.0.113.25', user: 'ubuntu' };
  const outcome = await bridge.get('export:run', { ...request, format: 'ssh-config', destination: 'merge', values });
  expect(outcome).toMatchObject({
    outcome: 'written',
    remarks: [expect.stringMatching(/set User already/), expect.stringMatching(/A file is included above/)],
  });
  expect(await stateOf('web')).toBe('there');
});
