import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePrivateKey, writePublicKey, type PrivateFormat } from '../../main/keys/export';
import { generateKeyPair, type KeyAlgorithm } from '../../main/keys/generate';
import { bytesOf, run, succeed, temporaryFolder, writePrivateFile, type Outcome } from '../support/keys-tools';

const sshd = '/usr/sbin/sshd';
const folder = temporaryFolder();
const authorizedKeys = join(folder, 'authorized_keys');
const passphrase = 'Pässwörter mit Leerzeichen 🔑';
let server: ChildProcess | null = null;
let port = 0;

beforeAll(async () => {
  if (!existsSync(sshd)) throw new Error('sshd is missing: apt-get install -y openssh-server');
  // As root, sshd wants a folder to lock itself in; its package makes it, and a restart of the machine empties /run.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  port = await freePort();
  const hostKey = join(folder, 'host_key');
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', hostKey]);
  await writeFile(
    join(folder, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${authorizedKeys}`,
      `PidFile ${join(folder, 'sshd.pid')}`,
      'UsePAM no',
      'StrictModes no',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      '',
    ].join('\n'),
  );
  server = await startServer(join(folder, 'sshd_config'));
});

afterAll(() => {
  server?.kill();
});

describe.each<[KeyAlgorithm, PrivateFormat[]]>([
  ['rsa-2048', ['pkcs1', 'pkcs8', 'openssh']],
  ['rsa-4096', ['pkcs1', 'pkcs8', 'openssh']],
  // ssh reads no Ed25519 key in PKCS#8; the export says so.
  ['ed25519', ['openssh']],
])('%s', (algorithm, formats) => {
  let pkcs8: Uint8Array;

  beforeAll(async () => {
    pkcs8 = await generateKeyPair(algorithm, new AbortController().signal);
  });

  test.each(formats.flatMap((format) => [[format, null] as const, [format, passphrase] as const]))(
    'the exported %s file logs in, passphrase %j',
    async (format, given) => {
      await writeFile(authorizedKeys, writePublicKey(pkcs8, 'coffer test'));
      const file = await exported(`${algorithm}-${format}-${given === null ? 'plain' : 'sealed'}`, format, given);
      const { status, stdout, stderr } = await logIn(file, given);
      expect(stderr).toBe('');
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'logged in\n' });
    },
  );

  test('the key of another pair does not log in', async () => {
    const other = await generateKeyPair('ed25519', new AbortController().signal);
    await writeFile(authorizedKeys, writePublicKey(other, ''));
    const { status, stderr } = await logIn(await exported(`${algorithm}-other`, 'openssh', null), null);
    expect(status).toBe(255);
    expect(stderr).toContain('Permission denied (publickey)');
  });

  async function exported(name: string, format: PrivateFormat, given: string | null): Promise<string> {
    const options = { passphrase: bytesOf(given), comment: 'coffer test' };
    return writePrivateFile(folder, name, await writePrivateKey(pkcs8, format, options));
  }
});

/** Starts sshd and waits until it listens. */
function startServer(configuration: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const started = spawn(sshd, ['-D', '-e', '-f', configuration], { stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    started.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('Server listening')) resolve(started);
    });
    started.on('error', reject);
    started.on('exit', () => reject(new Error(`sshd did not start: ${log}`)));
  });
}

/** Logs in as the user who runs the test and prints a line there. The passphrase reaches ssh through its askpass program. */
async function logIn(file: string, given: string | null): Promise<Outcome> {
  const askpass = join(folder, 'askpass');
  await writeFile(askpass, '#!/bin/sh\nprintf "%s\\n" "$COFFER_TEST_PASSPHRASE"\n');
  await chmod(askpass, 0o700);
  const options = {
    BatchMode: given === null ? 'yes' : 'no',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    StrictHostKeyChecking: 'no',
    UserKnownHostsFile: '/dev/null',
    GlobalKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
    ConnectTimeout: '10',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const destination = `${userInfo().username}@127.0.0.1`;
  const env =
    given === null
      ? {}
      : { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', COFFER_TEST_PASSPHRASE: given, DISPLAY: ':none' };
  return run('ssh', ['-F', 'none', '-i', file, '-p', String(port), ...flags, destination, 'echo logged in'], { env });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
