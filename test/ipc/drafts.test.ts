import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { succeed } from '../support/keys-tools';
import { bytesOf } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

/** A certificate and its encrypted key, as PEM. */
async function pastedPair(folder: string) {
  const [key, certificate] = ['k.pem', 'c.pem'].map((name) => path.join(folder, name)) as [string, string];
  const made = ['-newkey', 'rsa:2048', '-passout', 'pass:secret', '-subj', '/CN=p'];
  await succeed('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', certificate]);
  return `${readFileSync(certificate, 'utf8')}${readFileSync(key, 'utf8')}`;
}

const signIn = { kind: 'sign-in', title: 'Root', tags: ['prod'], secrets: {} };
const values = { email: 'owner@example.com', notes: 'typed notes' };

async function makeSignIn() {
  const { id } = await bridge.get('record:create', {
    ...signIn,
    values: { email: 'owner@example.com' },
    secrets: { password: bytesOf('before') },
  });
  return id;
}
const passwordOf = async (id: string) =>
  Buffer.from((await bridge.get('record:reveal', { id, field: 'password' })).value).toString();
const keep = (recordId: string | null, changes: { title?: string; password?: string } = {}) =>
  bridge.get('draft:keep', {
    recordId,
    kind: 'sign-in',
    title: changes.title ?? 'Root, typed',
    tags: ['typed'],
    values,
    secrets: changes.password === undefined ? {} : { password: bytesOf(changes.password) },
  });

describe('a form that is open when the vault locks', () => {
  test('is there again after unlocking, names its secrets, and saves them', async () => {
    const id = await makeSignIn();
    await keep(id, { password: 'typed secret' });
    expect(await bridge.get('draft:list', {})).toEqual([]);
    await bridge.lockAndUnlock();

    const [draft] = await bridge.get('draft:list', {});
    expect(draft).toEqual({
      id: expect.any(String) as string,
      atMs: bridge.clock.nowMs,
      kind: 'sign-in',
      recordId: id,
    });
    const opened = await bridge.get('draft:open', { id: draft?.id ?? '' });
    expect(opened).toEqual({
      ...{ recordId: id, kind: 'sign-in', title: 'Root, typed', tags: ['typed'], values, secrets: ['password'] },
    });
    expect(await passwordOf(id)).toBe('before');
    await bridge.get('record:update', { id, changes: { title: 'Root, typed' }, usesDraft: true });
    expect(await passwordOf(id)).toBe('typed secret');
    expect(await bridge.get('draft:list', {})).toEqual([]);
    await bridge.lockAndUnlock();
    expect(await bridge.get('draft:list', {})).toEqual([]);
  });

  test('of a new record is made with its secrets; what is typed again counts', async () => {
    await keep(null, { password: 'first' });
    await bridge.lockAndUnlock();
    const [draft] = await bridge.get('draft:list', {});
    await bridge.get('draft:open', { id: draft?.id ?? '' });
    const made = await bridge.get('record:create', { ...signIn, values, usesDraft: true });
    expect(await passwordOf(made.id)).toBe('first');

    await keep(null, { password: 'second' });
    await bridge.lockAndUnlock();
    const [again] = await bridge.get('draft:list', {});
    await bridge.get('draft:open', { id: again?.id ?? '' });
    const secrets = { password: bytesOf('third') };
    const other = await bridge.get('record:create', { ...signIn, values, secrets, usesDraft: true });
    expect(await passwordOf(other.id)).toBe('third');
  });

  test('is listed nowhere else, and lies in the file sealed', async () => {
    await keep(null, { title: 'a very visible title', password: 'a very visible secret' });
    const { total } = await bridge.get('record:list', { query: '', view: 'all', sort: 'title', offset: 0, limit: 10 });
    await bridge.get('vault:lock', {});
    const file = readFileSync(bridge.file);
    for (const text of ['a very visible title', 'a very visible secret']) expect(file.includes(text)).toBe(false);
    await bridge.unlock();
    const list = await bridge.get('record:list', { query: '', view: 'all', sort: 'title', offset: 0, limit: 10 });
    expect([list.total, total]).toEqual([0, 0]);
  });

  test('survives a second lock, with what was typed before the first', async () => {
    await keep(null, { password: 'first' });
    await bridge.lockAndUnlock();
    const [draft] = await bridge.get('draft:list', {});
    await bridge.get('draft:open', { id: draft?.id ?? '' });
    await keep(null, { title: 'typed again' });
    await bridge.lockAndUnlock();
    const [again, ...others] = await bridge.get('draft:list', {});
    expect([again?.id, others]).toEqual([draft?.id, []]);
    expect(await bridge.get('draft:open', { id: again?.id ?? '' })).toMatchObject({
      title: 'typed again',
      secrets: ['password'],
    });
  });

  test('and is closed without saving, or discarded, is gone', async () => {
    await keep(null);
    await bridge.get('draft:drop', {});
    await bridge.lockAndUnlock();
    expect(await bridge.get('draft:list', {})).toEqual([]);
    await keep(null);
    await bridge.lockAndUnlock();
    const [draft] = await bridge.get('draft:list', {});
    const id = draft?.id ?? '';
    await bridge.get('draft:discard', { id });
    expect(await bridge.call('draft:open', { id })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await bridge.call('draft:discard', { id })).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  test('one for each record, and at most twenty', async () => {
    const id = await makeSignIn();
    for (const title of ['one', 'two']) {
      await keep(id, { title });
      await bridge.lockAndUnlock();
    }
    expect(await bridge.get('draft:list', {})).toHaveLength(1);
    for (let count = 0; count < 21; count++) {
      bridge.clock.nowMs += 1000;
      await keep(null, { title: `new ${count}` });
      await bridge.lockAndUnlock();
    }
    const rows = await bridge.get('draft:list', {});
    expect(rows).toHaveLength(20);
    expect(rows.some(({ recordId }) => recordId === id)).toBe(false);
  });

  test('is removed once its record is gone', async () => {
    const id = await makeSignIn();
    await keep(id);
    await bridge.lockAndUnlock();
    const [draft] = await bridge.get('draft:list', {});
    await bridge.get('record:trash', { id });
    await bridge.get('record:purge', { id });
    expect(await bridge.get('draft:list', {})).toEqual([]);
    await expect(bridge.get('draft:discard', { id: draft?.id ?? '' })).rejects.toThrow(/none with this id/);
  });

  test('keeps no vault from locking that takes no changes', async () => {
    await keep(null, { password: 'typed secret' });
    const { CofferError } = await import('../../main/errors');
    bridge.session.vault.refuseChanges(new CofferError('read-only', 'vault: it may only be read'));
    await bridge.get('vault:lock', {});
    expect(bridge.session.state).toBe('locked');
    await bridge.unlock();
    expect(await bridge.get('draft:list', {})).toEqual([]);
  });

  test('of a certificate is taken in with the key and the passphrase that were typed, and only if they are asked for', async () => {
    const pasted = bytesOf(await pastedPair(bridge.home));
    await bridge.get('draft:keep', {
      ...{ recordId: null, kind: 'certificate', title: 'Signing', tags: [], values: { way: 'paste' } },
      secrets: { pasted, passphrase: bytesOf('secret') },
    });
    await bridge.lockAndUnlock();
    const [draft] = await bridge.get('draft:list', {});
    const { secrets } = await bridge.get('draft:open', { id: draft?.id ?? '' });
    expect(secrets.sort()).toEqual(['passphrase', 'pasted']);
    const labels = { title: 'Signing', tags: [], values: {}, passphrase: null, pasted: null };
    const refused = [
      [[], 'bad-request'],
      [['passphrase'], 'bad-request'],
      [['pasted'], 'passphrase-needed'],
    ] as const;
    for (const [earlier, code] of refused)
      expect(await bridge.call('certificate:import', { ...labels, earlier: [...earlier] })).toMatchObject({
        error: { code },
      });
    const wrong = { ...labels, passphrase: bytesOf('wrong'), earlier: ['pasted' as const, 'passphrase' as const] };
    expect(await bridge.call('certificate:import', wrong)).toMatchObject({ ok: false });
    const { values: made } = await bridge.get('certificate:import', { ...labels, earlier: ['pasted', 'passphrase'] });
    expect(made).toMatchObject({ subject: 'CN=p', origin: 'Imported' });
  });

  test('a record that is another’s does not take what was typed elsewhere', async () => {
    const id = await makeSignIn();
    await keep(null, { password: 'typed secret' });
    await bridge.lockAndUnlock();
    const [draft] = await bridge.get('draft:list', {});
    await bridge.get('draft:open', { id: draft?.id ?? '' });
    await bridge.get('record:update', { id, changes: { title: 'Other' } });
    expect(await passwordOf(id)).toBe('before');
    expect(await bridge.get('draft:list', {})).toHaveLength(1);
  });
});

test('what is copied is told to be secret or not', async () => {
  const id = await makeSignIn();
  await bridge.get('record:copy', { id, field: 'password' });
  await bridge.get('record:copy', { id, field: 'email' });
  expect([bridge.copied, bridge.copiedSecretly]).toEqual([
    ['before', 'owner@example.com'],
    [true, false],
  ]);
});
