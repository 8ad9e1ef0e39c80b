import fc from 'fast-check';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { checkSshHost, findSshHost, mergeSshHost } from '../../main/files/ssh-config-text';
import { hostSettings, sshHostChange, withoutSshHost } from '../../main/files/ssh-host-undo';
import { succeed, temporaryFolder } from '../support/keys-tools';

/** `npm run test:long` sets COFFER_LONG, and runs twenty times as many cases. */
const runs = (usual: number) => (process.env['COFFER_LONG'] === undefined ? usual : 20 * usual);
const folder = temporaryFolder();
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const host = { alias: 'web', hostName: '203.0.113.9', user: 'ec2-user', identityFile: '/home/me/.ssh/web key%1' };
const block = `Host web\n    HostName 203.0.113.9\n    User ec2-user\n    IdentityFile "/home/me/.ssh/web key%%1"\n    IdentitiesOnly yes\n`;
const merged = (text: string) => textOf(mergeSshHost(bytesOf(text), host));

describe('where the block goes', () => {
  test.each([
    ['an empty file', '', block],
    ['after other hosts', 'Host a\n  User x', `Host a\n  User x\n\n${block}`],
    [
      'before a catch-all and its comment',
      'Port 1\n\n# all\nHost *\n  User x\n',
      `Port 1\n\n${block}\n# all\nHost *\n  User x\n`,
    ],
    ['before a Match', 'Host a\nUser x\nMatch all\nUser y\n', `Host a\nUser x\n${block}\nMatch all\nUser y\n`],
    ['before a pattern that takes it in', 'host=w?b !wob\nUser x\n', `${block}\nhost=w?b !wob\nUser x\n`],
    ['after an Include for all', 'Include more\nHost *\n', `Include more\n${block}\nHost *\n`],
    ['with CRLF', 'Host a\r\n', `Host a\r\n\r\n${block.replaceAll('\n', '\r\n')}`],
    [
      'in its own block, values where they stand, comments kept',
      'Host web # mine\n\thostname=old # why\n\tProxyJump b\n\tUser "x y"\n',
      'Host web # mine\n\tIdentityFile "/home/me/.ssh/web key%%1"\n\tIdentitiesOnly yes\n\thostname=203.0.113.9 # why\n\tProxyJump b\n\tUser ec2-user\n',
    ],
    ['in its own block, cut short', 'Host web', block.replace(/\n$/, '\n')],
  ])('%s', (_, before, after) => {
    expect(merged(before)).toBe(after);
    expect(merged(after)).toBe(after);
  });
});

test('what is there already is told', () => {
  const found = (text: string) => findSshHost(bytesOf(text), host);
  expect(found('User x\nInclude y\nHost *\n')).toEqual({
    block: 'none',
    hasSameKey: false,
    shadowed: ['User'],
    includesBefore: 1,
  });
  expect(found('Host web\nUser x\n')).toMatchObject({ block: 'own', hasSameKey: false });
  expect(found(block)).toMatchObject({ block: 'own', hasSameKey: true });
  expect(found('Host web db\n')).toMatchObject({ block: 'shared' });
});

/** What a file is after a merge and its undoing. */
function undone(before: string): string {
  const change = sshHostChange(bytesOf(before), host);
  const settings = Object.fromEntries(Object.entries(hostSettings(host)).filter(([name]) => change.wrote.has(name)));
  return textOf(withoutSshHost(mergeSshHost(bytesOf(before), host), { alias: 'web', settings }, change));
}

test.each([
  ['a new block goes', 'Host a\nHost *\n', 'Host a\n\nHost *\n'],
  ['lines of others that say the same stay', `Host web\n  User ec2-user\n  IdentitiesOnly yes\n`, null],
  ['values that were replaced come back', 'Host web # mine\n\thostname=old # why\n\tUser "x y"\n', null],
  ['a second key file stays', 'Host web\n  IdentityFile ~/a\n  IdentityFile ~/b\n  Port 2\n', null],
  [
    'a key file of the same name stays',
    'Host web\n  IdentityFile ~/a\n  IdentityFile "/home/me/.ssh/web key%%1"\n',
    null,
  ],
  ['an empty block stays', 'Host web\n', null],
])('taken out again: %s', (_, before, after) => {
  expect(undone(before)).toBe(after ?? before);
});

test('a block that is there just so is not changed, and nothing of it is taken out', () => {
  expect(sshHostChange(bytesOf(block), host)).toEqual({ isNew: false, wrote: new Set(), before: new Map() });
  expect(undone(block)).toBe(block);
});

test.each([
  ['alias', { alias: 'a b' }],
  ['alias', { alias: '*' }],
  ['host name', { hostName: 'a\nProxyCommand x' }],
  ['user', { user: 'a b' }],
  ['key file', { identityFile: '/a"b' }],
  ['key file', { identityFile: '/a\nb' }],
  ['key file', { identityFile: '/${HOME}' }],
])('%s that ssh would misread is refused', (_, change) => {
  expect(() => checkSshHost({ ...host, ...change })).toThrow(expect.objectContaining({ code: 'bad-request' }));
});

const line = fc.oneof(
  fc.constantFrom(
    '',
    '# x',
    'Host *',
    'Host a b',
    'Host web',
    'host = "web"',
    'Host w* !web',
    'Match all',
    'Match host x',
    'Include y',
    '  User x',
    '\tHostName=old # z',
    'IdentityFile ~/.ssh/a',
    'Port 22',
    'IdentitiesOnly no',
    'caf\xe9 \xa0',
  ),
  fc.string({ unit: fc.constantFrom('H', 'o', ' ', '"', '#', '=', '\\', '\t', '\xff') }),
);
const file = fc.tuple(fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n'))), fc.boolean()).map(([lines, isCut]) =>
  lines
    .map((pair) => pair.join(''))
    .join('')
    .replace(isCut ? /\r?\n$/ : /$^/, ''),
);

test('every byte of a generated file that is not ours survives, and merging twice equals merging once', () => {
  const ours = /^\s*(hostname|user|identityfile|identitiesonly)\b/i;
  fc.assert(
    fc.property(file, (before) => {
      const after = merged(before);
      expect(merged(after)).toBe(after);
      const split = (text: string) => text.split(/\r?\n/).map((one) => one.trimEnd());
      const result = split(after);
      let at = 0;
      for (const one of split(before)) {
        if (ours.test(one) || one === '') continue;
        const next = result.indexOf(one, at);
        expect(next, one).toBeGreaterThanOrEqual(at);
        at = next + 1;
      }
      const isOwn = findSshHost(bytesOf(before), host).block === 'own';
      if (isOwn) expect([before, `${before}\n`, `${before}\r\n`]).toContain(undone(before));
      // A new block is one insertion.
      if (!isOwn) {
        let start = 0;
        while (start < before.length && before[start] === after[start]) start += 1;
        expect(after.endsWith(before.slice(start))).toBe(true);
      }
    }),
    { numRuns: runs(3000) },
  );
});

test('ssh takes the values, whatever comes after', async () => {
  const config = join(folder, 'config');
  await writeFile(
    config,
    merged('ServerAliveInterval 7\n\nHost db\n  User dba\n\n# for all\nHost *\n  User nobody\n  HostName wrong\n'),
  );
  const settings = (await succeed('ssh', ['-G', '-F', config, 'web'])).split('\n');
  for (const expected of [
    'hostname 203.0.113.9',
    'user ec2-user',
    'identityfile /home/me/.ssh/web key%1',
    'identitiesonly yes',
    'serveraliveinterval 7',
  ]) {
    expect(settings.map((one) => one.replace('%%', '%'))).toContain(expected);
  }
  expect((await succeed('ssh', ['-G', '-F', config, 'db'])).split('\n')).toContain('user dba');
});
