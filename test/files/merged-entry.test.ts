import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { entryStates, type MergedEntry, presumedChange, removeMergedEntry } from '../../main/files/merged-entry';
import type { SectionChange } from '../../main/files/section-change';
import { temporaryFolder } from '../support/keys-tools';

const root = temporaryFolder();
let folder: string;
let count = 0;
beforeEach(() => {
  folder = path.join(root, `folder-${count++}`);
  mkdirSync(folder);
});

const fileOf = (name: string) => path.join(folder, name);
const entryIn = (target: MergedEntry['target'], settings: Record<string, string>): MergedEntry => ({
  ...{ target, file: fileOf(target), section: 'web', settings },
});
const credentials = () => entryIn('aws-credentials', { aws_access_key_id: 'AKIA1' });
const config = () => entryIn('aws-config', { region: 'eu-west-1' });
const host = () =>
  entryIn('ssh-config', { HostName: '192.0.2.1', User: 'ubuntu', IdentityFile: '/k%', IdentitiesOnly: 'yes' });

const remove = (entry: MergedEntry, change: SectionChange = presumedChange(entry.target, entry.settings)) =>
  removeMergedEntry(entry, change, { nowMs: 0, keepCopy: (_copy, write) => write() });

const written = {
  'aws-credentials': '[web]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n',
  'aws-config': '[profile web]\nregion = eu-west-1\n',
  'ssh-config': 'Host web\n    HostName 192.0.2.1\n    User ubuntu\n    IdentityFile /k%%\n    IdentitiesOnly yes\n',
} as const;
const before = '# theirs\n';
const after = { 'aws-credentials': '[other]\r\nx = 1', 'aws-config': '[default]\nregion = x', 'ssh-config': 'Host b' };

describe.each([
  { make: credentials, change: { from: 'AKIA1', to: 'AKIA2' } },
  { make: config, change: { from: 'eu-west-1', to: 'us-east-1' } },
  { make: host, change: { from: '192.0.2.1', to: '192.0.2.2' } },
] as const)('an entry in $make.name', ({ make, change }) => {
  const entry = () => make();
  const put = (text: string) => writeFileSync(entry().file, text);
  const whole = () => before + written[entry().target] + after[entry().target];

  test('is there as long as its section says what Coffer wrote', () => {
    expect(entryStates([entry()])).toEqual(['gone']);
    put(whole());
    expect(entryStates([entry(), { ...entry(), section: 'db' }])).toEqual(['there', 'gone']);
    put(whole().replace(change.from, change.to));
    expect(entryStates([entry()])).toEqual(['changed']);
    put(before + after[entry().target]);
    expect(entryStates([entry()])).toEqual(['gone']);
    put(`${whole()}\0`);
    expect(entryStates([entry()])).toEqual(['changed']);
    rmSync(entry().file);
    mkdirSync(entry().file);
    expect(entryStates([entry()])).toEqual(['unreadable']);
  });

  test('of which nothing is known that tells it does not count as there, and is not touched', async () => {
    put(whole());
    expect(entryStates([{ ...entry(), settings: {} }])).toEqual(['changed']);
    await expect(remove({ ...entry(), settings: {} })).rejects.toMatchObject({ code: 'bad-request' });
    expect(readFileSync(entry().file, 'utf8')).toBe(whole());
  });

  test('is taken out, and nothing else; the file as it was is kept beside it', async () => {
    put(whole());
    const outcome = await remove(entry());
    expect(readFileSync(entry().file, 'utf8')).toBe(before + after[entry().target]);
    expect(readFileSync(outcome?.backup ?? '', 'utf8')).toBe(whole());
  });

  test('is left alone if somebody changed it, and if it is gone', async () => {
    put(whole().replace(change.from, change.to));
    await expect(remove(entry())).rejects.toMatchObject({ code: 'bad-request' });
    expect(readFileSync(entry().file, 'utf8')).toBe(whole().replace(change.from, change.to));
    put(before);
    expect(await remove(entry())).toBeNull();
    expect(readdirSync(folder)).toEqual([entry().target]);
  });

  test('in a file that is gone makes no new one', async () => {
    expect(await remove(entry())).toBeNull();
    expect(existsSync(entry().file)).toBe(false);
  });
});

test('what others put into the section stays, with its heading', async () => {
  writeFileSync(fileOf('aws-credentials'), '[web]\naws_access_key_id = AKIA1\n# note\noutput = x\n');
  await remove(credentials());
  expect(readFileSync(fileOf('aws-credentials'), 'utf8')).toBe('[web]\n# note\noutput = x\n');
  writeFileSync(fileOf('ssh-config'), written['ssh-config'].replace('    User', '    Port 2\n    User'));
  await remove(host());
  expect(readFileSync(fileOf('ssh-config'), 'utf8')).toBe('Host web\n    Port 2\n');
});
