import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Sighting, Sightings, compareWithSighting } from '../../main/files/sightings';
import { temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

const vaultId = 'ab'.repeat(16);
const seen: Sighting = { vaultId, path: '/home/x/work.coffer', epoch: 2, counter: 10, headMacHex: 'cd'.repeat(32) };
const folder = () => path.join(place.folder, 'seen');
/** One file a vault and place: the place's SHA-256 is part of the name. */
const nameFor = (id: string) => `${id}-${createHash('sha256').update(seen.path).digest('hex').slice(0, 16)}.json`;
const file = () => path.join(folder(), nameFor(vaultId));
const flip = (bytes: Uint8Array) => Promise.resolve(bytes.map((byte) => byte ^ 0x5a));
const sealer = { seal: flip, open: flip };
const otherVault = (n: number) => ({ ...seen, vaultId: n.toString(16).padStart(32, '0') });

function plant(text: string | Uint8Array): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(file(), text);
}

describe('comparing', () => {
  test.each([
    ['never seen', seen, null, 'unknown'],
    ['another vault', otherVault(1), seen, 'unknown'],
    ['the same', seen, seen, 'same-or-newer'],
    ['elsewhere', { ...seen, path: '/mnt/work.coffer' }, seen, 'unknown'],
    ['an older copy elsewhere', { ...seen, path: '/mnt/work.coffer', counter: 9 }, seen, 'unknown'],
    ['more commits', { ...seen, counter: 11, headMacHex: 'ef'.repeat(32) }, seen, 'same-or-newer'],
    ['a new epoch', { ...seen, epoch: 3, headMacHex: 'ef'.repeat(32) }, seen, 'same-or-newer'],
    ['fewer commits', { ...seen, counter: 9 }, seen, 'older'],
    ['an epoch before', { ...seen, epoch: 1, counter: 99 }, seen, 'older'],
    ['a new epoch with fewer commits', { ...seen, epoch: 3, counter: 9 }, seen, 'older'],
    ['as many commits, but others', { ...seen, headMacHex: 'ef'.repeat(32) }, seen, 'diverged'],
  ] as [string, Sighting, Sighting | null, string][])('%s', (_, now, before, expected) => {
    expect(compareWithSighting(now, before)).toBe(expected);
  });
});

describe.each([
  ['sealed', sealer],
  ['plain', null],
])('%s', (name, given) => {
  test('what was noted is read before and after it is written, also by the next start', async () => {
    const sightings = new Sightings(place.folder, given);
    expect(await sightings.read(vaultId, seen.path)).toBeNull();
    sightings.note(seen);
    expect(await sightings.read(vaultId, seen.path)).toEqual(seen);
    await sightings.flush();
    expect(await sightings.read(vaultId, seen.path)).toEqual(seen);
    expect(await new Sightings(place.folder, given).read(vaultId, seen.path)).toEqual(seen);
    expect(readFileSync(file(), 'utf8').includes('work.coffer')).toBe(name === 'plain');
  });

  test('the files are for the user alone, and no other is left', async () => {
    const sightings = new Sightings(place.folder, given);
    sightings.note(seen);
    sightings.note(otherVault(1));
    await sightings.flush();
    expect(readdirSync(folder()).sort()).toEqual([nameFor(otherVault(1).vaultId), nameFor(vaultId)]);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });
});

test('a copy that goes its own way elsewhere says nothing about the vault, but its counter is known', async () => {
  const sightings = new Sightings(place.folder, sealer);
  const copy = { ...seen, path: '/mnt/copy.coffer', epoch: 3, counter: 99 };
  for (const round of ['noted', 'written']) {
    if (round === 'noted') [seen, copy].forEach((one) => sightings.note(one));
    else await sightings.flush();
    expect(await sightings.read(vaultId, seen.path)).toEqual(seen);
    expect(await sightings.read(vaultId, copy.path)).toEqual(copy);
    expect(await sightings.highestCounter(vaultId)).toBe(99);
  }
  expect(await new Sightings(place.folder, sealer).highestCounter(vaultId)).toBe(99);
  expect(await sightings.highestCounter(otherVault(1).vaultId)).toBe(0);
});

test('a burst of notes is written once, with the last of them, without a flush', async () => {
  const seal = vi.fn(flip);
  const sightings = new Sightings(place.folder, { seal, open: flip }, 20);
  for (let counter = 11; counter <= 1000; counter++) sightings.note({ ...seen, counter });
  expect(seal).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(readdirSync(folder())).toEqual([nameFor(vaultId)]));
  expect(seal).toHaveBeenCalledTimes(1);
  expect(await new Sightings(place.folder, sealer).read(vaultId, seen.path)).toMatchObject({ counter: 1000 });
});

test('a note that comes while another is written is written too', async () => {
  const sightings = new Sightings(place.folder, {
    seal: (bytes) => {
      if (!isLate) sightings.note({ ...seen, counter: 12 });
      isLate = true;
      return flip(bytes);
    },
    open: flip,
  });
  let isLate = false;
  sightings.note(seen);
  await sightings.flush();
  await sightings.flush();
  expect(await new Sightings(place.folder, sealer).read(vaultId, seen.path)).toMatchObject({ counter: 12 });
});

test('a keychain or a disk that fails is silent', async () => {
  const refuse = () => Promise.reject(new Error('locked'));
  const locked = new Sightings(place.folder, { seal: refuse, open: refuse });
  locked.note(seen);
  await locked.flush();
  expect(await locked.read(vaultId, seen.path)).toBeNull();
  rmSync(folder(), { recursive: true, force: true });
  writeFileSync(folder(), 'a file in the place of the folder');
  const blocked = new Sightings(place.folder, null);
  blocked.note(seen);
  await blocked.flush();
  expect(await blocked.read(vaultId, seen.path)).toBeNull();
});

test.each([
  ['nothing', ''],
  ['half a file', JSON.stringify(seen).slice(0, 40)],
  ['no object', '[]'],
  ['null', 'null'],
  ['no UTF-8', new Uint8Array([0xff, 0xfe, 0x7b])],
  ['another vault', JSON.stringify(otherVault(1))],
  ['a negative counter', JSON.stringify({ ...seen, counter: -1 })],
  ['a broken counter', JSON.stringify({ ...seen, counter: 1.5 })],
  ['a counter as text', JSON.stringify({ ...seen, counter: '10' })],
  ['a huge counter', JSON.stringify(seen).replace(':10,', ':1e300,')],
  ['no MAC', JSON.stringify({ ...seen, headMacHex: undefined })],
  ['a short MAC', JSON.stringify({ ...seen, headMacHex: 'cd' })],
  ['a path that is no text', JSON.stringify({ ...seen, path: {} })],
  ['more than 4 KiB', JSON.stringify({ ...seen, path: 'x'.repeat(5000) })],
  ['something sealed that does not open', JSON.stringify({ sealed: 'AAAA' })],
  ['something sealed that is no text', JSON.stringify({ sealed: 7 })],
])('%s in the place of the file counts as absent', async (_, text) => {
  plant(text);
  expect(await new Sightings(place.folder, sealer).read(vaultId, seen.path)).toBeNull();
  expect(await new Sightings(place.folder, null).read(vaultId, seen.path)).toBeNull();
});

test('a link, a pipe and a folder in the place of the file count as absent, at once', async () => {
  const sightings = new Sightings(place.folder, null);
  mkdirSync(folder());
  writeFileSync(path.join(place.folder, 'real.json'), JSON.stringify(seen));
  symlinkSync(path.join(place.folder, 'real.json'), file());
  expect(await sightings.read(vaultId, seen.path)).toBeNull();
  rmSync(file());
  execFileSync('mkfifo', [file()]);
  expect(await sightings.read(vaultId, seen.path)).toBeNull();
  rmSync(file());
  mkdirSync(file());
  expect(await sightings.read(vaultId, seen.path)).toBeNull();
});

test('a name that is no id leads nowhere', async () => {
  plant(JSON.stringify(seen));
  const sightings = new Sightings(place.folder, null);
  expect(await sightings.read(`../seen/${vaultId}`, seen.path)).toBeNull();
  sightings.note({ ...seen, vaultId: '../x' });
  await sightings.flush();
  expect(readdirSync(place.folder)).toEqual(['seen']);
});

test('members that nobody asked for do not come along', async () => {
  plant(JSON.stringify({ ...seen, more: 'x'.repeat(100) }));
  expect(await new Sightings(place.folder, null).read(vaultId, seen.path)).toEqual(seen);
});

test('a plain file of a time without a keychain still counts', async () => {
  plant(JSON.stringify(seen));
  chmodSync(file(), 0o600);
  expect(await new Sightings(place.folder, sealer).read(vaultId, seen.path)).toEqual(seen);
});
