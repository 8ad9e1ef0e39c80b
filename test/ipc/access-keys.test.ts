import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { bytesOf } from '../support/small-vault';

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const ids = ['AKIAQNZGKIQY56JQ7WML', 'AKIAQNZGKIQY56JQ7WMM', 'AKIAQNZGKIQY56JQ7WMN'] as const;
let bridge: ReturnType<typeof setUpBridge>;
let id: string;

beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  ({ id } = await create(ids[0]));
});
afterEach(() => bridge.remove());

const create = (accessKeyId: string) =>
  bridge.get('record:create', {
    kind: 'access-key',
    title: 'Web',
    tags: [],
    values: { accessKeyId, user: 'web', region: 'eu-west-1' },
    secrets: { secretAccessKey: bytesOf(secret) },
  });
const begin = (accessKeyId: string) =>
  bridge.get('access-key:begin-rotation', { id, accessKeyId, secretAccessKey: bytesOf(secret) });
const record = (step: 'tested' | 'deactivated' | 'reactivated' | 'deleted') =>
  bridge.get('access-key:record-step', { id, step });
const credentials = () => path.join(bridge.home, '.aws/credentials');
const merge = (format: 'aws-credentials' | 'aws-config' = 'aws-credentials') =>
  bridge.get('export:run', {
    ...{ id, format, passphrase: null, comment: '', destination: 'merge' },
    values: { profile: 'web' },
  });

describe('replacing a key', () => {
  test('keeps the new one, linked, and records each step; a third fits once the old one is deleted', async () => {
    await begin(ids[1]);
    const known = await bridge.get('access-key:rotation', { id });
    expect(known).toMatchObject({ steps: [{ step: 'created' }], next: ['tested'] });
    const made = await bridge.get('record:get', { id: known!.newKey });
    expect(made.values).toMatchObject({ accessKeyId: ids[1], user: 'web', region: 'eu-west-1', replaces: id });
    await expect(create(ids[2])).rejects.toThrow(/at most two/);
    for (const step of ['tested', 'deactivated', 'reactivated', 'deactivated', 'deleted'] as const) await record(step);
    await bridge.lockAndUnlock();
    expect((await bridge.get('access-key:rotation', { id }))?.steps.map(({ step }) => step)).toEqual([
      ...['created', 'tested', 'deactivated', 'reactivated', 'deactivated', 'deleted'],
    ]);
    expect((await bridge.get('record:get', { id })).values['status']).toBe('deleted');
    await create(ids[2]);
  });

  test('is refused out of order, with the same key, and with both places taken', async () => {
    await expect(begin(ids[0])).rejects.toThrow(/this is the old one/);
    await expect(record('deleted')).rejects.toThrow(/next one/);
    await create(ids[1]);
    await expect(begin(ids[2])).rejects.toThrow(/at most two/);
    expect(await bridge.get('access-key:rotation', { id })).toBeNull();
  });
});

describe('a profile', () => {
  test('is merged, listed, and taken out again by itself', async () => {
    mkdirSync(path.dirname(credentials()), { recursive: true });
    writeFileSync(credentials(), '# mine\n[other]\nx = 1\n');
    expect(await merge()).toMatchObject({ outcome: 'written', fileName: 'credentials' });
    expect(await merge('aws-config')).toMatchObject({ outcome: 'written', fileName: 'config' });
    expect(readFileSync(credentials(), 'utf8')).toBe(
      `# mine\n[other]\nx = 1\n\n[web]\naws_access_key_id = ${ids[0]}\naws_secret_access_key = ${secret}\n`,
    );
    const listed = await bridge.get('export:list', {});
    const [config, inCredentials] = ['aws-config', 'aws-credentials'].map((format) =>
      listed.find((entry) => entry.format === format),
    );
    await bridge.get('export:delete-file', { id: inCredentials!.id });
    await bridge.get('export:delete-file', { id: config!.id });
    expect(readFileSync(credentials(), 'utf8')).toBe('# mine\n[other]\nx = 1\n\n');
    expect(readFileSync(path.join(bridge.home, '.aws/config'), 'utf8')).toBe('');
    // What is left are the files as they were before each change.
    expect((await bridge.get('export:list', {})).filter(({ isBackup }) => !isBackup)).toEqual([]);
  });

  test('of somebody else is replaced only after a yes', async () => {
    const theirs = '[web]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n';
    mkdirSync(path.dirname(credentials()), { recursive: true });
    writeFileSync(credentials(), theirs);
    expect(await merge()).toEqual({ outcome: 'cancelled' });
    expect(readFileSync(credentials(), 'utf8')).toBe(theirs);
    expect(await bridge.get('export:list', {})).toEqual([]);
    bridge.replaceAnswers.push(true);
    expect(await merge()).toMatchObject({ outcome: 'written' });
    expect(readFileSync(credentials(), 'utf8')).toContain(ids[0]);
    expect(existsSync(path.join(bridge.home, '.aws/config'))).toBe(false);
  });
});
