import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importBytes, labels, setUpBridge } from '../support/bridge';

const dayMs = 86_400_000;
const bytes = (text: string) => new TextEncoder().encode(text);

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  bridge.clock.nowMs = Date.parse('2026-06-01T12:00:00Z');
  await bridge.createVault();
  await bridge.get('backup:make', {});
});
afterEach(() => bridge.remove());

/** Findings as `check: title: text`. */
async function found(): Promise<string[]> {
  const { findings, total } = await bridge.get('health:scan', {});
  expect(total).toBe(findings.length);
  return findings.map(({ check, title, text }) => `${check}: ${title}: ${text}`);
}

async function make(kind: string, title: string, values: Record<string, string>, secrets: Record<string, string> = {}) {
  const asBytes = Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, bytes(value)]));
  return bridge.get('record:create', { kind, title, tags: [], values, secrets: asBytes });
}

test('a vault in which all is well has no findings', async () => {
  const account = await make('account', 'Production', { accountId: '123456789012' });
  const signIn = await make(
    'sign-in',
    'Root',
    { account: account.id, email: 'a@example.com' },
    { password: 'x7-Unlike' },
  );
  await bridge.get('sign-in:add-hardware', { id: signIn.id, name: 'Token', serial: 'GAHT12345678' });
  await bridge.get('key-pair:generate', labels({ algorithm: 'rsa-2048' }));
  expect(await found()).toEqual([]);
});

test('weak and reused passwords and sign-ins without MFA are found; those in the trash are not', async () => {
  const first = await make('sign-in', 'Root', { email: 'a@example.com' }, { password: 'the same one' });
  await make('sign-in', 'Anna', { user: 'anna' }, { password: 'the same one' });
  await make('sign-in', 'Ben', { user: 'ben' }, { password: 'weak' });
  const { findings } = await bridge.get('health:scan', {});
  expect(findings.map(({ check, title }) => `${check}: ${title}`).sort()).toEqual([
    'no-mfa: Anna',
    'no-mfa: Ben',
    'no-mfa: Root',
    'reused-password: Anna',
    'reused-password: Root',
    'weak-password: Ben',
  ]);
  expect(findings.find(({ check }) => check === 'reused-password')).toMatchObject({
    text: expect.stringMatching(/^The same as that of “(Anna|Root)”\.$/) as string,
  });
  expect(JSON.stringify(findings)).not.toContain('the same one');
  await bridge.get('record:trash', { id: first.id });
  expect((await found()).filter((line) => line.startsWith('reused'))).toEqual([]);
});

test('old access keys, and two that are active, are found', async () => {
  const account = await make('account', 'Production', { accountId: '123456789012' });
  const key = (title: string, accessKeyId: string, values: Record<string, string>) =>
    make(
      'access-key',
      title,
      { account: account.id, user: 'deploy', accessKeyId, ...values },
      { secretAccessKey: 'a'.repeat(40) },
    );
  await key('Young', 'AKIAIOSFODNN7EXAMPLE', { createdOn: '2026-03-03' });
  expect(await found()).toEqual([]);
  bridge.clock.nowMs += dayMs;
  await bridge.get('backup:make', {});
  expect(await found()).toEqual(['old-access-key: Young: Made 91 days ago, on 2026-03-03.']);
  const second = await key('Second', 'AKIAIOSFODNN7EXAMPLF', { createdOn: '2026-06-02', user: 'Deploy' });
  const active = (await found()).filter((line) => line.startsWith('two-active'));
  expect(active).toEqual([expect.stringMatching(/^two-active-keys: Young: Active beside “Second”\. Deactivate/)]);
  await bridge.get('record:update', { id: second.id, changes: { values: { status: 'inactive' } } });
  expect((await found()).filter((line) => line.startsWith('two-active'))).toEqual([]);
});

test('an access key without a day is as old as its record, and older than 90 days is told', async () => {
  const { id } = await make(
    ...(['access-key', 'Imported', { user: 'deploy', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }] as const),
    { secretAccessKey: 'a'.repeat(40) },
  );
  const later = async (days: number) => {
    bridge.clock.nowMs += days * dayMs;
    await bridge.get('backup:make', {});
    return found();
  };
  expect(await later(90)).toEqual([]);
  // What was changed lately is no younger for it.
  await bridge.get('record:update', { id, changes: { title: 'Still there' } });
  const expected = 'old-access-key: Still there: In Coffer for 91 days; the day when it was made is not known.';
  expect(await later(1)).toEqual([expected]);
  await bridge.get('record:update', { id, changes: { values: { createdOn: '2026-08-01' } } });
  expect(await found()).toEqual([]);
});

test('of two active keys the older one is found, and the one that is being replaced before that', async () => {
  const key = (title: string, accessKeyId: string, createdOn: string) =>
    make('access-key', title, { user: 'deploy', accessKeyId, createdOn }, { secretAccessKey: 'a'.repeat(40) });
  const newer = await key('Newer', 'AKIAQNZGKIQY56JQ7WML', '2026-05-20');
  await key('Older', 'AKIAQNZGKIQY56JQ7WMM', '2026-05-10');
  const active = async () => {
    const { findings } = await bridge.get('health:scan', {});
    return findings.filter(({ check }) => check === 'two-active-keys');
  };
  expect(await active()).toMatchObject([{ title: 'Older', kind: 'access-key', isUnderWay: false }]);
  await bridge.get('record:update', { id: newer.id, changes: { values: { status: 'deleted' } } });
  expect(await active()).toEqual([]);
  const third = await key('Third', 'AKIAQNZGKIQY56JQ7WMN', '2026-05-01');
  await bridge.get('record:update', { id: third.id, changes: { values: { status: 'deleted' } } });
  await bridge.get('record:update', { id: newer.id, changes: { values: { status: 'active' } } });
  const older = (await active())[0]?.recordId ?? '';
  await bridge.get('record:update', { id: older, changes: { values: { status: 'deleted' } } });
  const secretAccessKey = bytes('b'.repeat(40));
  const begun = { id: newer.id, accessKeyId: 'AKIAQNZGKIQY56JQ7WMP', secretAccessKey };
  await bridge.get('access-key:begin-rotation', begun);
  // By its day the new one is the older one.
  const made = await bridge.get('access-key:rotation', { id: newer.id });
  const values = { createdOn: '2026-05-01' };
  await bridge.get('record:update', { id: made?.newKey ?? '', changes: { values } });
  expect(await active()).toMatchObject([
    { title: 'Newer', isUnderWay: true, text: expect.stringMatching(/rotation is under way/) as string },
  ]);
});

test('a small RSA key says whether it is that of a key pair or of a certificate', async () => {
  const certificate = ['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-days', '900', '-subj', '/CN=small'];
  const files = [...certificate, '-keyout', '-', '-out', '-'];
  const pasted = execFileSync('openssl', files, { stdio: ['ignore', 'pipe', 'ignore'] });
  await bridge.get('certificate:import', {
    ...{ title: 'Small', tags: [], values: {} },
    ...{ passphrase: null, pasted: Uint8Array.from(pasted) },
  });
  const { findings } = await bridge.get('health:scan', {});
  expect(findings).toMatchObject([{ check: 'small-rsa', kind: 'certificate', title: 'Small' }]);
});

test('a certificate near its end and a small RSA key are found', async () => {
  await bridge.get('certificate:generate', {
    ...{ title: 'Signing', tags: [], values: {} },
    ...{
      bits: '2048',
      commonName: 'me',
      organization: '',
      organizationalUnit: '',
      locality: '',
      state: '',
      country: '',
    },
    ...{ email: '', validDays: 30 },
  });
  const small = execFileSync('openssl', ['genrsa', '-traditional', '768'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await importBytes(bridge, small);
  const lines = await found();
  expect(lines.find((line) => line.startsWith('certificate-ends'))).toMatch(/: Ends in (29|30) days, on 2026-0[67]-/);
  expect(lines.find((line) => line.startsWith('small-rsa'))).toContain('RSA 768 bits.');
});

test('a key in a plain file is found until the file is gone; one with a passphrase is not', async () => {
  const { id } = await bridge.get('key-pair:generate', labels());
  const request = { id, format: 'openssh', comment: '', destination: 'dialog' } as const;
  bridge.answers.push(path.join(bridge.folder, 'locked'), path.join(bridge.folder, 'plain'));
  await bridge.get('export:run', { ...request, passphrase: bytes('a long passphrase') });
  expect(await found()).toEqual([]);
  await bridge.get('export:run', { ...request, passphrase: null });
  const { findings } = await bridge.get('health:scan', {});
  expect(findings).toMatchObject([{ check: 'open-export', recordId: id, text: `plain in ${bridge.folder}` }]);
  await bridge.get('export:delete-file', { id: findings[0]?.exportId ?? '' });
  expect(await found()).toEqual([]);
});

test('a key in a plain file that was edited is found, and is not for Coffer to delete', async () => {
  const { id } = await bridge.get('key-pair:generate', labels());
  const file = path.join(bridge.folder, 'plain');
  bridge.answers.push(file);
  const request = { id, format: 'openssh', comment: '', destination: 'dialog', passphrase: null } as const;
  await bridge.get('export:run', request);
  chmodSync(file, 0o600);
  appendFileSync(file, 'a line of the user');
  const { findings } = await bridge.get('health:scan', {});
  expect(findings).toMatchObject([{ check: 'open-export', recordId: id, exportId: null }]);
});

test('a vault without a backup, or with an old one alone, is told', async () => {
  bridge.clock.nowMs += 8 * dayMs;
  expect(await found()).toEqual(['no-backup: : The newest is 8 days old.']);
  const { folder } = await bridge.get('backup:list', {});
  for (const file of readdirSync(folder)) rmSync(path.join(folder, file));
  expect(await found()).toEqual(['no-backup: : There is no backup that can be opened.']);
});
