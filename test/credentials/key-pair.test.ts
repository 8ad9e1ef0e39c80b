import { beforeAll, describe, expect, test } from 'vitest';
import { decodeBody, encodeBody } from '../../main/credentials/body';
import { exportFormats } from '../../main/credentials/descriptor';
import type { TypedValues } from '../../main/credentials/descriptor';
import { privateKeyOf, publicBlobOf } from '../../main/credentials/key-pair-parts';
import { allKinds, kindOf } from '../../main/credentials/kinds';
import { regions } from '../../main/credentials/regions';
import { fingerprintsOf } from '../../main/keys/fingerprints';
import { generateKeyPair } from '../../main/keys/generate';
import { readPrivateKey } from '../../main/keys/import';
import { exportFormat } from '../../preload/format-shapes';
import * as shape from '../../preload/shapes';
import { keyPairBody } from '../support/key-pair-bodies';
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

const typed = (values: Record<string, string>): TypedValues => ({ values, secrets: {} });

const refusal = (field: RegExp): Error =>
  expect.objectContaining({ code: 'bad-request', message: expect.stringMatching(field) as string }) as Error;

test('kinds are found by name, and others are not', () => {
  expect(allKinds.map(({ descriptor }) => descriptor.kind)).toContain('key-pair');
  expect(kindOf('hologram')).toBeNull();
  expect(kindOf('__proto__')).toBeNull();
});

test('the bridge knows the formats that kinds export, and no others', () => {
  expect(exportFormat.options).toEqual(exportFormats);
});

test('descriptors and export options fit the bridge’s schemas', () => {
  for (const { descriptor } of allKinds) expect(shape.kindDescriptor.parse(descriptor)).toEqual(descriptor);
  for (const key of [rsa, ed25519]) {
    for (const option of kind.exportsOf(keyPairBody(key), 'title'))
      expect(shape.exportOption.parse(option)).toEqual(option);
  }
});

test('an RSA pair shows its values, and no secret among them', () => {
  const { awsCreated, awsImported, openssh } = fingerprintsOf(rsa);
  const values = kind.valuesOf(keyPairBody(rsa));
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
  const values = kind.valuesOf(keyPairBody(ed25519, { origin: 'imported' }));
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
  const body = new Map([...keyPairBody(rsa), ['later', bytesOf('x')] as const]);
  const again = decodeBody(encodeBody(body));
  expect(kind.valuesOf(again)).toEqual(kind.valuesOf(body));
  expect(hexOf(privateKeyOf(again))).toBe(hexOf(rsa));
  expect(kind.applyChanges(again, typed({ region: '' })).has('later')).toBe(true);
});

test('the body keeps a copy of the key', () => {
  const mine = Uint8Array.from(rsa);
  const body = keyPairBody(mine);
  mine.fill(0);
  expect(hexOf(privateKeyOf(body))).toBe(hexOf(rsa));
});

test('a body without a private key has none to give, and one without a public key is damaged', () => {
  expect(() => privateKeyOf(new Map())).toThrow(expect.objectContaining({ code: 'bad-request' }));
  expect(() => publicBlobOf(new Map())).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
});

test('the second line says what and where', () => {
  expect(kind.subtitleOf(keyPairBody(rsa))).toBe('RSA 2048 · web key · eu-west-1');
  expect(kind.subtitleOf(keyPairBody(ed25519, { region: '' }))).toBe('Ed25519 · web key');
});

describe('reveal', () => {
  test.each([
    ['rsa', /^-----BEGIN RSA PRIVATE KEY-----\n/],
    ['ed25519', /^-----BEGIN OPENSSH PRIVATE KEY-----\n/],
  ] as const)('gives the PEM text of %s, in an array of its own', async (type, begin) => {
    const key = type === 'rsa' ? rsa : ed25519;
    const body = keyPairBody(key);
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
    expect(() => kind.reveal(keyPairBody(rsa), field)).toThrow(refusal(/field/));
  });
});

describe('copy', () => {
  test('gives the text of what may be copied', () => {
    const body = keyPairBody(rsa);
    const copyable = kind.descriptor.fields.filter(({ isCopyable }) => isCopyable).map(({ name }) => name);
    expect(copyable).toContain('publicKey');
    for (const name of copyable.filter((field) => field !== 'awsFingerprint')) {
      expect(kind.copyText(body, name)).toBe(kind.valuesOf(body)[name]);
    }
  });

  test.each(['privateKey', 'notes', 'algorithm', 'awsFingerprint', 'nothing', '__proto__'])(
    'does not copy %s',
    (field) => {
      expect(() => kind.copyText(keyPairBody(rsa), field)).toThrow(refusal(/field/));
    },
  );
});

describe('changes', () => {
  test('replace what is named and leave the given body as it is', () => {
    const body = keyPairBody(rsa);
    const before = kind.valuesOf(body);
    const changed = kind.applyChanges(body, typed({ keyName: 'new', region: '', notes: '\ud800 notes' }));
    expect(kind.valuesOf(changed)).toEqual({ ...before, keyName: 'new', region: '', notes: '\ud800 notes' });
    expect(kind.valuesOf(body)).toEqual(before);
    expect(hexOf(privateKeyOf(changed))).toBe(hexOf(rsa));
  });

  test('of the comment reach the public key', async () => {
    const changed = kind.applyChanges(keyPairBody(ed25519), typed({ comment: 'someone else' }));
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
    expect(() => kind.applyChanges(keyPairBody(rsa), typed(values))).toThrow(refusal(message));
  });

  test('names and Regions that EC2 has are accepted', () => {
    for (const keyName of ['a', 'x'.repeat(255), "a b~!@#$%^&*()_+{}|:<>?'"]) {
      expect(kind.valuesOf(keyPairBody(rsa, { keyName }))['keyName']).toBe(keyName);
    }
    for (const { value } of [...regions, { value: '' }, { value: 'us-iso-east-1' }, { value: 'eusc-de-east-1' }]) {
      expect(kind.valuesOf(keyPairBody(rsa, { region: value }))['region']).toBe(value);
    }
  });

  test('a new body follows the same rules', () => {
    expect(() => keyPairBody(rsa, { keyName: '' })).toThrow(refusal(/EC2 key pair name/));
    expect(() => keyPairBody(rsa, { region: 'x' })).toThrow(refusal(/Region/));
    expect(() => keyPairBody(rsa, { comment: '\n' })).toThrow(refusal(/comment/));
    expect(() => keyPairBody(rsa, { notes: 'x'.repeat(100_001) })).toThrow(refusal(/Notes/));
  });
});
