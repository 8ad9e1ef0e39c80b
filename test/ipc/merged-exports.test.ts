import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
