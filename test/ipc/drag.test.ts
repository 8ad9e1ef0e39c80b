import { readFileSync, readdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepDraggedForMs } from '../../main/files/drag-folder';
import { labels, setUpBridge } from '../support/bridge';
import { succeed } from '../support/keys-tools';

let bridge: ReturnType<typeof setUpBridge>;
let id: string;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  ({ id } = await bridge.get('key-pair:generate', labels({ comment: 'me@host' })));
});
afterEach(() => bridge.remove());

const certificateLabels = {
  ...{ title: 'Signing', tags: [] as string[], values: {}, bits: '2048' as const, commonName: 'ann', validDays: 30 },
  ...{ organization: '', organizationalUnit: '', locality: '', state: '', country: '', email: '' },
};
const drag = async (format: Parameters<typeof bridge.get<'drag:prepare'>>[1]['format'], record = id) => {
  await bridge.get('drag:prepare', { id: record, format });
  await bridge.get('drag:start', {});
  return bridge.drag.drags.at(-1) ?? [];
};
const folders = () => readdirSync(bridge.folder).filter((name) => name.startsWith('coffer-drag-'));

test('a key is dragged as the usual file, which ssh-keygen reads', async () => {
  await bridge.get('drag:prepare', { id, format: null });
  expect(bridge.drag.drags).toEqual([]);
  const shown = { recordId: id, format: 'openssh', fileName: 'web-server', isPrivate: true };
  expect(await bridge.get('drag:start', {})).toEqual({ files: [shown] });
  const [file = ''] = bridge.drag.drags[0] ?? [];
  expect([statSync(file).mode & 0o777, statSync(path.dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  const { values } = await bridge.get('record:get', { id });
  expect((await succeed('ssh-keygen', ['-y', '-P', '', '-f', file])).trim()).toBe(values['publicKey']);
  expect(bridge.drag.timers.map(({ ms }) => ms)).toEqual([keepDraggedForMs]);
  bridge.drag.timers[0]?.run();
  expect(folders()).toEqual([]);
});

test('another format can be chosen, and the comment goes with it', async () => {
  const [file = ''] = await drag('public');
  expect(path.basename(file)).toBe('web-server.pub');
  expect(readFileSync(file, 'utf8')).toMatch(/^ssh-ed25519 \S+ me@host\n$/);
});

test('certificate and key go together', async () => {
  const { id: certificate, drags } = await bridge.get('certificate:generate', certificateLabels);
  expect(drags.map(({ format }) => format)).toEqual(['x509-pair', 'x509-key', 'x509-cert']);
  const files = await drag(null, certificate);
  expect(files.map((file) => path.basename(file))).toEqual(drags[0]?.fileNames);
  const modulus = (tool: string, file = '') => succeed('openssl', [tool, '-in', file, '-noout', '-modulus']);
  expect(await modulus('rsa', files[0])).toBe(await modulus('x509', files[1]));
  const listed = await bridge.get('export:list', {});
  expect(listed.map(({ format }) => format).sort()).toEqual(['x509-cert', 'x509-key']);
});

test('a drag is listed once it begins, once for each format, and its copy is the user’s to delete', async () => {
  await bridge.get('drag:prepare', { id, format: null });
  expect(await bridge.get('export:list', {})).toEqual([]);
  await bridge.get('drag:start', {});
  await drag('openssh');
  await drag('public');
  const listed = await bridge.get('export:list', {});
  const dragged = { recordId: id, recordTitle: 'Web server', folder: '', state: 'dragged' };
  expect(listed).toHaveLength(2);
  expect(bridge.activity.list().filter(({ what }) => what === 'exported')).toHaveLength(3);
  expect(listed).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...dragged, format: 'openssh', fileName: 'web-server', hasPassphrase: false }),
      expect.objectContaining({ ...dragged, format: 'public', fileName: 'web-server.pub' }),
    ]),
  );
  for (const { id: entry } of listed) await bridge.get('export:delete-file', { id: entry });
  expect([await bridge.get('export:list', {}), folders().length]).toEqual([[], 3]);
});

test('files go at lock, those that lie ready and those that were dragged', async () => {
  await drag(null);
  await bridge.get('drag:prepare', { id, format: 'public' });
  expect(folders()).toHaveLength(2);
  await bridge.lockAndUnlock();
  expect(folders()).toEqual([]);
  expect(await bridge.call('drag:start', {})).toMatchObject({ error: { code: 'not-found' } });
});

test('files that are written while the vault locks are not left', async () => {
  const preparing = bridge.call('drag:prepare', { id, format: null });
  await bridge.lockAndUnlock();
  expect(await preparing).toMatchObject({ ok: false });
  expect(folders()).toEqual([]);
  expect(await bridge.call('drag:start', {})).toMatchObject({ error: { code: 'not-found' } });
});

test('what lay ready goes when the next drag is prepared, or when the button was let go', async () => {
  await bridge.get('drag:prepare', { id, format: null });
  await bridge.get('drag:prepare', { id, format: 'public' });
  expect(folders()).toHaveLength(1);
  bridge.drag.dragOut.isPossible = false;
  expect(await bridge.get('drag:start', {})).toEqual({ files: [] });
  expect(folders()).toEqual([]);
  expect([bridge.drag.drags, await bridge.get('export:list', {})]).toEqual([[], []]);
  bridge.drag.dragOut.isPossible = true;
  expect(await bridge.call('drag:start', {})).toMatchObject({ error: { code: 'not-found' } });
});

test('a drag that can’t be noted does not begin', async () => {
  await bridge.get('drag:prepare', { id, format: null });
  renameSync(bridge.file, `${bridge.file}-away`);
  expect(await bridge.call('drag:start', {})).toMatchObject({ ok: false });
  expect([bridge.drag.drags, folders()]).toEqual([[], []]);
  renameSync(`${bridge.file}-away`, bridge.file);
});

test('of two that are prepared at once the later one counts', async () => {
  const [first, second] = [
    bridge.call('drag:prepare', { id, format: null }),
    bridge.call('drag:prepare', { id, format: 'public' }),
  ];
  expect(await first).toMatchObject({ error: { code: 'cancelled' } });
  expect(await second).toMatchObject({ ok: true });
  await bridge.get('drag:start', {});
  expect(bridge.drag.drags.map((files) => files.map((file) => path.basename(file)))).toEqual([['web-server.pub']]);
  expect(folders()).toHaveLength(1);
});

test('formats that the record does not have, and kinds that are no file, are refused', async () => {
  expect(await bridge.call('drag:prepare', { id, format: 'pkcs1' })).toMatchObject({ error: { code: 'bad-request' } });
  const account = { kind: 'account', title: 'A', tags: [], values: { accountId: '123456789012' }, secrets: {} };
  const { id: other, drags } = await bridge.get('record:create', account);
  expect(drags).toEqual([]);
  expect(await bridge.call('drag:prepare', { id: other, format: null })).toMatchObject({
    error: { code: 'bad-request' },
  });
  expect(folders()).toEqual([]);
});

test('a path that lines of a shell name is never that of a dragged file', async () => {
  const { id: certificate } = await bridge.get('certificate:generate', certificateLabels);
  await drag(null, certificate);
  const lines = {
    id: certificate,
    format: 'env-ec2-sh',
    destination: 'clipboard',
    passphrase: null,
    comment: '',
  } as const;
  expect(await bridge.call('export:run', lines)).toMatchObject({ error: { code: 'bad-request' } });
});
