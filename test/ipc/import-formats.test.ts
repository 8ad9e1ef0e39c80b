import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CofferError } from '../../main/errors';
import type { Found } from '../../main/ipc/import/found';
import { recognise } from '../../main/ipc/import/recognise';
import { bytesOf, temporaryFolder } from '../support/keys-tools';

const folder = temporaryFolder();
const passphrase = 'pass phrase';
const at = (name: string) => path.join(folder, name);
const read = (name: string) => readFileSync(at(name), 'utf8');
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
const keygen = (...args: string[]) => execFileSync('ssh-keygen', ['-q', ...args]);
const puttygen = (...args: string[]) => execFileSync('puttygen', ['-q', ...args]);

beforeAll(() => {
  writeFileSync(at('pass'), `${passphrase}\n`);
  openssl('genrsa', '-traditional', '-out', at('pkcs1'), '2048');
  openssl('pkcs8', '-topk8', '-nocrypt', '-in', at('pkcs1'), '-out', at('pkcs8'));
  for (const cipher of ['aes128', 'aes256', 'des3']) {
    const pass = ['-passout', `pass:${passphrase}`];
    openssl('rsa', '-traditional', `-${cipher}`, ...pass, '-in', at('pkcs1'), '-out', at(`pkcs1 ${cipher}`));
    openssl('pkcs8', '-topk8', '-v2', cipher, ...pass, '-in', at('pkcs1'), '-out', at(`pkcs8 ${cipher}`));
  }
  openssl(
    'pkcs8',
    '-topk8',
    '-scrypt',
    '-passout',
    `pass:${passphrase}`,
    '-in',
    at('pkcs1'),
    '-out',
    at('pkcs8 scrypt'),
  );
  openssl('rsa', '-in', at('pkcs1'), '-outform', 'DER', '-out', at('der'));
  openssl('pkcs8', '-topk8', '-nocrypt', '-in', at('pkcs1'), '-outform', 'DER', '-out', at('pkcs8 der'));
  openssl('rsa', '-in', at('pkcs1'), '-pubout', '-out', at('spki'));
  openssl('rsa', '-in', at('pkcs1'), '-pubout', '-outform', 'DER', '-out', at('spki der'));
  openssl('rsa', '-in', at('pkcs1'), '-RSAPublicKey_out', '-out', at('pkcs1 public'));
  keygen('-t', 'ed25519', '-N', '', '-C', 'me@host', '-f', at('openssh'));
  keygen('-t', 'ed25519', '-N', passphrase, '-a', '1', '-f', at('openssh locked'));
  keygen('-t', 'ecdsa', '-N', '', '-f', at('ecdsa'));
  writeFileSync(at('rfc4716'), execFileSync('ssh-keygen', ['-e', '-f', at('openssh')]));
  for (const version of ['2', '3']) {
    const ppk = [at('pkcs1'), '-O', 'private', '--ppk-param', `version=${version}`];
    puttygen(...ppk, '-o', at(`ppk${version}`));
    puttygen(...ppk, '-o', at(`ppk${version} locked`), '--new-passphrase', at('pass'));
  }
  openssl('req', '-x509', '-key', at('pkcs1'), '-subj', '/CN=x', '-out', at('cert'));
  openssl('x509', '-in', at('cert'), '-outform', 'DER', '-out', at('cert der'));
  const bundle = ['-inkey', at('pkcs1'), '-in', at('cert'), '-passout', `pass:${passphrase}`];
  openssl('pkcs12', '-export', ...bundle, '-out', at('p12'));
  openssl('pkcs12', '-export', '-legacy', ...bundle, '-out', at('p12 legacy'));
});

const typesOf = (found: readonly Found[]) => found.map(({ type }) => type);
const found = async (content: string | Uint8Array, given: string | null = null) => {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  return (await recognise(bytes, bytesOf(given))).found;
};
const refusal = async (content: string | Uint8Array) => {
  const error: unknown = await found(content).catch((thrown: unknown) => thrown);
  if (error instanceof CofferError) return error.message;
  throw new Error('expected a refusal');
};

describe('files by their content', () => {
  test.each([
    ...['pkcs1', 'pkcs8', 'der', 'pkcs8 der', 'openssh', 'ppk2', 'ppk3'].map((name) => [name, 'private-key'] as const),
    ...['spki', 'spki der', 'pkcs1 public', 'openssh.pub', 'rfc4716'].map((name) => [name, 'public-key'] as const),
    ['cert', 'certificate'],
    ['cert der', 'certificate'],
  ] as const)('%s', async (name, type) => {
    expect(typesOf(await found(readFileSync(at(name))))).toEqual([type]);
  });

  test.each([
    ...['pkcs1', 'pkcs8'].flatMap((form) => ['aes128', 'aes256', 'des3'].map((cipher) => `${form} ${cipher}`)),
    ...['pkcs8 scrypt', 'openssh locked', 'ppk2 locked', 'ppk3 locked'],
  ])('%s needs its passphrase, and opens with it', async (name) => {
    const bytes = readFileSync(at(name));
    await expect(recognise(bytes, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
    await expect(recognise(bytes, bytesOf('other'))).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(await recognise(bytes, bytesOf(passphrase))).toMatchObject({
      hadPassphrase: true,
      found: [{ type: 'private-key' }],
    });
  });

  test.each(['p12', 'p12 legacy'])('%s is a certificate with its key', async (name) => {
    const bytes = readFileSync(at(name));
    await expect(recognise(bytes, null)).rejects.toMatchObject({ code: 'passphrase-needed' });
    expect(typesOf(await found(bytes, passphrase))).toEqual(['certificate']);
  });

  test('base64 of a public key, as EC2 takes it', async () => {
    expect(typesOf(await found(readFileSync(at('spki der')).toString('base64')))).toEqual(['public-key']);
  });

  test('line ends, widths, text around it, and UTF-16 do not matter', async () => {
    const pem = read('pkcs1');
    const lines = pem.trim().split('\n');
    const oneLine = [lines[0], lines.slice(1, -1).join(''), lines.at(-1)].join('\n');
    const narrow = [
      lines[0],
      ...(lines
        .slice(1, -1)
        .join('')
        .match(/.{1,20}/g) ?? []),
      lines.at(-1),
    ].join('\n');
    const mail = `From: jo@example.com\nHost web is new\nHi,\n\nhere it is:\n\n   ${pem.replaceAll('\n', '\n   ')}\n\nBye\n`;
    const quoted = `You wrote:\n> > ${pem.trim().replaceAll('\n', '\n> > ')}\nThanks\n`;
    for (const text of [pem.replaceAll('\n', '\r\n'), oneLine, narrow, mail, quoted, `\ufeff${pem}`]) {
      expect(typesOf(await found(text))).toEqual(['private-key']);
    }
    const utf16 = (text: string) => Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
    expect(typesOf(await found(utf16(pem)))).toEqual(['private-key']);
    expect(typesOf(await found(utf16(read('cert'))))).toEqual(['certificate']);
    expect(typesOf(await found(`${pem}${read('cert')}`))).toEqual(['certificate']);
  });

  test('several private keys in one file are all found; one of another type says so', async () => {
    const all = await found(`${read('pkcs1')}${read('ecdsa')}\n${read('openssh')}`);
    expect(typesOf(all)).toEqual(['private-key', 'not-taken', 'private-key']);
    expect(all[1]).toMatchObject({ name: 'Key 2', reason: expect.stringMatching(/ECDSA/) as string });
  });

  test('authorized_keys: each line, with options or without; hosts are something else', async () => {
    const line = read('openssh.pub').trim();
    const file = `# mine\nrestrict ${line}\ncommand="a b",no-pty ${line}\n${read('ecdsa.pub')}${line}\n`;
    expect(typesOf(await found(file))).toEqual(['public-key', 'public-key', 'not-taken', 'public-key']);
    expect(typesOf(await found(`no-pty ${line}\n`))).toEqual(['public-key']);
    expect(await refusal(`example.com ${line}\n`)).toMatch(/known hosts/);
    expect(await refusal(`|1|abc=|def= ${line}\n`)).toMatch(/known hosts/);
  });
});

const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

describe('access keys and sign-ins as AWS hands them out', () => {
  test('a console user’s file, with the column’s old name and its new one', async () => {
    const link = 'https://029608264753.signin.aws.amazon.com/console';
    for (const heading of ['Console login link', 'Console sign-in URL']) {
      const [signIn] = await found(`User name,Password,${heading}\r\nann,"p,w",${link}\r\n`);
      expect(signIn).toMatchObject({
        type: 'sign-in',
        user: 'ann',
        account: { accountId: '029608264753', signInAddress: '' },
      });
    }
    const old = `"User Name","Access Key Id","Secret Access Key"\n"ann","${keyId}","${secret}"\n`;
    expect(await found(old)).toMatchObject([{ type: 'access-key', user: 'ann' }]);
  });

  test('profiles of other stores keep no profile of AWS out', async () => {
    const file = `[minio]\naws_access_key_id=minio\naws_secret_access_key=minio123\n[work]\naws_access_key_id=${keyId}\naws_secret_access_key=${secret}\naws_session_token=abc\n`;
    expect(await found(file)).toMatchObject([
      { type: 'not-taken', name: 'minio', reason: expect.stringMatching(/Access key ID/) as string },
      { type: 'access-key', name: 'work', accessKeyId: keyId },
    ]);
  });

  test('~/.aws/config: a profile with a key of its own is taken, settings alone say what they are', async () => {
    const keyed = `[default]\nregion = eu-west-1\n[profile work]\nregion=us-east-1\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\n`;
    expect(await found(keyed)).toMatchObject([{ name: 'work', region: 'us-east-1' }]);
    const settings = '[default]\noutput=json\n[profile x]\nrole_arn=arn:aws:iam::1:role/x\nsource_profile=default\n';
    expect(await refusal(settings)).toMatch(/settings and no key/);
  });

  test.each([
    ['sh', `export AWS_ACCESS_KEY_ID="${keyId}"\nexport AWS_SECRET_ACCESS_KEY="${secret}"\n`],
    ['fish', `set -gx AWS_ACCESS_KEY_ID '${keyId}'\nset -gx AWS_SECRET_ACCESS_KEY '${secret}'\n`],
    ['cmd', `SET AWS_ACCESS_KEY_ID=${keyId}\r\nSET AWS_SECRET_ACCESS_KEY=${secret}\r\n`],
    ['PowerShell', `$Env:AWS_ACCESS_KEY_ID="${keyId}"\r\n$Env:AWS_SECRET_ACCESS_KEY="${secret}"\r\n`],
    ['root file', `AWSAccessKeyId=${keyId}\r\nAWSSecretKey=${secret}\r\n`],
  ])('lines for %s', async (_, text) => {
    const [key] = await found(text);
    expect(key).toMatchObject({ type: 'access-key', accessKeyId: keyId });
    expect(key?.type === 'access-key' && new TextDecoder().decode(key.secretAccessKey)).toBe(secret);
  });

  test.each([
    ['create-access-key', { AccessKey: { UserName: 'ann', AccessKeyId: keyId, SecretAccessKey: secret } }],
    ['get-session-token', { Credentials: { AccessKeyId: keyId, SecretAccessKey: secret, SessionToken: 'abc' } }],
    ['credential_process', { Version: 1, AccessKeyId: keyId, SecretAccessKey: secret }],
  ])('the JSON of %s', async (_, answer) => {
    expect(typesOf(await found(JSON.stringify(answer, null, 4)))).toEqual(['access-key']);
  });

  test('the JSON of create-key-pair gives key and name', async () => {
    const answer = { KeyFingerprint: '00', KeyMaterial: read('pkcs1'), KeyName: 'web-prod', KeyPairId: 'key-0' };
    expect(await found(JSON.stringify(answer))).toMatchObject([{ type: 'private-key', keyName: 'web-prod' }]);
  });

  test.each([
    ['get-password-data', { InstanceId: 'i-0', PasswordData: 'AAAA', Timestamp: '' }, /Windows password/],
    ['describe-key-pairs', { KeyPairs: [{ KeyName: 'a' }] }, /Compare with EC2/],
    ['list-access-keys', { AccessKeyMetadata: [] }, /no secret access key/],
    ['list-signing-certificates', { Certificates: [] }, /signing certificates/],
    ['sso login', { accessToken: 'x', expiresAt: 'y' }, /Identity Center/],
  ])('the JSON of %s says what it is', async (_, answer, reason) => {
    expect(await refusal(JSON.stringify(answer))).toMatch(reason);
  });
});
