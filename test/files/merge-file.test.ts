import { lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type KeepCopy, mergeFile } from '../../main/files/merge-file';
import { profileFilePath, writeAwsProfile } from '../../main/files/merge-profile';
import { bytesOf, temporaryFolder } from '../support/keys-tools';

const root = temporaryFolder();
let home: string;
let count = 0;
beforeEach(() => {
  home = path.join(root, `home-${count++}`);
  mkdirSync(home);
});

const keepCopy: KeepCopy = (_copy, write) => write();
const notes = { keepCopy, found: () => undefined };
const file = () => path.join(home, 'notes');
const append = (text: string) => (bytes: Uint8Array) => Uint8Array.from(Buffer.concat([bytes, bytesOf(text)]));
const merge = (edit: (bytes: Uint8Array) => Uint8Array = append('b')) =>
  mergeFile({ file: file(), what: 'notes', edit, nowMs: 0, keepCopy });
const backup = 'notes.before-coffer-19700101T000000Z';

describe('a file of others', () => {
  test('is made if it is not there, with its folder', async () => {
    const inFolder = path.join(home, 'a/b/notes');
    const outcome = await mergeFile({ file: inFolder, what: 'notes', edit: append('x'), nowMs: 0, keepCopy });
    expect(outcome).toEqual({ file: inFolder, isChanged: true, backup: null });
    expect(readFileSync(inFolder, 'utf8')).toBe('x');
    expect(lstatSync(path.dirname(inFolder)).mode & 0o777).toBe(0o700);
  });

  test('is kept under a name of its own each time, and not if nothing changes', async () => {
    writeFileSync(file(), 'a');
    await merge();
    await merge(append('c'));
    expect(await merge((bytes) => Uint8Array.from(bytes))).toMatchObject({ isChanged: false, backup: null });
    expect(readdirSync(home).sort()).toEqual(['notes', backup, `${backup}-2`]);
    expect(
      [file(), path.join(home, backup), path.join(home, `${backup}-2`)].map((one) => readFileSync(one, 'utf8')),
    ).toEqual(['abc', 'a', 'ab']);
  });

  test('is told of before it is written, with its copy; nothing is told if nothing changes', async () => {
    writeFileSync(file(), 'a');
    const told: string[] = [];
    const tell = (what: string) => told.push(`${what}: ${readFileSync(file(), 'utf8')} ${readdirSync(home).length}`);
    const telling = (edit: (bytes: Uint8Array) => Uint8Array) =>
      mergeFile({
        ...{ file: file(), what: 'notes', edit, nowMs: 0 },
        noting: async (write) => {
          tell('file');
          await write();
          tell('file');
        },
        keepCopy: async (copy, write) => {
          tell(`${copy.fileName} ${Buffer.from(copy.bytes).toString()}`);
          await write();
          tell('copy');
        },
      });
    await telling((bytes) => Uint8Array.from(bytes));
    expect(told).toEqual([]);
    await telling(append('b'));
    expect(told).toEqual(['file: a 1', `${backup} a: a 1`, 'copy: a 2', 'file: ab 2']);
  });

  test('stays as it is if its copy cannot be noted', async () => {
    writeFileSync(file(), 'a');
    const refuse: KeepCopy = () => Promise.reject(new Error('locked'));
    const refused = mergeFile({ file: file(), what: 'notes', edit: append('b'), nowMs: 0, keepCopy: refuse });
    await expect(refused).rejects.toThrow('locked');
    expect([readdirSync(home), readFileSync(file(), 'utf8')]).toEqual([['notes'], 'a']);
  });

  test('takes all changes of this process, one after the other', async () => {
    await Promise.all(Array.from('abcdefgh').map((letter) => merge(append(letter))));
    expect(Array.from(readFileSync(file(), 'utf8')).sort().join('')).toBe('abcdefgh');
  });

  test('stays as another program wrote it meanwhile', async () => {
    writeFileSync(file(), 'a');
    const meanwhile = (bytes: Uint8Array) => {
      writeFileSync(file(), 'theirs');
      return append('b')(bytes);
    };
    await expect(merge(meanwhile)).rejects.toMatchObject({ code: 'busy' });
    expect(readFileSync(file(), 'utf8')).toBe('theirs');
  });

  test('is followed through a link, which stays one', async () => {
    mkdirSync(path.join(home, 'dotfiles'));
    writeFileSync(path.join(home, 'dotfiles/notes'), 'a');
    symlinkSync('dotfiles/notes', file());
    expect(await merge()).toMatchObject({ file: path.join(home, 'dotfiles/notes') });
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(readFileSync(file(), 'utf8')).toBe('ab');
    expect(readdirSync(path.join(home, 'dotfiles')).sort()).toEqual(['notes', backup]);
  });

  test.each([
    ['a link to nowhere', () => symlinkSync('gone', file()), 'bad-request'],
    ['a folder', () => mkdirSync(file()), 'bad-request'],
    [
      'a file that is read-only',
      () => {
        writeFileSync(file(), 'a', { mode: 0o444 });
      },
      'no-permission',
    ],
    ['a file that is too large', () => writeFileSync(file(), new Uint8Array(4 * 1024 * 1024 + 1)), 'bad-request'],
  ])('is refused: %s', async (_, make, code) => {
    make();
    await expect(merge()).rejects.toMatchObject({ code });
    expect(readdirSync(home)).toEqual(['notes']);
  });
});

describe('a profile', () => {
  const values = new Map([
    ['aws_access_key_id', bytesOf('AKIAQNZGKIQY56JQ7WML')],
    ['aws_secret_access_key', bytesOf('s')],
  ]);
  const place = (mayReplace = false, known = '') => ({
    ...{ home, environment: {}, mayReplace, nowMs: 0 },
    isKnownKeyId: (id: string) => id === known,
  });
  const write = (at = place()) => writeAwsProfile({ file: 'credentials', profile: 'web', values }, at, notes);
  const aws = (name: string) => path.join(home, '.aws', name);
  const given = (name: string, text: string) => {
    mkdirSync(path.join(home, '.aws'), { recursive: true });
    writeFileSync(aws(name), text);
  };

  test.each([
    ['another key', 'credentials', '[web]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n'],
    ['a program', 'credentials', '[web]\ncredential_process = x\n'],
    ['a role', 'config', '[profile web]\nrole_arn = x\n'],
  ])('of %s is asked about first, and replaced after a yes', async (_, name, text) => {
    given(name, text);
    expect(await write()).toEqual({ outcome: 'taken', file: aws('credentials') });
    expect(readFileSync(aws(name), 'utf8')).toBe(text);
    expect(await write(place(true))).toMatchObject({ outcome: 'written' });
  });

  test('with a key of the vault is updated unasked, and the token of the old one goes', async () => {
    given('credentials', '[web]\naws_access_key_id = OLD\naws_session_token = t\n');
    expect(await write(place(false, 'OLD'))).toMatchObject({ outcome: 'written' });
    expect(readFileSync(aws('credentials'), 'utf8')).toBe(
      '[web]\naws_access_key_id = AKIAQNZGKIQY56JQ7WML\naws_secret_access_key = s\n',
    );
  });

  test('goes where the environment says', () => {
    const at = (value: string) =>
      profileFilePath('credentials', { home: '/h', environment: { AWS_SHARED_CREDENTIALS_FILE: value } });
    expect(at('')).toBe('/h/.aws/credentials');
    expect(at('/x/y')).toBe('/x/y');
    expect(at('~/z')).toBe('/h/z');
    expect(() => at('z')).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});
