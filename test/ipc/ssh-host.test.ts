import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels, setUpBridge } from '../support/bridge';
import { succeed } from '../support/keys-tools';

let bridge: ReturnType<typeof setUpBridge>;
let id: string;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  ({ id } = await bridge.get('key-pair:generate', labels()));
});
afterEach(() => bridge.remove());

const hostEntry = () => {
  const values = { alias: 'web', address: '203.0.113.25', user: 'ubuntu' };
  return { id, format: 'ssh-config', passphrase: null, comment: '', destination: 'merge', values } as const;
};

test('a Host entry names the exported private key, and ssh reads it so', async () => {
  const config = path.join(bridge.home, '.ssh/config');
  mkdirSync(path.dirname(config), { mode: 0o700 });
  const theirs = '# mine\nHost other\n\tUser somebody\n';
  writeFileSync(config, theirs);
  expect(await bridge.call('export:run', hostEntry())).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/export it to ~\/\.ssh first/) as string },
  });
  const key = { id, format: 'openssh', passphrase: null, comment: '', destination: 'ssh-folder', values: {} } as const;
  await bridge.get('export:run', key);
  expect(await bridge.get('export:run', hostEntry())).toMatchObject({ outcome: 'written', fileName: 'config' });
  expect(readFileSync(config, 'utf8')).toContain(theirs);
  const seen = (await succeed('ssh', ['-G', '-F', config, 'web'])).split('\n');
  const identity = path.join(bridge.home, '.ssh/web-server');
  expect(seen).toEqual(
    expect.arrayContaining(['hostname 203.0.113.25', 'user ubuntu', `identityfile ${identity}`, 'identitiesonly yes']),
  );
});
