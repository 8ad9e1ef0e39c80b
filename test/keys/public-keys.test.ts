import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeKey } from '../../main/keys/describe';
import { fingerprintsOf, publicFingerprintsOf } from '../../main/keys/fingerprints';
import { readPrivateKey } from '../../main/keys/import';
import { readPublicKey } from '../../main/keys/public-key';
import { writeAuthorizedKeys, writeCloudConfig, writeRfc4716 } from '../../main/keys/public-write';
import { bytesOf, succeed, temporaryFolder, writePrivateFile } from '../support/keys-tools';

const folder = temporaryFolder();
const comment = 'ops@example.org Schlüssel';
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe.each(['rsa', 'ed25519'] as const)('%s', (type) => {
  const file = join(folder, type);
  let pkcs8: Uint8Array;
  let spkiPem: string;

  beforeAll(async () => {
    await succeed('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', comment, '-f', file]);
    pkcs8 = (await readPrivateKey(await readFile(file), null)).pkcs8;
    spkiPem = await succeed('openssl', ['pkey', '-inform', 'DER', '-pubout'], pkcs8);
  });

  const expectSame = (bytes: Uint8Array, sourceFormat: string, itsComment = ''): void => {
    expect(readPublicKey(bytes)).toEqual({ ...describeKey(pkcs8), sourceFormat, comment: itsComment });
  };

  test('an OpenSSH line, with options, in a file with others, and over CRLF', async () => {
    const line = (await readFile(`${file}.pub`, 'utf8')).trim();
    expectSame(bytesOf(line), 'openssh-line', comment);
    expectSame(bytesOf(`\ufeff${line}\r\n`), 'openssh-line', comment);
    expectSame(bytesOf(`restrict,command="say \\"hi\\"",from="10.0.0.0/8" ${line}\n`), 'openssh-line', comment);
    expectSame(bytesOf(`# Keys of the team\n\n${line}\n`), 'openssh-line', comment);
    expectSame(bytesOf(line.split(' ').slice(0, 2).join(' ')), 'openssh-line');
  });

  test('RFC 4716 of ssh-keygen and of puttygen', async () => {
    const bySshKeygen = await succeed('ssh-keygen', ['-e', '-f', `${file}.pub`]);
    const read = readPublicKey(bytesOf(bySshKeygen.replaceAll('\n', '\r\n')));
    expect(read).toMatchObject({ sshPublicBlob: describeKey(pkcs8).sshPublicBlob, sourceFormat: 'rfc4716' });
    expectSame(bytesOf(await succeed('puttygen', [`${file}.pub`, '-O', 'public'])), 'rfc4716', comment);
  });

  test('PEM and DER, plain and as base64', async () => {
    expectSame(bytesOf(`Our key:\n${spkiPem}`), 'spki-pem');
    const der = describeKey(pkcs8).spkiDer;
    expectSame(der, 'der');
    expectSame(
      bytesOf(
        Buffer.from(der)
          .toString('base64')
          .replace(/(.{50})/g, '$1\n'),
      ),
      'der',
    );
    if (type === 'rsa') {
      const pkcs1 = await succeed('openssl', ['rsa', '-pubin', '-RSAPublicKey_out'], spkiPem);
      expectSame(bytesOf(pkcs1), 'pkcs1-pem');
    }
  });

  test('fingerprints are those of the pair, but for the one that needs the private key', () => {
    const ofPair = fingerprintsOf(pkcs8);
    const ofPublic = publicFingerprintsOf(describeKey(pkcs8));
    expect(ofPublic).toEqual(type === 'rsa' ? { ...ofPair, awsCreated: '' } : ofPair);
  });

  test('the RFC 4716 that Coffer writes is read by ssh-keygen and puttygen', async () => {
    const long = `${comment} ${'long '.repeat(30)}end`;
    for (const text of ['', comment, long]) {
      const written = writeRfc4716(describeKey(pkcs8).sshPublicBlob, text);
      for (const line of textOf(written).split('\n')) expect(bytesOf(line).length).toBeLessThanOrEqual(72);
      expect(readPublicKey(written)).toMatchObject({ ...describeKey(pkcs8), sourceFormat: 'rfc4716' });
      if (text !== long) expectSame(written, 'rfc4716', text);
      const path = await writePrivateFile(folder, `${type}-rfc4716`, written);
      const blob = Buffer.from(describeKey(pkcs8).sshPublicBlob).toString('base64');
      expect(await succeed('ssh-keygen', ['-i', '-f', path])).toContain(blob);
      expect(await succeed('puttygen', [path, '-L'])).toContain(blob);
    }
  });

  test('a line for authorized_keys has options only if asked for', async () => {
    const blob = describeKey(pkcs8).sshPublicBlob;
    const plain = textOf(writeAuthorizedKeys(blob, comment));
    expect(plain).toBe(await readFile(`${file}.pub`, 'utf8'));
    const limits = { isRestricted: true, from: '10.0.0.0/8,*.example.org' };
    const limited = writeAuthorizedKeys(blob, comment, limits);
    expect(textOf(limited)).toBe(`from="10.0.0.0/8,*.example.org",restrict,pty ${plain}`);
    expectSame(limited, 'openssh-line', comment);
    for (const from of ['a b', '10.0.0.1"', 'a\nb', 'x'.repeat(1025)]) {
      expect(() => writeAuthorizedKeys(blob, '', { from })).toThrow(/From: expected/);
    }
  });

  test('user data for cloud-init is YAML that holds the line', () => {
    const blob = describeKey(pkcs8).sshPublicBlob;
    const plain = textOf(writeCloudConfig(blob, 'ops@example.org'));
    const line = textOf(writeAuthorizedKeys(blob, 'ops@example.org')).trim();
    expect(plain).toBe(`#cloud-config\nssh_authorized_keys:\n  - ${line}\n`);
    for (const text of ['', comment, 'a: b # c', '"quoted" \\ {x}', "it's"]) {
      const config = textOf(writeCloudConfig(blob, text));
      const item = config.split('\n')[2]?.replace('  - ', '') ?? '';
      const value: unknown = item.startsWith('"') ? JSON.parse(item) : item;
      expect(value).toBe(textOf(writeAuthorizedKeys(blob, text)).trim());
    }
  });
});

describe('what is no such key', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['a letter', 'Dear Jo, the key follows. It begins with AAAA.'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n'],
    ['base64 of something else', 'aGVsbG8gd29ybGQ='],
    ['DER of something else', Buffer.from('300302010a', 'hex').toString('base64')],
  ])('%s gives null', (_, text) => {
    expect(readPublicKey(bytesOf(text))).toBeNull();
  });

  test('more than 64 KiB gives null, at once', () => {
    const startedMs = performance.now();
    expect(readPublicKey(new Uint8Array(100 * 1024 * 1024))).toBeNull();
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  test('64 KiB of what looks like the beginning of a line takes no time', () => {
    for (const piece of [
      'ssh-',
      'ssh-rsa ',
      ' ssh-rsa AAAA',
      '---- BEGIN SSH2 PUBLIC KEY ----',
      '-----BEGIN PUBLIC KEY-----',
    ]) {
      const bytes = bytesOf(piece.repeat(65_536 / piece.length - 1));
      const startedMs = performance.now();
      try {
        readPublicKey(bytes);
      } catch {
        // A refusal will do.
      }
      expect(performance.now() - startedMs).toBeLessThan(500);
    }
  });

  test.each<[string, readonly string[], RegExp]>([
    ['an ECDSA line', ['-t', 'ecdsa'], /an ECDSA key/],
    ['a DSA line', ['-t', 'dsa'], /a DSA key/],
  ])('%s is refused by its type', async (name, args, message) => {
    const file = join(folder, name.replaceAll(' ', '-'));
    await succeed('ssh-keygen', ['-q', ...args, '-N', '', '-f', file]);
    const line = await readFile(`${file}.pub`);
    expect(() => readPublicKey(line)).toThrow(message);
    const rfc4716 = await succeed('ssh-keygen', ['-e', '-f', `${file}.pub`]);
    expect(() => readPublicKey(bytesOf(rfc4716))).toThrow(message);
    const pem = await succeed('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', `${file}.pub`]);
    expect(() => readPublicKey(bytesOf(pem))).toThrow(/another type/);
  });

  test('an OpenSSH certificate, and damage, but not an RSA key of 512 bits', async () => {
    const small = await succeed('openssl', ['genrsa', '512']);
    const smallPem = await succeed('openssl', ['rsa', '-pubout'], small);
    expect(readPublicKey(bytesOf(smallPem))?.algorithm).toEqual({ type: 'rsa', bits: 512 });
    expect(() => readPublicKey(bytesOf('ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB'))).toThrow(/damaged/);
    expect(() => readPublicKey(bytesOf('ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQAB'))).toThrow(/damaged/);
    expect(() => readPublicKey(bytesOf('ssh-rsa-cert-v01@openssh.com AAAAB3NzaC1yc2EAAAADAQAB'))).toThrow(
      /an OpenSSH certificate/,
    );
    const pem = '-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n';
    expect(() => readPublicKey(bytesOf(pem))).toThrow(/damaged/);
  });
});
