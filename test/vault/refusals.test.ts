import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { utf8 } from '../../main/crypto/encode';
import { sha256 } from '../../main/crypto/mac';
import { createVault, unlockVault } from '../../main/vault/open-vault';
import { asUser, giveToUser } from '../support/as-user';
import { mountSmallDisk } from '../support/small-disk';
import {
  bytesOf,
  createSmall,
  password,
  passwordAttempt,
  smallCosts,
  smallDeps,
  temporaryFolder,
  unlockSmall,
} from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

const snapshot = () => place.snapshot();

async function expectRefusal(code: string, file = place.file) {
  const before = snapshot();
  await expect(unlockSmall(file)).rejects.toMatchObject({ code });
  expect(snapshot()).toEqual(before);
}

const changeDatabase = (sql: string) => {
  const db = new Database(place.file);
  db.exec(sql);
  db.close();
};

describe('opening', () => {
  test('a file that is not there', () => expectRefusal('not-found'));

  test('a folder, an empty file, a text, another SQLite file', async () => {
    mkdirSync(path.join(place.folder, 'folder.coffer'));
    await expect(unlockSmall(path.join(place.folder, 'folder.coffer'))).rejects.toMatchObject({ code: 'not-a-vault' });
    for (const content of ['', 'SQLite', 'hello, this is no vault'.repeat(500)]) {
      writeFileSync(place.file, content);
      await expect(unlockSmall(place.file)).rejects.toMatchObject({
        code: expect.stringMatching(/not-a-vault|damaged/) as string,
      });
    }
    writeFileSync(place.file, '');
    changeDatabase('CREATE TABLE t (x)');
    await expect(unlockSmall(place.file)).rejects.toMatchObject({ code: 'not-a-vault' });
  });

  test('a newer format', async () => {
    (await createSmall(place.file)).lock();
    changeDatabase('PRAGMA user_version = 2; CREATE TABLE novelty (x ANY) STRICT');
    await expectRefusal('newer-format');
  });

  test('a newer format that kept the tables', async () => {
    (await createSmall(place.file)).lock();
    const db = new Database(place.file);
    const { body } = db.prepare('SELECT body FROM header').get() as { body: Buffer };
    body[6] = 2;
    const digest = sha256([utf8('coffer/1/header-digest'), body]);
    db.prepare('UPDATE header SET body = ?, digest = ?').run(body, digest);
    db.pragma('user_version = 2');
    db.close();
    await expectRefusal('newer-format');
  });

  test.each([
    'CREATE TRIGGER t AFTER UPDATE ON head BEGIN DELETE FROM secret; END',
    'CREATE VIEW v AS SELECT * FROM page',
    'CREATE VIRTUAL TABLE f USING fts5(x)',
    'CREATE INDEX i ON page (revision)',
    'CREATE TABLE extra (x ANY) STRICT',
    'ALTER TABLE page ADD COLUMN more TEXT',
    'ALTER TABLE page ADD COLUMN more TEXT GENERATED ALWAYS AS (no) VIRTUAL',
    'DROP TABLE secret',
    'PRAGMA user_version = 7',
    'PRAGMA application_id = 7',
  ])('a schema that is not exactly ours: %s', async (sql) => {
    (await createSmall(place.file)).lock();
    changeDatabase(sql);
    await expectRefusal('vault-damaged');
  });

  test('a vault that another process has open', async () => {
    (await createSmall(place.file)).lock();
    const holder = spawn(process.execPath, [
      ...process.execArgv,
      '-e',
      holdVault,
      createRequire(import.meta.url).resolve('better-sqlite3'),
      place.file,
    ]);
    try {
      await new Promise((resolve) => holder.stdout.once('data', resolve));
      const before = snapshot();
      await expect(unlockSmall(place.file)).rejects.toMatchObject({
        code: 'vault-in-use',
        message: expect.stringContaining('already open') as string,
      });
      expect(snapshot()).toEqual(before);
    } finally {
      holder.kill();
      await new Promise((resolve) => holder.once('exit', resolve));
    }
    (await unlockSmall(place.file)).lock();
  });

  test('through a symbolic link opens the vault it leads to, and keeps its log beside that', async () => {
    (await createSmall(place.file)).lock();
    mkdirSync(path.join(place.folder, 'links'));
    const link = path.join(place.folder, 'links/link.coffer');
    symlinkSync(place.file, link);
    const vault = await unlockSmall(link);
    expect(readdirSync(path.join(place.folder, 'links'))).toEqual(['link.coffer']);
    vault.lock();
  });
});

/** Holds the vault as another Coffer does. Runs in a process of its own. */
const holdVault = `
  const db = new (require(process.argv[1]))(process.argv[2]);
  db.pragma('locking_mode=EXCLUSIVE');
  db.exec('BEGIN EXCLUSIVE; COMMIT');
  process.stdout.write('held');
  setInterval(() => undefined, 1000);
`;

describe('a place that does not take the vault', () => {
  test('a folder without write permission: nothing is made, an old vault stays as it was', async () => {
    (await createSmall(place.file)).lock();
    await giveToUser(place.folder);
    await giveToUser(place.file);
    chmodSync(place.folder, 0o500);
    const before = snapshot();
    const created = asUser(() => createSmall(path.join(place.folder, 'new.coffer')));
    await expect(created).rejects.toMatchObject({ code: 'no-permission' });
    await expect(asUser(() => unlockSmall(place.file))).rejects.toMatchObject({ code: 'no-permission' });
    expect(snapshot()).toEqual(before);
    chmodSync(place.folder, 0o700);
    (await asUser(() => unlockSmall(place.file))).lock();
  });

  test('a file that may not be read, or not be written', async () => {
    (await createSmall(place.file)).lock();
    await giveToUser(place.folder);
    await giveToUser(place.file);
    for (const mode of [0o000, 0o400]) {
      chmodSync(place.file, mode);
      await expect(asUser(() => unlockSmall(place.file))).rejects.toMatchObject({ code: 'no-permission' });
    }
    chmodSync(place.file, 0o600);
    (await asUser(() => unlockSmall(place.file))).lock();
  });

  test('a name that is taken: the file there stays as it is', async () => {
    writeFileSync(place.file, 'precious');
    await expect(createSmall(place.file)).rejects.toMatchObject({ code: 'file-exists' });
    expect(snapshot()).toEqual({ 'test.coffer': Buffer.from('precious').toString('hex') });
  });

  test('a full disk: creating leaves nothing, saving loses nothing', async () => {
    const disk = path.join(place.folder, 'disk');
    const unmount = await mountSmallDisk(disk, 200);
    const file = path.join(disk, 'full.coffer');
    const vault = await createSmall(file);
    try {
      const ids: string[] = [];
      const fill = () => {
        for (;;)
          ids.push(vault.save({ id: null, overview: bytesOf(`record ${ids.length}`), body: new Uint8Array(3000) }));
      };
      expect(fill).toThrow(expect.objectContaining({ code: 'disk-full' }));
      expect(vault.size).toBe(ids.length);
      for (const id of ids) expect(vault.openBody(id)).toHaveLength(3000);
      await expect(createSmall(path.join(disk, 'second.coffer'))).rejects.toMatchObject({ code: 'disk-full' });
      copyFileSync(file, path.join(place.folder, 'moved.coffer'));
      execFileSync('cp', [`${file}-wal`, path.join(place.folder, 'moved.coffer-wal')]);
      const moved = await unlockSmall(path.join(place.folder, 'moved.coffer'));
      expect(moved.size).toBe(ids.length);
      moved.lock();
      vault.lock();
      const again = await unlockSmall(path.join(place.folder, 'moved.coffer'));
      expect(again.size).toBe(ids.length);
      again.lock();
      expect(readdirSync(disk).filter((name) => name.includes('second'))).toEqual([]);
    } finally {
      vault.lock();
      await unmount();
    }
  });
});

describe('costs that a file asks for', () => {
  test.each([
    ['4 TiB', { memoryKiB: 0xffffffff, timeCost: 2, parallelism: 1 }],
    ['more passes than allowed', { memoryKiB: 64, timeCost: 17, parallelism: 1 }],
    ['no lanes', { memoryKiB: 64, timeCost: 2, parallelism: 0 }],
    ['too little memory', { memoryKiB: 7, timeCost: 2, parallelism: 1 }],
    ['a product over 4 GiB', { memoryKiB: 1024 * 1024, timeCost: 5, parallelism: 4 }],
  ])('%s: refused before they are paid', async (_, costs) => {
    const { makeHeaderRow } = await import('../../main/vault/header');
    const { deriveVaultKeys } = await import('../../main/vault/vault-keys');
    (await createVault(place.file, bytesOf(password), smallCosts, smallDeps)).lock();
    const identity = { vaultId: new Uint8Array(16), epoch: 1 };
    const slot = { kind: 'password', id: new Uint8Array(16), costs, salt: new Uint8Array(32) } as const;
    const sealed = { commitment: new Uint8Array(32), nonce: new Uint8Array(12), wrapped: new Uint8Array(48) };
    const slots = [{ ...slot, ...sealed, factors: [], securityKey: null }];
    const row = makeHeaderRow(
      { identity, slots, codes: null, notesRevision: 1 },
      new Uint8Array(300),
      deriveVaultKeys(new Uint8Array(32), identity),
    );
    const db = new Database(place.file);
    db.prepare('UPDATE header SET body = @body, digest = @digest, mac = @mac, notes = @notes').run(row);
    db.close();
    const startMs = performance.now();
    await expect(unlockVault(place.file, passwordAttempt(password), smallDeps)).rejects.toMatchObject({
      code: 'vault-damaged',
    });
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });
});
