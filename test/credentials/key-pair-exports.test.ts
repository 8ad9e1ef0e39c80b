import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportFormat, RecordBody } from '../../main/credentials/descriptor';
import { makePublicKeyPairBody } from '../../main/credentials/key-pair-parts';
import { kindOf } from '../../main/credentials/kinds';
import { describeKey } from '../../main/keys/describe';
import { generateKeyPair } from '../../main/keys/generate';
import { readPrivateKey } from '../../main/keys/import';
import { alone, keyPairBody } from '../support/key-pair-bodies';
import { bytesOf, hexOf, run, succeed } from '../support/keys-tools';

const kind = kindOf('key-pair')!;
let rsa: Uint8Array;
let ed25519: Uint8Array;

beforeAll(async () => {
  const signal = new AbortController().signal;
  rsa = await generateKeyPair('rsa-2048', signal);
  ed25519 = await generateKeyPair('ed25519', signal);
});

describe('exports', () => {
  const names = (key: Uint8Array, keyName: string, title = ''): string[] =>
    kind.exportsOf(keyPairBody(key, { keyName }), title).map(({ fileName }) => fileName);

  test('of RSA: AWS’s own first', () => {
    const options = kind.exportsOf(keyPairBody(rsa, { keyName: 'web' }), 'Web');
    expect(options.map(({ format, fileName, isPrivate }) => [format, fileName, isPrivate])).toEqual([
      ['pkcs1', 'web.pem', true],
      ['pkcs8', 'web-pkcs8.pem', true],
      ['openssh', 'web', true],
      ['ppk3', 'web.ppk', true],
      ['ppk2', 'web-v2.ppk', true],
      ['public', 'web.pub', false],
      ['authorized-keys', 'web-authorized_keys', false],
      ['cloud-init', 'web-cloud-init.yaml', false],
      ['ssh-config', 'config', false],
    ]);
    expect(options.filter(({ takesComment }) => takesComment).map(({ format }) => format)).toEqual([
      'openssh',
      'ppk3',
      'ppk2',
      'public',
      'authorized-keys',
      'cloud-init',
    ]);
  });

  test('of Ed25519: OpenSSH first, and PKCS#8 says that it is not for ssh', () => {
    const options = kind.exportsOf(keyPairBody(ed25519, { keyName: 'web' }), 'Web');
    expect(options.map(({ format }) => format)).toEqual([
      'openssh',
      'pkcs8',
      'ppk3',
      'ppk2',
      'public',
      'authorized-keys',
      'cloud-init',
      'ssh-config',
    ]);
    const pkcs8 = options.find(({ format }) => format === 'pkcs8');
    expect([pkcs8?.label, pkcs8?.note].every((text) => text?.includes('not for ssh'))).toBe(true);
  });

  test.each([
    ['../../.bashrc', 'bashrc'],
    ['web key (old)', 'web-key-old'],
    ['CON', 'key-CON'],
    ['aux.txt', 'key-aux.txt'],
    ['-rf', 'rf'],
    ['x'.repeat(255), 'x'.repeat(100)],
  ])('the name %j gives a safe file name', (keyName, stem) => {
    const expected = [`${stem}.pem`, `${stem}-pkcs8.pem`, stem, `${stem}.ppk`, `${stem}-v2.ppk`, `${stem}.pub`];
    expect(names(rsa, keyName)).toEqual(expect.arrayContaining(expected));
  });

  test('a name with nothing for a file name falls back on the title, and then on a word', () => {
    expect(names(ed25519, '???', 'Çay evi')[0]).toBe('Cay-evi');
    expect(names(ed25519, '???', '鍵')[0]).toBe('key-pair');
  });
});

describe('remarks', () => {
  test('Ed25519 is not for Windows', () => {
    expect(kind.remarksOf(keyPairBody(ed25519), alone)).toEqual([expect.stringContaining('Windows')]);
  });

  test.each([
    ['2048', []],
    ['3072', [/does not take/]],
    ['1024', [/no longer safe/]],
    ['768', [/does not take/, /no longer safe/]],
    ['512', [/does not take/, /no longer safe/]],
  ] as const)('RSA of %s bits', async (bits, patterns) => {
    const pem = await succeed('openssl', ['genrsa', '-traditional', bits]);
    const { pkcs8 } = await readPrivateKey(bytesOf(pem), null);
    const remarks = kind.remarksOf(keyPairBody(pkcs8), alone);
    expect(remarks).toEqual(patterns.map((pattern) => expect.stringMatching(pattern) as string));
  });
});

describe('what an export comes to', () => {
  const write = async (body: RecordBody, format: ExportFormat, values = {}) => {
    const exported = await kind.writeExport(body, { format, passphrase: null, comment: 'me@host', values }, alone);
    if (exported.type !== 'file') throw new Error('expected a file');
    return new TextDecoder().decode(exported.bytes);
  };

  test('public forms are the same for a whole pair and for a public key alone', async () => {
    const whole = keyPairBody(rsa);
    const publicKey = describeKey(rsa);
    const alike = makePublicKeyPairBody({ publicKey, keyName: 'k', region: '', comment: 'me@host', notes: '' });
    for (const format of ['public', 'authorized-keys', 'cloud-init'] as const) {
      expect(await write(alike, format)).toBe(await write(whole, format));
    }
    const line = await write(alike, 'public');
    expect(line).toMatch(/^ssh-rsa AAAA\S+ me@host\n$/);
    expect(await write(alike, 'authorized-keys')).toBe(line);
    expect(await write(alike, 'authorized-keys', { limits: 'restrict', from: '10.0.0.0/8' })).toBe(
      `from="10.0.0.0/8",restrict,pty ${line}`,
    );
    expect(await write(alike, 'public', { form: 'rfc4716' })).toMatch(/^---- BEGIN SSH2 PUBLIC KEY ----\n/);
    expect(await write(alike, 'cloud-init')).toContain(`  - ${line}`);
    await expect(write(alike, 'openssh')).rejects.toThrow(/has none here/);
  });

  test('PuTTY keys are read again', async () => {
    for (const format of ['ppk2', 'ppk3'] as const) {
      const { pkcs8, comment } = await readPrivateKey(bytesOf(await write(keyPairBody(ed25519), format)), null);
      expect([hexOf(pkcs8), comment]).toEqual([hexOf(ed25519), 'me@host']);
    }
  });

  test('a Host entry names the exported file', async () => {
    const values = { alias: 'web', address: '203.0.113.25', user: 'ubuntu' };
    const context = {
      ...alone,
      exportedPath: (format: string) => (format === 'pkcs1' ? '/home/me/.ssh/web.pem' : null),
    };
    const choice = { format: 'ssh-config', passphrase: null, comment: '', values } as const;
    const exported = await kind.writeExport(keyPairBody(rsa), choice, context);
    if (exported.type !== 'merge') throw new Error('expected an entry');
    const settings = exported.settings.map(({ name, value }) => [name, new TextDecoder().decode(value)]);
    expect([exported.target, exported.section, Object.fromEntries(settings)]).toEqual([
      'ssh-config',
      'web',
      { HostName: '203.0.113.25', User: 'ubuntu', IdentityFile: '/home/me/.ssh/web.pem', IdentitiesOnly: 'yes' },
    ]);
    await expect(kind.writeExport(keyPairBody(rsa), choice, alone)).rejects.toThrow(/export it to ~\/.ssh first/);
    for (const wrong of [
      { alias: '' },
      { alias: '*' },
      { alias: 'a b' },
      { address: 'x\nProxyCommand y' },
      { address: 'host:22' },
      { user: '' },
      { user: 'a b' },
    ]) {
      const changed = { ...choice, values: { ...values, ...wrong } };
      await expect(kind.writeExport(keyPairBody(rsa), changed, context)).rejects.toMatchObject({ code: 'bad-request' });
    }
  });

  test.each([
    ['Ed25519', 'openssh'],
    ['Ed25519', 'pkcs8'],
    ['RSA', 'openssh'],
    ['RSA', 'pkcs1'],
    ['RSA', 'pkcs8'],
  ] as const)('a Host entry names a file of %s in %s exactly if ssh-keygen reads it', async (type, format) => {
    const body = keyPairBody(type === 'RSA' ? rsa : ed25519);
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'coffer-host-')), 'key');
    writeFileSync(file, await write(body, format), { mode: 0o600 });
    const isRead = (await run('ssh-keygen', ['-y', '-P', '', '-f', file])).status === 0;
    rmSync(path.dirname(file), { recursive: true });
    expect(isRead).toBe(!(type === 'Ed25519' && format === 'pkcs8'));
    const context = { ...alone, exportedPath: (one: string) => (one === format ? file : null) };
    const values = { alias: 'web', address: '203.0.113.25', user: 'ubuntu' };
    const entry = kind.writeExport(body, { format: 'ssh-config', passphrase: null, comment: '', values }, context);
    if (isRead) expect(await entry).toMatchObject({ type: 'merge', section: 'web' });
    else await expect(entry).rejects.toThrow(/export it to ~\/.ssh first/);
  });

  test('formats of other kinds are refused', async () => {
    await expect(write(keyPairBody(rsa), 'rdp')).rejects.toMatchObject({ code: 'bad-request' });
  });
});
