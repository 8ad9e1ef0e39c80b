import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importBytes, labels, setUpBridge } from '../support/bridge';
import { run, succeed, temporaryFolder } from '../support/keys-tools';
import { bytesOf } from '../support/small-vault';

const folder = temporaryFolder();
const instanceId = 'i-0123456789abcdef0';
const password = 'kL9?x(Zq;2&vB-pR8=tW';
const pem = path.join(folder, 'aws.pem');
let sealed: string;
let bridge: ReturnType<typeof setUpBridge>;

beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  await succeed('openssl', ['genrsa', '-traditional', '-out', pem, '2048']);
  const clear = path.join(folder, 'clear');
  writeFileSync(clear, password);
  const out = path.join(folder, 'sealed');
  await succeed('openssl', ['pkeyutl', '-encrypt', '-inkey', pem, '-in', clear, '-out', out]);
  sealed = readFileSync(out).toString('base64');
});
afterEach(() => bridge.remove());

const importKey = async (bytes: Uint8Array, title = 'AWS key') => {
  const made = await importBytes(bridge, bytes);
  if (typeof made === 'string') throw new Error(made);
  return bridge.get('record:update', { id: made.id, changes: { title } });
};
const newPassword = (values: Record<string, string> = {}) =>
  bridge.get('record:create', { kind: 'windows-password', title: 'Windows', tags: [], values, secrets: {} });
const answerOf = (data: string, id = instanceId) =>
  bytesOf(JSON.stringify({ InstanceId: id, Timestamp: '2026-11-25T06:00:00+00:00', PasswordData: data }));
const decrypt = (id: string, pasted: Uint8Array | null) => bridge.call('windows-password:decrypt', { id, pasted });
const revealed = async (id: string) =>
  new TextDecoder().decode((await bridge.get('record:reveal', { id, field: 'password' })).value);
const failed = (code: string, message: RegExp) => ({
  ok: false,
  error: { code, message: expect.stringMatching(message) as string },
});

describe('a Windows password', () => {
  test('is decrypted from base64 with whichever key of the vault fits, and kept with it', async () => {
    await bridge.get('key-pair:generate', { ...labels(), algorithm: 'ed25519' });
    await bridge.get('key-pair:generate', { ...labels(), algorithm: 'rsa-2048' });
    const key = await importKey(readFileSync(pem));
    const { id } = await newPassword();
    const detail = await bridge.get('windows-password:decrypt', { id, pasted: bytesOf(`\n${sealed}\n`) });
    expect(detail).toMatchObject({ secrets: ['password'], links: [{ field: 'keyPair', id: key.id }] });
    expect(await revealed(id)).toBe(password);
    await bridge.lockAndUnlock();
    expect(await revealed(id)).toBe(password);
  });

  test('is decrypted from the JSON of the AWS CLI, which names the instance', async () => {
    const key = await importKey(readFileSync(pem));
    const { id } = await newPassword({ keyPair: key.id });
    const file = path.join(bridge.home, 'answer.json');
    writeFileSync(file, answerOf(`\r\n${sealed}\r\n`));
    bridge.answers.push(file);
    expect(await decrypt(id, null)).toMatchObject({
      ok: true,
      value: { values: { instanceId, userName: 'Administrator' } },
    });
    expect(await revealed(id)).toBe(password);
  });

  test('that comes again takes the place of the other, which stays as a version', async () => {
    await importKey(readFileSync(pem));
    const { id } = await newPassword({ instanceId });
    await bridge.get('record:update', { id, changes: { secrets: { password: bytesOf('typed') } } });
    expect(await decrypt(id, answerOf(sealed))).toMatchObject({ ok: true, value: { versions: [{}, {}] } });
    expect(await revealed(id)).toBe(password);
  });

  test('a closed dialog changes nothing', async () => {
    const { id } = await newPassword();
    bridge.answers.push(null);
    expect(await decrypt(id, null)).toEqual({ ok: true, value: null });
  });

  test('each thing that can be wrong has its own message', async () => {
    const key = await importKey(readFileSync(pem));
    const another = await bridge.get('key-pair:generate', { ...labels(), algorithm: 'rsa-2048' });
    const { id } = await newPassword({ instanceId, keyPair: another.id });
    expect(await decrypt(id, answerOf(''))).toMatchObject(failed('bad-request', /not ready yet.*15 minutes/));
    expect(await decrypt(id, bytesOf(''))).toMatchObject(failed('bad-request', /not ready yet.*15 minutes/));
    expect(await decrypt(id, bytesOf('!'))).toMatchObject(failed('bad-request', /expected base64/));
    expect(await decrypt(id, bytesOf(sealed.slice(0, 80)))).toMatchObject(
      failed('bad-request', /cut short or damaged/),
    );
    expect(await decrypt(id, answerOf(sealed, 'i-00000000000000001'))).toMatchObject(
      failed('bad-request', /another instance/),
    );
    expect(await decrypt(id, bytesOf('{"KeyPairs":[]}'))).toMatchObject(failed('bad-request', /get-password-data/));
    expect(await decrypt(id, bytesOf(sealed))).toMatchObject(failed('bad-key', /the chosen one does not open/));
    await bridge.get('record:trash', { id: another.id });
    expect(await decrypt(id, bytesOf(sealed))).toMatchObject(failed('bad-request', /in the trash or gone/));
    await bridge.get('record:update', { id, changes: { values: { keyPair: '' } } });
    await bridge.get('record:trash', { id: key.id });
    expect(await decrypt(id, bytesOf(sealed))).toMatchObject(failed('bad-request', /no key of that size/));
    await bridge.get('record:restore', { id: another.id });
    expect(await decrypt(id, bytesOf(sealed))).toMatchObject(failed('bad-key', /none of this vault opens/));
    expect(await decrypt(key.id, bytesOf(sealed))).toMatchObject({ ok: false });
  });

  test('is exported as a Remote Desktop file without the password', async () => {
    const { id, exports } = await newPassword({ instanceId });
    expect(exports).toEqual([]);
    await bridge.get('record:update', {
      id,
      changes: { values: { address: '203.0.113.25' }, secrets: { password: bytesOf(password) } },
    });
    const file = path.join(bridge.home, 'windows.rdp');
    bridge.answers.push(file);
    const request = { id, format: 'rdp', passphrase: null, comment: '', destination: 'dialog', values: {} } as const;
    expect(await bridge.get('export:run', request)).toMatchObject({ outcome: 'written' });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('full address:s:203.0.113.25\r\nusername:s:Administrator\r\n');
    expect(text).not.toContain(password);
  });
});

describe('a key pair', () => {
  test('may be a public key alone, with the fingerprints that are known', async () => {
    const line = await succeed('ssh-keygen', ['-y', '-f', pem]);
    const detail = await importKey(bytesOf(line.replace('\n', ' ops@example.org\n')));
    expect(detail).toMatchObject({
      secrets: [],
      subtitle: expect.stringMatching(/^RSA 2048 .*public key alone$/) as string,
      values: { comment: 'ops@example.org', awsImported: expect.stringMatching(/^([0-9a-f]{2}:){15}/) as string },
    });
    expect(detail.values).not.toHaveProperty('awsCreated');
    expect(detail.exports.map(({ format }) => format)).toEqual(['public', 'authorized-keys', 'cloud-init']);
    expect(await bridge.call('record:reveal', { id: detail.id, field: 'privateKey' })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    const renamed = await bridge.get('record:update', { id: detail.id, changes: { values: { comment: 'new' } } });
    expect(renamed.values['publicKey']).toBe(`${line.trim()} new`);
  });

  test('of another type is refused with its own words', async () => {
    const { stdout } = await run('openssl', ['ecparam', '-genkey', '-name', 'prime256v1', '-noout']);
    expect(await importBytes(bridge, bytesOf(stdout))).toMatch(/ECDSA/);
  });

  test('of EC2 is found here by its fingerprint, whatever it is called', async () => {
    const held = await importKey(readFileSync(pem), 'Ours');
    const trashed = await bridge.get('key-pair:generate', { ...labels(), algorithm: 'ed25519' });
    const other = await bridge.get('key-pair:generate', { ...labels(), algorithm: 'ed25519', title: 'Other' });
    await bridge.get('record:trash', { id: trashed.id });
    const json = JSON.stringify({
      KeyPairs: [
        { KeyName: 'a', KeyFingerprint: held.values['awsCreated'], KeyType: 'rsa', KeyPairId: 'key-1' },
        { KeyName: 'b', KeyFingerprint: held.values['awsImported'], KeyType: 'rsa' },
        { KeyName: 'c', KeyFingerprint: `${other.values['awsFingerprint'] ?? ''}=`, KeyType: 'ed25519' },
        { KeyName: 'd', KeyFingerprint: trashed.values['awsFingerprint'], KeyType: 'ed25519' },
      ],
    });
    const answer = await bridge.get('key-pair:compare', { pasted: bytesOf(json) });
    expect(answer?.rows.map(({ keyName, held: found }) => [keyName, found.map(({ title }) => title)])).toEqual([
      ['a', ['Ours']],
      ['b', ['Ours']],
      ['c', ['Other']],
      ['d', []],
    ]);
    expect(await bridge.call('key-pair:compare', { pasted: bytesOf('{}') })).toMatchObject(
      failed('bad-request', /describe-key-pairs/),
    );
    const file = path.join(bridge.home, 'pairs.json');
    writeFileSync(file, json);
    bridge.answers.push(file, null);
    expect((await bridge.get('key-pair:compare', { pasted: null }))?.rows).toHaveLength(4);
    expect(await bridge.get('key-pair:compare', { pasted: null })).toBeNull();
  });
});
