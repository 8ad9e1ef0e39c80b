import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importBytes, labels, setUpBridge } from '../support/bridge';
import { succeed } from '../support/keys-tools';
import { bytesOf } from '../support/small-vault';

let bridge: ReturnType<typeof setUpBridge>;
let id: string;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  ({ id } = await bridge.get('key-pair:generate', labels()));
});
afterEach(() => bridge.remove());

const toDialog = () => ({ id, format: 'openssh', passphrase: null, comment: '', destination: 'dialog' }) as const;
const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('exports', () => {
  test('are written where the user says, for the user alone, and listed', async () => {
    const file = path.join(bridge.home, 'key');
    bridge.answers.push(file);
    expect(await bridge.get('export:run', toDialog())).toEqual({
      outcome: 'written',
      fileName: 'key',
      folder: bridge.home,
      backup: '',
      remarks: [],
    });
    expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----/);
    expect(modeOf(file)).toBe(0o600);
    await bridge.lockAndUnlock();
    expect(await bridge.get('export:list', {})).toMatchObject([
      { recordId: id, recordTitle: 'Web server', fileName: 'key', hasPassphrase: false, state: 'there' },
    ]);
  });

  test('are not written when the dialog is closed', async () => {
    bridge.answers.push(null);
    expect(await bridge.get('export:run', toDialog())).toEqual({ outcome: 'cancelled' });
    expect(await bridge.get('export:list', {})).toEqual([]);
  });

  test('go to ~/.ssh, made for the user alone, under the suggested name', async () => {
    const outcome = await bridge.get('export:run', { ...toDialog(), destination: 'ssh-folder' });
    expect(outcome).toMatchObject({ outcome: 'written', fileName: 'web-server' });
    expect(modeOf(path.join(bridge.home, '.ssh'))).toBe(0o700);
    expect(modeOf(path.join(bridge.home, '.ssh/web-server'))).toBe(0o600);
  });

  test('never replace a file unasked, and replace it after a yes', async () => {
    const file = path.join(bridge.home, 'key');
    writeFileSync(file, 'precious');
    bridge.answers.push(file, file);
    bridge.replaceAnswers.push(false, true);
    expect(await bridge.get('export:run', toDialog())).toEqual({ outcome: 'cancelled' });
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect(await bridge.get('export:list', {})).toEqual([]);
    expect(await bridge.get('export:run', toDialog())).toMatchObject({ outcome: 'written' });
    expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN OPENSSH/);
    expect(bridge.replaceQuestions).toEqual(['key', 'key']);
    expect(await bridge.get('export:list', {})).toHaveLength(1);
  });

  test('ask in ~/.ssh as well, where no dialog was', async () => {
    const request = { ...toDialog(), destination: 'ssh-folder' } as const;
    await bridge.get('export:run', request);
    const before = readFileSync(path.join(bridge.home, '.ssh/web-server'));
    expect(await bridge.get('export:run', { ...request, passphrase: bytesOf('pass phrase') })).toEqual({
      outcome: 'cancelled',
    });
    expect(bridge.replaceQuestions).toEqual(['web-server']);
    expect(readFileSync(path.join(bridge.home, '.ssh/web-server')).equals(before)).toBe(true);
  });

  test('are given up when the vault locks while a dialog is open', async () => {
    const file = path.join(bridge.home, 'key');
    bridge.answers.push(file);
    bridge.whileDialogsAreOpen(bridge.lockAndUnlock);
    expect(await bridge.call('export:run', toDialog())).toMatchObject({ error: { code: 'vault-locked' } });
    expect(existsSync(file)).toBe(false);
    bridge.whileDialogsAreOpen(() => Promise.resolve());
    writeFileSync(file, 'precious');
    bridge.answers.push(file);
    bridge.replaceAnswers.push(true);
    let dialogs = 0;
    bridge.whileDialogsAreOpen(async () => {
      if (++dialogs === 2) await bridge.lockAndUnlock();
    });
    expect(await bridge.call('export:run', toDialog())).toMatchObject({ error: { code: 'vault-locked' } });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  test('never touch the open vault', async () => {
    for (const name of ['test.coffer', 'test.coffer-wal', 'link']) {
      const file = path.join(bridge.folder, name);
      if (name === 'link') symlinkSync(bridge.file, file);
      bridge.answers.push(file, file);
      bridge.replaceAnswers.push(true);
      expect(await bridge.call('export:run', toDialog())).toMatchObject({ error: { code: 'bad-request' } });
      const batch = await bridge.get('import:open', {});
      expect(batch?.candidates).toMatchObject([
        { state: 'refused', message: expect.stringMatching(/vault/) as string },
      ]);
    }
    await bridge.lockAndUnlock();
    expect(await bridge.get('record:get', { id })).toMatchObject({ title: 'Web server' });
  });

  test('into a folder that is not there fail with words, and leave no note', async () => {
    bridge.answers.push(path.join(bridge.home, 'missing/key'));
    expect(await bridge.call('export:run', toDialog())).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await bridge.get('export:list', {})).toEqual([]);
  });

  test('can be deleted from the list while they are what was written', async () => {
    const file = path.join(bridge.home, 'key');
    bridge.answers.push(file);
    await bridge.get('export:run', toDialog());
    const [exported] = await bridge.get('export:list', {});
    const request = { id: exported?.id ?? '' };
    const written = readFileSync(file);
    writeFileSync(file, 'something else');
    expect(await bridge.call('export:delete-file', request)).toMatchObject({ error: { code: 'bad-request' } });
    expect(existsSync(file)).toBe(true);
    writeFileSync(file, written);
    renameSync(bridge.home, `${bridge.home}-away`);
    expect(await bridge.call('export:delete-file', request)).toMatchObject({ error: { code: 'not-found' } });
    expect(await bridge.get('export:list', {})).toHaveLength(1);
    renameSync(`${bridge.home}-away`, bridge.home);
    await bridge.get('export:delete-file', request);
    expect(existsSync(file)).toBe(false);
    expect(await bridge.get('export:list', {})).toEqual([]);
  });

  test('that were edited, or can’t be looked at, say so, and can be taken off the list with the file left as it is', async () => {
    const files = ['a/key', 'b/key'].map((name) => path.join(bridge.home, name));
    for (const file of files) {
      mkdirSync(path.dirname(file));
      bridge.answers.push(file);
      await bridge.get('export:run', toDialog());
    }
    const states = async () => (await bridge.get('export:list', {})).map(({ state }) => state);
    expect(await states()).toEqual(['there', 'there']);
    writeFileSync(files[0]!, 'edited');
    renameSync(path.dirname(files[1]!), `${path.dirname(files[1]!)}-away`);
    expect((await states()).sort()).toEqual(['changed', 'unreadable']);
    for (const { id: exported } of await bridge.get('export:list', {})) {
      expect(await bridge.call('export:delete-file', { id: exported })).toMatchObject({ ok: false });
      await bridge.get('export:forget', { id: exported });
    }
    expect(await states()).toEqual([]);
    expect(readFileSync(files[0]!, 'utf8')).toBe('edited');
  });

  test('whose place a pipe, a folder or the vault took are not opened to be looked at', async () => {
    const file = path.join(bridge.home, 'key');
    bridge.answers.push(file);
    await bridge.get('export:run', toDialog());
    const stateNow = async () => (await bridge.get('export:list', {}))[0]?.state;
    rmSync(file);
    expect(await stateNow()).toBe('gone');
    await succeed('mkfifo', [file]);
    expect(await stateNow()).toBe('changed');
    rmSync(file);
    mkdirSync(file);
    expect(await stateNow()).toBe('changed');
    rmdirSync(file);
    symlinkSync(bridge.file, file);
    expect(await stateNow()).toBe('changed');
  });

  test('of formats that the key does not have, or a passphrase for a public key, are refused', async () => {
    expect(await bridge.call('export:run', { ...toDialog(), format: 'pkcs1' })).toMatchObject({
      error: { code: 'bad-request' },
    });
    const publicKey = { ...toDialog(), format: 'public', passphrase: bytesOf('long enough') } as const;
    expect(await bridge.call('export:run', publicKey)).toMatchObject({ error: { code: 'bad-request' } });
    expect(bridge.questions).toEqual([]);
  });

  test('carry the comment', async () => {
    bridge.answers.push(path.join(bridge.home, 'key.pub'));
    await bridge.get('export:run', { ...toDialog(), format: 'public', comment: 'me@host' });
    expect(readFileSync(path.join(bridge.home, 'key.pub'), 'utf8')).toMatch(/^ssh-ed25519 \S+ me@host\n$/);
    expect(modeOf(path.join(bridge.home, 'key.pub'))).toBe(0o644);
  });
});

describe('imports', () => {
  test('take the exported key back, from a file and from pasted text', async () => {
    const file = path.join(bridge.home, 'key');
    const passphrase = () => bytesOf('pass phrase');
    bridge.answers.push(file);
    await bridge.get('export:run', { ...toDialog(), passphrase: passphrase() });
    const original = await bridge.get('record:get', { id });
    await bridge.get('record:trash', { id });
    const imported = await importBytes(bridge, Uint8Array.from(readFileSync(file)), passphrase());
    expect(imported).toMatchObject({
      values: { openssh: original.values['openssh'], origin: 'Imported from a file' },
    });
    expect(await importBytes(bridge, Uint8Array.from(readFileSync(file)), bytesOf('wrong one'))).toMatch(/passphrase/);
  });

  test('forget files that were picked while the vault was locked', async () => {
    const file = path.join(bridge.home, 'key');
    bridge.answers.push(file, file);
    await bridge.get('export:run', toDialog());
    bridge.whileDialogsAreOpen(bridge.lockAndUnlock);
    expect(await bridge.call('import:open', {})).toMatchObject({ error: { code: 'vault-locked' } });
  });

  test('of what is no file say so, and leave nothing', async () => {
    mkdirSync(path.join(bridge.home, 'folder'));
    bridge.answers.push(path.join(bridge.home, 'folder'));
    const batch = await bridge.get('import:open', {});
    expect(batch?.candidates).toMatchObject([
      { state: 'refused', message: expect.stringMatching(/plain file/) as string },
    ]);
    expect(readdirSync(bridge.home)).toEqual(['folder']);
  });
});

describe('generating', () => {
  test('can be cancelled, and then leaves no record', async () => {
    const answer = bridge.call('key-pair:generate', labels({ algorithm: 'rsa-4096' }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await bridge.call('key-pair:generate', labels())).toMatchObject({ error: { code: 'busy' } });
    await bridge.get('key-pair:cancel', {});
    expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    const query = { query: '', view: 'all', sort: 'title', offset: 0, limit: 200 } as const;
    expect((await bridge.get('record:list', query)).total).toBe(1);
  });

  test('ends with the lock', async () => {
    const answer = bridge.call('key-pair:generate', labels({ algorithm: 'rsa-4096' }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    await bridge.lockAndUnlock();
    expect(await answer).toMatchObject({ ok: false });
  });
});
