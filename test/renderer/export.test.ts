import { describe, expect, test } from 'vitest';
import { ExportForm } from '../../renderer/state/export-form.svelte';
import { ExportedFiles } from '../../renderer/state/exported-files.svelte';
import { deletedText, forgettingOf, obstacleOf } from '../../renderer/state/export-words';
import type { ExportOutcome, ExportedFile } from '../../renderer/state/types';
import { TestBridge, refuse } from './bridge';
import { idOf, sampleDetail } from './samples';

const written: ExportOutcome = {
  outcome: 'written',
  fileName: 'web.pem',
  folder: '/home/me/.ssh',
  backup: '',
  remarks: [],
};

describe('export', () => {
  test('a private key goes under its passphrase, whose bytes are wiped', async () => {
    let received = '';
    const bridge = new TestBridge({
      'export:run': ({ passphrase }) => {
        received = new TextDecoder().decode(passphrase ?? new Uint8Array());
        return written;
      },
    });
    const form = new ExportForm(bridge.api, sampleDetail(1));
    form.passphrase = 'pässphrase';
    form.repeat = 'pässphrase';
    form.destination = 'ssh-folder';
    expect(await form.submit()).toBe(true);
    expect(received).toBe('pässphrase');
    expect(form.written).toEqual(written);
    expect([form.passphrase, form.repeat]).toEqual(['', '']);
    const [request] = bridge.requestsOf('export:run');
    expect(request).toMatchObject({ id: idOf(1), format: 'pkcs1', comment: '', destination: 'ssh-folder' });
    expect([...(request?.['passphrase'] as Uint8Array)].every((byte) => byte === 0)).toBe(true);
  });

  test('two different passphrases send nothing', async () => {
    const bridge = new TestBridge({});
    const form = new ExportForm(bridge.api, sampleDetail(1));
    form.passphrase = 'one';
    expect(await form.submit()).toBe(false);
    expect(form.failure).toBe('The two passphrases differ.');
    expect(bridge.sent).toHaveLength(0);
  });

  test('a public key goes with its comment and never with a passphrase', async () => {
    const bridge = new TestBridge({ 'export:run': () => written });
    const form = new ExportForm(bridge.api, sampleDetail(1));
    form.passphrase = 'typed before the format was changed';
    form.format = 'public';
    expect(form.comment).toBe('deploy@web');
    expect(await form.submit()).toBe(true);
    expect(bridge.requestsOf('export:run')).toMatchObject([{ passphrase: null, comment: 'deploy@web' }]);
  });

  test('a closed save dialog leaves the form as it was', async () => {
    const bridge = new TestBridge({ 'export:run': () => ({ outcome: 'cancelled' }) });
    const form = new ExportForm(bridge.api, sampleDetail(1));
    form.passphrase = 'kept';
    form.repeat = 'kept';
    expect(await form.submit()).toBe(false);
    expect([form.passphrase, form.written, form.failure, form.isBusy]).toEqual(['kept', null, null, false]);
  });

  test('a failure is said', async () => {
    const bridge = new TestBridge({ 'export:run': () => refuse('no-permission', 'file: the folder is read-only') });
    const form = new ExportForm(bridge.api, sampleDetail(1));
    expect(await form.submit()).toBe(false);
    expect(form.failure).toBe('File: the folder is read-only.');
  });
});

const exported: ExportedFile = {
  id: idOf(7),
  recordId: idOf(1),
  recordTitle: 'Web',
  format: 'pkcs1',
  fileName: 'web.pem',
  folder: '/home/me',
  atMs: 1,
  hasPassphrase: false,
  ...{ section: '', isBackup: false, state: 'there' },
};

describe('exported files', () => {
  test('are listed, and gone from the list once deleted', async () => {
    let listed: ExportedFile[] = [exported];
    const bridge = new TestBridge({
      'export:list': () => listed,
      'export:delete-file': ({ id }) => {
        listed = listed.filter((entry) => entry.id !== id);
        return { copy: '' };
      },
    });
    const files = new ExportedFiles(bridge.api);
    await files.load();
    expect(files.files).toEqual([exported]);
    expect(await files.deleteFile(idOf(7))).toBe('');
    expect(files.files).toEqual([]);
  });

  test('a file that cannot be deleted stays listed', async () => {
    const bridge = new TestBridge({
      'export:list': () => [],
      'export:delete-file': () => refuse('no-permission', 'file: not yours'),
    });
    const files = new ExportedFiles(bridge.api);
    expect(await files.deleteFile(idOf(7))).toBeNull();
    expect(files.failure).toBe('File: not yours.');
  });

  test('one that Coffer does not touch any more can be taken off the list, after a question that says what it means', async () => {
    const bridge = new TestBridge({ 'export:list': () => [], 'export:forget': () => ({}) });
    const files = new ExportedFiles(bridge.api);
    expect(await files.forget(idOf(7))).toBe(true);
    expect(bridge.requestsOf('export:forget')).toEqual([{ id: idOf(7) }]);
    const rowIn = (state: ExportedFile['state'], section = '') => ({ ...exported, state, section });
    expect(obstacleOf(rowIn('changed'))).toMatch(/Changed since.*delete it yourself/);
    expect(obstacleOf(rowIn('changed', 'web'))).toMatch(/Changed since.*take it out yourself/);
    expect(forgettingOf(rowIn('changed'))?.text).toMatch(
      /web\.pem in \/home\/me is not what Coffer wrote.*stays as it is/,
    );
    expect(forgettingOf(rowIn('unreadable'))?.text).toMatch(/can’t look at web\.pem.*stays as it is/);
    expect([forgettingOf(rowIn('gone')), forgettingOf(rowIn('dragged')), forgettingOf(rowIn('there'))]).toEqual([
      ...[null, null, null],
    ]);
  });

  test('the notice after an entry was taken out names the copy that was made', () => {
    const copy = 'config.before-coffer-20261125T061530Z';
    expect(deletedText({ ...exported, section: 'web' }, copy)).toContain(copy);
    expect(deletedText({ ...exported, section: 'web' }, '')).toBe('Taken out.');
    expect(deletedText(exported, '')).toMatch(/^Deleted\./);
  });
});
