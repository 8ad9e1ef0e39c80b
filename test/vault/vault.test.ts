import { readFileSync, readdirSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesOf, createSmall, password, temporaryFolder, unlockSmall } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

const save = (vault: Awaited<ReturnType<typeof createSmall>>, overview: string, body: string) =>
  vault.save({ id: null, overview: bytesOf(overview), body: bytesOf(body) });
const textOf = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? new Uint8Array());

describe('a vault', () => {
  test('gives back after lock and unlock what was saved', async () => {
    const vault = await createSmall(place.file);
    const id = save(vault, 'overview one', 'body one');
    vault.lock();
    const again = await unlockSmall(place.file);
    expect([...again.overviews()].map(({ id, overview }) => [id, textOf(overview)])).toEqual([[id, 'overview one']]);
    expect(textOf(again.openBody(id))).toBe('body one');
    again.lock();
  });

  test('is one file, for the user alone, when locked', async () => {
    const vault = await createSmall(place.file);
    save(vault, 'o', 'b');
    expect(readdirSync(place.folder).sort()).toEqual(['test.coffer', 'test.coffer-wal']);
    vault.lock();
    expect(readdirSync(place.folder)).toEqual(['test.coffer']);
    expect(statSync(place.file).mode & 0o777).toBe(0o600);
  });

  test('keeps the body when only the overview is saved', async () => {
    const vault = await createSmall(place.file);
    const id = save(vault, 'old', 'body');
    vault.save({ id, overview: bytesOf('new'), body: null });
    vault.lock();
    const again = await unlockSmall(place.file);
    expect(textOf(again.overviewOf(id))).toBe('new');
    expect(textOf(again.openBody(id))).toBe('body');
    again.lock();
  });

  test('holds 500 records over several pages, and forgets the removed ones', async () => {
    const vault = await createSmall(place.file);
    const ids = Array.from({ length: 500 }, (_, n) => save(vault, `overview ${n}`, `body ${n}`));
    for (const id of ids.filter((_, n) => n % 3 === 0)) vault.remove(id);
    vault.lock();
    const again = await unlockSmall(place.file);
    const kept = ids.filter((_, n) => n % 3 !== 0);
    expect(again.size).toBe(kept.length);
    for (const id of kept) expect(textOf(again.openBody(id))).toBe(`body ${ids.indexOf(id)}`);
    expect([...again.checkBodies()].at(-1)).toBe(kept.length);
    again.lock();
  });

  test('refuses a wrong password and leaves the file as it was', async () => {
    (await createSmall(place.file)).lock();
    const before = readFileSync(place.file);
    await expect(unlockSmall(place.file, `${password}!`)).rejects.toMatchObject({ code: 'wrong-password' });
    expect(readFileSync(place.file).equals(before)).toBe(true);
    expect(readdirSync(place.folder)).toEqual(['test.coffer']);
  });

  test('takes the same password typed in another normal form and with another space', async () => {
    const { createVault, unlockVault } = await import('../../main/vault/open-vault');
    const { passwordAttempt, smallCosts, smallDeps } = await import('../support/small-vault');
    (await createVault(place.file, bytesOf('Zu\u0308rich im Winter'), smallCosts, smallDeps)).lock();
    (await unlockVault(place.file, passwordAttempt('Z\u00fcrich\u00a0im\u2003Winter'), smallDeps)).lock();
  });

  test('opens again after overviews have grown to the most that is allowed', async () => {
    const vault = await createSmall(place.file);
    const ids = Array.from({ length: 70 }, (_, n) => save(vault, `overview ${n}`, `body ${n}`));
    const most = 1024 * 1024;
    for (const [n, id] of ids.slice(0, 6).entries()) {
      vault.save({ id, overview: new Uint8Array(most).fill(n), body: null });
    }
    const tooLong = { id: ids[6] ?? '', overview: new Uint8Array(most + 1), body: null };
    expect(() => vault.save(tooLong)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    vault.lock();
    const again = await unlockSmall(place.file);
    expect(again.size).toBe(70);
    for (const [n, id] of ids.entries()) {
      expect(textOf(again.openBody(id))).toBe(`body ${n}`);
      if (n < 6) expect(again.overviewOf(id)).toEqual(new Uint8Array(most).fill(n));
      else expect(textOf(again.overviewOf(id))).toBe(`overview ${n}`);
    }
    for (const id of ids.slice(0, 6)) again.save({ id, overview: bytesOf('small again'), body: null });
    for (const id of ids) again.remove(id);
    expect(again.size).toBe(0);
    again.lock();
    const empty = await unlockSmall(place.file);
    expect(empty.size).toBe(0);
    empty.lock();
  });

  test('refuses every call after lock', async () => {
    const vault = await createSmall(place.file);
    const id = save(vault, 'o', 'b');
    vault.lock();
    expect(() => vault.openBody(id)).toThrow(expect.objectContaining({ code: 'vault-locked' }));
    expect(() => vault.save({ id, overview: bytesOf('x'), body: null })).toThrow(
      expect.objectContaining({ code: 'vault-locked' }),
    );
  });
});
