import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VaultDatabase } from '../../main/store/vault-database';
import { day, hour, minute, recordsOf, setUpRig } from '../support/rig';
import { mountSmallDisk } from '../support/small-disk';
import { bytesOf, temporaryFolder } from '../support/small-vault';

const other = 'another horse battery';
let rig: ReturnType<typeof setUpRig>;
beforeEach(async () => {
  rig = setUpRig();
  await rig.create();
  rig.save('one');
});
afterEach(() => rig.remove());

const names = (folder = rig.backupFolder) => readdirSync(folder).sort();
const automatic = () => rig.backups.list().filter(({ kind }) => kind === 'auto');
const lockAndUnlock = async (typed?: string) => {
  rig.session.lock();
  await rig.unlock(typed === undefined ? {} : { password: bytesOf(typed) });
  await rig.backups.idle();
};
const backUp = async () => {
  await rig.backups.backUpNow();
  return rig.backups.list().find(({ kind }) => kind === 'by hand')?.fileName ?? '';
};

describe('automatic backups', () => {
  test('one a day of use; within a day another in its place, an hour after, and if something changed', async () => {
    await lockAndUnlock();
    const [first] = automatic();
    expect(automatic()).toHaveLength(1);
    rig.clock.nowMs += 50 * minute;
    await lockAndUnlock();
    expect(automatic()).toEqual([first]);
    rig.clock.nowMs += 20 * minute;
    await lockAndUnlock();
    expect(automatic()).toHaveLength(1);
    expect(automatic()[0]?.atMs).toBeGreaterThan(first?.atMs ?? 0);
    rig.clock.nowMs += day;
    await lockAndUnlock();
    expect(automatic()).toHaveLength(2);
  });

  test('none of an empty vault', async () => {
    for (const { id } of [...rig.session.vault.overviews()]) rig.session.vault.remove(id);
    await lockAndUnlock();
    expect(rig.backups.list()).toEqual([]);
  });

  test('ten are kept, and those made by hand; a file for the user alone', async () => {
    await backUp();
    for (let n = 0; n < 13; n++) {
      rig.clock.nowMs += day;
      await lockAndUnlock();
    }
    expect(automatic()).toHaveLength(10);
    expect(rig.backups.list()).toHaveLength(11);
    expect(automatic()[0]?.atMs).toBe(rig.clock.nowMs);
    expect(names().every((name) => (statSync(path.join(rig.backupFolder, name)).mode & 0o777) === 0o600)).toBe(true);
    expect(statSync(rig.backupFolder).mode & 0o777).toBe(0o700);
  });

  test('the newest stays, whatever dates a wrong clock gave the others', async () => {
    rig.clock.nowMs += 3650 * day;
    for (let n = 0; n < 10; n++) {
      rig.clock.nowMs += day;
      await lockAndUnlock();
    }
    rig.clock.nowMs -= 3700 * day;
    await lockAndUnlock();
    expect(automatic().map(({ atMs }) => atMs)).toContain(rig.clock.nowMs);
    expect(automatic()).toHaveLength(10);
  });

  test('leave those of another vault of the same name in the same folder alone', async () => {
    const elsewhere = path.join(rig.folder, 'elsewhere');
    mkdirSync(elsewhere);
    await lockAndUnlock();
    rig.session.lock();
    const second = setUpRig({ folderOf: () => rig.backupFolder });
    await second.create();
    second.save('of the second');
    second.clock.nowMs = rig.clock.nowMs + 2000;
    second.session.lock();
    await second.unlock();
    await second.backups.idle();
    expect(names()).toHaveLength(2);
    for (let n = 0; n < 12; n++) {
      second.clock.nowMs += day;
      second.session.lock();
      await second.unlock();
      await second.backups.idle();
    }
    expect(names()).toHaveLength(11);
    await second.replace();
    expect(second.backups.list().filter(({ content }) => content?.identity.epoch === 1)).toHaveLength(1);
    await second.remove();
    await rig.unlock();
    expect(automatic().some(({ content }) => content?.records === 1 && content.identity.epoch === 1)).toBe(true);
  });

  test('a failure is a warning, no crash, and goes when one succeeds', async () => {
    writeFileSync(rig.backupFolder, 'a file where the folder should be');
    await lockAndUnlock();
    expect(rig.backups.failure).toMatch(/^backup folder: /);
    rmSync(rig.backupFolder);
    await lockAndUnlock();
    expect(rig.backups.failure).toBeNull();
    expect(automatic()).toHaveLength(1);
  });

  test('a full disk leaves no part of one', async () => {
    const disk = path.join(rig.folder, 'disk');
    const unmount = await mountSmallDisk(disk, 16);
    const full = setUpRig({ folderOf: () => disk });
    try {
      await full.create();
      full.save('one');
      full.session.lock();
      await full.unlock();
      await full.backups.idle();
      expect(full.backups.failure).toMatch(/full|room|space/);
      expect(names(disk)).toEqual([]);
      expect(recordsOf(full.session)).toEqual(['one']);
    } finally {
      await full.remove();
      await unmount();
    }
  });

  test('a copy that a failing disk corrupted is not kept', async () => {
    const original = Object.getOwnPropertyDescriptor(VaultDatabase.prototype, 'copyTo')
      ?.value as VaultDatabase['copyTo'];
    try {
      for (const at of [0.55, 0.75, 0.95]) {
        VaultDatabase.prototype.copyTo = async function (file) {
          await original.call(this, file);
          const bytes = readFileSync(file);
          const place = Math.floor(bytes.length * at);
          bytes.fill(0xff, place, place + 400);
          writeFileSync(file, bytes);
        };
        for (let n = 0; n < 20; n++) rig.save('a record that fills pages '.repeat(40));
        await expect(rig.backups.backUpNow()).rejects.toMatchObject({ code: 'vault-damaged' });
        expect(names()).toEqual([]);
      }
    } finally {
      VaultDatabase.prototype.copyTo = original;
    }
    await rig.backups.backUpNow();
  });
});

describe('a new epoch', () => {
  test('ends all older backups, also those that the list has no room for and those in folders of before', async () => {
    const before = path.join(rig.folder, 'before');
    await rig.backups.backUpNow();
    const [first = ''] = names();
    mkdirSync(before);
    const nameOf = (n: number) =>
      first.replace(/\d\d-\d\d-\d\dZ/, `00-${String(n).padStart(4, '0').replace(/(..)$/, '-$1')}Z`);
    for (let n = 0; n < 130; n++) {
      const name = nameOf(Math.floor(n / 60) * 100 + (n % 60));
      for (const folder of [rig.backupFolder, before])
        copyFileSync(path.join(rig.backupFolder, first), path.join(folder, name));
    }
    expect([names().length, names(before).length, rig.backups.list().length]).toEqual([131, 130, 100]);
    const moved = setUpRig({
      folderOf: () => rig.backupFolder,
      formerFoldersOf: () => [before, path.join(rig.folder, 'gone')],
    });
    rig.session.lock();
    moved.session.choose(rig.file, false);
    await moved.unlock();
    await moved.replace({}, { password: bytesOf(other) });
    expect(names(before)).toEqual([]);
    expect(moved.backups.list().map(({ content }) => content?.identity.epoch)).toEqual([2]);
    expect(names()).toHaveLength(1);
    await moved.remove();
  });

  test('makes a backup with the new ways in, and removes those that open with the old ones', async () => {
    await backUp();
    await lockAndUnlock();
    rig.clock.nowMs += hour;
    await rig.replace({}, { password: bytesOf(other) });
    expect(rig.backups.list().map(({ content }) => content?.identity.epoch)).toEqual([2]);
  });

  test('keeps them where the user says so, today’s automatic one among them', async () => {
    await lockAndUnlock();
    rig.clock.nowMs += 1000;
    await backUp();
    rig.clock.nowMs += hour;
    await rig.replace({ keepsOlderBackups: true }, { password: bytesOf(other) });
    expect(rig.backups.list().map(({ kind, content }) => [kind, content?.identity.epoch])).toEqual([
      ['auto', 2],
      ['by hand', 1],
      ['auto', 1],
    ]);
  });

  test('that can’t be backed up keeps the older ones until it is', async () => {
    const backup = await backUp();
    const away = path.join(rig.folder, 'away');
    copyFileSync(path.join(rig.backupFolder, backup), away);
    rmSync(rig.backupFolder, { recursive: true });
    writeFileSync(rig.backupFolder, '');
    await rig.replace({}, { password: bytesOf(other) });
    expect(rig.backups.failure).not.toBeNull();
    rmSync(rig.backupFolder);
    mkdirSync(rig.backupFolder);
    copyFileSync(away, path.join(rig.backupFolder, backup));
    await lockAndUnlock(other);
    expect(rig.backups.list().map(({ content }) => content?.identity.epoch)).toEqual([2]);
  });
});

test('a copy saved elsewhere never replaces a file', async () => {
  const place = temporaryFolder();
  try {
    await rig.backups.saveCopy(place.file);
    const before = readFileSync(place.file);
    await expect(rig.backups.saveCopy(place.file)).rejects.toMatchObject({ code: 'file-exists' });
    expect(readFileSync(place.file).equals(before)).toBe(true);
    expect(readdirSync(place.folder)).toEqual(['test.coffer']);
  } finally {
    place.remove();
  }
});
