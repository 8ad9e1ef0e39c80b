import { beforeAll, describe, expect, test } from 'vitest';
import { decodeBody, encodeBody } from '../../main/credentials/body';
import type { ExportFormat, RecordBody, RecordContext, TypedValues } from '../../main/credentials/descriptor';
import {
  makeKeyPairBody,
  makePublicKeyPairBody,
  privateKeyOf,
  publicBlobOf,
  type KeyPairParts,
} from '../../main/credentials/key-pair-parts';
import { allKinds, kindOf } from '../../main/credentials/kinds';
import { regions } from '../../main/credentials/regions';
import { describeKey } from '../../main/keys/describe';
import { fingerprintsOf } from '../../main/keys/fingerprints';
import { generateKeyPair } from '../../main/keys/generate';
import { readPrivateKey } from '../../main/keys/import';
import * as shape from '../../preload/shapes';
import { bytesOf, hexOf, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();
const kind = kindOf('key-pair')!;
let rsa: Uint8Array;
let ed25519: Uint8Array;

beforeAll(async () => {
  const signal = new AbortController().signal;
  rsa = await generateKeyPair('rsa-2048', signal);
  ed25519 = await generateKeyPair('ed25519', signal);
});

const alone: RecordContext = { nowMs: 0, linked: () => null, exportedPath: () => null };
const typed = (values: Record<string, string>): TypedValues => ({ values, secrets: {} });

function bodyOf(pkcs8: Uint8Array, changes: Partial<KeyPairParts> = {}): RecordBody {
  const texts = {
    keyName: 'web key',
    region: 'eu-west-1',
    comment: 'me@host',
    notes: 'Nötes\n2',
    origin: 'created',
  } as const;
  return makeKeyPairBody({ pkcs8, ...texts, ...changes });
}

const refusal = (field: RegExp): Error =>
  expect.objectContaining({ code: 'bad-request', message: expect.stringMatching(field) as string }) as Error;

test('kinds are found by name, and others are not', () => {
  expect(allKinds.map(({ descriptor }) => descriptor.kind)).toContain('key-pair');
  expect(kindOf('hologram')).toBeNull();
  expect(kindOf('__proto__')).toBeNull();
});

test('descriptors and export options fit the bridge’s schemas', () => {
  for (const { descriptor } of allKinds) expect(shape.kindDescriptor.parse(descriptor)).toEqual(descriptor);
  for (const key of [rsa, ed25519]) {
    for (const option of kind.exportsOf(bodyOf(key), 'title')) expect(shape.exportOption.parse(option)).toEqual(option);
  }
});

test('an RSA pair shows its values, and no secret among them', () => {
  const { awsCreated, awsImported, openssh } = fingerprintsOf(rsa);
  const values = kind.valuesOf(bodyOf(rsa));
  expect(values).toEqual({
    keyName: 'web key',
    region: 'eu-west-1',
    algorithm: 'RSA 2048',
    origin: 'Created here',
    comment: 'me@host',
    publicKey: expect.stringMatching(/^ssh-rsa AAAA\S+ me@host$/) as string,
    awsCreated,
    awsImported,
    openssh,
    notes: 'Nötes\n2',
  });
});

test('an Ed25519 pair has one fingerprint for EC2', () => {
  const values = kind.valuesOf(bodyOf(ed25519, { origin: 'imported' }));
  const { awsCreated, openssh } = fingerprintsOf(ed25519);
  expect(values).toMatchObject({
    algorithm: 'Ed25519',
    origin: 'Imported from a file',
    awsFingerprint: awsCreated,
    openssh,
  });
  expect(Object.keys(values)).not.toContain('awsCreated');
  expect(Object.keys(values)).not.toContain('privateKey');
});

test('the body survives being written and read, fields of a newer version included', () => {
  const body = new Map([...bodyOf(rsa), ['later', bytesOf('x')] as const]);
  const again = decodeBody(encodeBody(body));
  expect(kind.valuesOf(again)).toEqual(kind.valuesOf(body));
  expect(hexOf(privateKeyOf(again))).toBe(hexOf(rsa));
  expect(kind.applyChanges(again, typed({ region: '' })).has('later')).toBe(true);
});

test('the body keeps a copy of the key', () => {
  const mine = Uint8Array.from(rsa);
  const body = bodyOf(mine);
  mine.fill(0);
  expect(hexOf(privateKeyOf(body))).toBe(hexOf(rsa));
});

test('a body without a private key has none to give, and one without a public key is damaged', () => {
  expect(() => privateKeyOf(new Map())).toThrow(expect.objectContaining({ code: 'bad-request' }));
  expect(() => publicBlobOf(new Map())).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
});

test('the second line says what and where', () => {
  expect(kind.subtitleOf(bodyOf(rsa))).toBe('RSA 2048 · web key · eu-west-1');
  expect(kind.subtitleOf(bodyOf(ed25519, { region: '' }))).toBe('Ed25519 · web key');
});

describe('reveal', () => {
  test.each([
    ['rsa', /^-----BEGIN RSA PRIVATE KEY-----\n/],
    ['ed25519', /^-----BEGIN OPENSSH PRIVATE KEY-----\n/],
  ] as const)('gives the PEM text of %s, in an array of its own', async (type, begin) => {
    const key = type === 'rsa' ? rsa : ed25519;
    const body = bodyOf(key);
    const revealed = kind.reveal(body, 'privateKey');
    expect(new TextDecoder().decode(revealed)).toMatch(begin);
    expect(revealed.buffer.byteLength).toBe(revealed.length);
    expect(hexOf((await readPrivateKey(revealed, null)).pkcs8)).toBe(hexOf(key));
    const file = await writePrivateFile(folder, `revealed-${type}`, revealed);
    const line = await succeed('ssh-keygen', ['-y', '-f', file]);
    expect(kind.copyText(body, 'publicKey').startsWith(line.trim().split(' ').slice(0, 2).join(' '))).toBe(true);
    revealed.fill(0);
    expect(hexOf(privateKeyOf(body))).toBe(hexOf(key));
  });

  test.each(['publicKey', 'notes', 'nothing', '__proto__'])('does not reveal %s', (field) => {
    expect(() => kind.reveal(bodyOf(rsa), field)).toThrow(refusal(/field/));
  });
});

describe('copy', () => {
  test('gives the text of what may be copied', () => {
    const body = bodyOf(rsa);
    const copyable = kind.descriptor.fields.filter(({ isCopyable }) => isCopyable).map(({ name }) => name);
    expect(copyable).toContain('publicKey');
    for (const name of copyable.filter((field) => field !== 'awsFingerprint')) {
      expect(kind.copyText(body, name)).toBe(kind.valuesOf(body)[name]);
    }
  });

  test.each(['privateKey', 'notes', 'algorithm', 'awsFingerprint', 'nothing', '__proto__'])(
    'does not copy %s',
    (field) => {
      expect(() => kind.copyText(bodyOf(rsa), field)).toThrow(refusal(/field/));
    },
  );
});

describe('changes', () => {
  test('replace what is named and leave the given body as it is', () => {
    const body = bodyOf(rsa);
    const before = kind.valuesOf(body);
    const changed = kind.applyChanges(body, typed({ keyName: 'new', region: '', notes: '\ud800 notes' }));
    expect(kind.valuesOf(changed)).toEqual({ ...before, keyName: 'new', region: '', notes: '\ud800 notes' });
    expect(kind.valuesOf(body)).toEqual(before);
    expect(hexOf(privateKeyOf(changed))).toBe(hexOf(rsa));
  });

  test('of the comment reach the public key', async () => {
    const changed = kind.applyChanges(bodyOf(ed25519), typed({ comment: 'someone else' }));
    const line = kind.copyText(changed, 'publicKey');
    expect(line.endsWith(' someone else')).toBe(true);
    const file = await writePrivateFile(
      folder,
      'changed.pub',
      bytesOf(`${line}
`),
    );
    expect(await succeed('ssh-keygen', ['-l', '-f', file])).toContain('someone else');
  });

  test.each<[string, string, RegExp]>([
    ['keyName', '', /EC2 key pair name/],
    ['keyName', ' web', /EC2 key pair name/],
    ['keyName', 'web ', /EC2 key pair name/],
    ['keyName', 'wéb', /EC2 key pair name/],
    ['keyName', 'web\n', /EC2 key pair name/],
    ['keyName', 'x'.repeat(256), /EC2 key pair name/],
    ['region', 'Frankfurt', /Region/],
    ['region', 'eu-west-1 ', /Region/],
    ['region', 'eu-west', /Region/],
    ['comment', 'two\nlines', /comment/],
    ['notes', 'x'.repeat(100_001), /Notes/],
    ['publicKey', 'ssh-rsa AAAA', /editable/],
    ['privateKey', 'x', /editable/],
    ['algorithm', 'x', /editable/],
    ['__proto__', 'x', /editable/],
    ['toString', 'x', /editable/],
  ])('%s cannot become %j', (field, value, message) => {
    const values = JSON.parse(`{${JSON.stringify(field)}:${JSON.stringify(value)}}`) as Record<string, string>;
    expect(() => kind.applyChanges(bodyOf(rsa), typed(values))).toThrow(refusal(message));
  });

  test('names and Regions that EC2 has are accepted', () => {
    for (const keyName of ['a', 'x'.repeat(255), "a b~!@#$%^&*()_+{}|:<>?'"]) {
      expect(kind.valuesOf(bodyOf(rsa, { keyName }))['keyName']).toBe(keyName);
    }
    for (const { value } of [...regions, { value: '' }, { value: 'us-iso-east-1' }, { value: 'eusc-de-east-1' }]) {
      expect(kind.valuesOf(bodyOf(rsa, { region: value }))['region']).toBe(value);
    }
  });

  test('a new body follows the same rules', () => {
    expect(() => bodyOf(rsa, { keyName: '' })).toThrow(refusal(/EC2 key pair name/));
    expect(() => bodyOf(rsa, { region: 'x' })).toThrow(refusal(/Region/));
    expect(() => bodyOf(rsa, { comment: '\n' })).toThrow(refusal(/comment/));
    expect(() => bodyOf(rsa, { notes: 'x'.repeat(100_001) })).toThrow(refusal(/Notes/));
  });
});

describe('exports', () => {
  const names = (key: Uint8Array, keyName: string, title = ''): string[] =>
    kind.exportsOf(bodyOf(key, { keyName }), title).map(({ fileName }) => fileName);

  test('of RSA: AWS’s own first', () => {
    const options = kind.exportsOf(bodyOf(rsa, { keyName: 'web' }), 'Web');
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
    const options = kind.exportsOf(bodyOf(ed25519, { keyName: 'web' }), 'Web');
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
    expect(kind.remarksOf(bodyOf(ed25519), alone)).toEqual([expect.stringContaining('Windows')]);
  });

  test.each([
    ['2048', []],
    ['3072', [/does not take/]],
    ['1024', [/no longer safe/]],
  ] as const)('RSA of %s bits', async (bits, patterns) => {
    const pem = await succeed('openssl', ['genrsa', '-traditional', bits]);
    const { pkcs8 } = await readPrivateKey(bytesOf(pem), null);
    const remarks = kind.remarksOf(bodyOf(pkcs8), alone);
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
    const whole = bodyOf(rsa);
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
      const { pkcs8, comment } = await readPrivateKey(bytesOf(await write(bodyOf(ed25519), format)), null);
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
    const exported = await kind.writeExport(bodyOf(rsa), choice, context);
    if (exported.type !== 'merge') throw new Error('expected an entry');
    const settings = exported.settings.map(({ name, value }) => [name, new TextDecoder().decode(value)]);
    expect([exported.target, exported.section, Object.fromEntries(settings)]).toEqual([
      'ssh-config',
      'web',
      { HostName: '203.0.113.25', User: 'ubuntu', IdentityFile: '/home/me/.ssh/web.pem', IdentitiesOnly: 'yes' },
    ]);
    await expect(kind.writeExport(bodyOf(rsa), choice, alone)).rejects.toThrow(/export it to ~\/.ssh first/);
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
      await expect(kind.writeExport(bodyOf(rsa), changed, context)).rejects.toMatchObject({ code: 'bad-request' });
    }
  });

  test('formats of other kinds are refused', async () => {
    await expect(write(bodyOf(rsa), 'rdp')).rejects.toMatchObject({ code: 'bad-request' });
  });
});
