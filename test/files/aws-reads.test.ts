import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeAwsProfile } from '../../main/files/merge-profile';
import { bytesOf, run, temporaryFolder } from '../support/keys-tools';

/** Debian's; another one may come first on the PATH. */
const aws = '/usr/bin/aws';
/** Each start of it takes seconds. */
const patienceMs = 300_000;
const root = temporaryFolder();
const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
let home: string;
let count = 0;

beforeEach(() => {
  home = path.join(root, `home-${count++}`);
  mkdirSync(path.join(home, '.aws'), { recursive: true });
});

const notes = { keepCopy: (_copy: unknown, write: () => Promise<void>) => write(), found: () => undefined };
const fileOf = (name: string) => path.join(home, '.aws', name);
const ask = (...args: string[]) =>
  run(aws, args, { env: { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '' } });

async function writeBoth(profile: string) {
  const place = { home, environment: {}, isKnownKeyId: (id: string) => id === keyId, mayReplace: false, nowMs: 0 };
  const values = new Map([
    ['aws_access_key_id', bytesOf(keyId)],
    ['aws_secret_access_key', bytesOf(secret)],
  ]);
  const credentials = await writeAwsProfile({ file: 'credentials', profile, values }, place, notes);
  const region = new Map([['region', bytesOf('eu-west-1')]]);
  const config = await writeAwsProfile({ file: 'config', profile, values: region }, place, notes);
  expect([credentials.outcome, config.outcome]).toEqual(['written', 'written']);
}

test('aws reads the profile, and those of others as before', { timeout: patienceMs }, async () => {
  writeFileSync(
    fileOf('credentials'),
    '# mine\n[other]\r\naws_access_key_id=AKIAIOSFODNN7EXAMPLE\naws_secret_access_key=x',
  );
  writeFileSync(
    fileOf('config'),
    '[default]\nregion = us-east-1\n[profile other]\nregion = us-west-2\ns3 =\n  max_queue_size = 9\n',
  );
  await writeBoth('web');
  const get = async (name: string, profile: string) =>
    (await ask('configure', 'get', name, '--profile', profile)).stdout.trim();
  expect(await get('aws_access_key_id', 'web')).toBe(keyId);
  expect(await get('aws_secret_access_key', 'web')).toBe(secret);
  expect(await get('region', 'web')).toBe('eu-west-1');
  expect(await get('aws_access_key_id', 'other')).toBe('AKIAIOSFODNN7EXAMPLE');
  expect(await get('region', 'other')).toBe('us-west-2');
  expect(await get('s3.max_queue_size', 'other')).toBe('9');
  expect((await ask('configure', 'list-profiles')).stdout.trim().split('\n').sort()).toEqual([
    'default',
    'other',
    'web',
  ]);
});

test('a request that aws signs with the profile bears the signature of that key', { timeout: patienceMs }, async () => {
  await writeBoth('web');
  const seen: { authorization: string; expected: string; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      seen.push({ ...signatureOf(request, body), body });
      response.setHeader('content-type', 'text/xml');
      response.end(
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
          '<Arn>arn:aws:iam::029608264753:user/web</Arn><UserId>AIDAEXAMPLE</UserId><Account>029608264753</Account>' +
          '</GetCallerIdentityResult></GetCallerIdentityResponse>',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const { stdout, stderr, status } = await ask(
      ...[
        'sts',
        'get-caller-identity',
        '--profile',
        'web',
        '--endpoint-url',
        `http://127.0.0.1:${port}`,
        '--output',
        'json',
      ],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ Account: '029608264753' });
  } finally {
    server.close();
  }
  expect(seen).toHaveLength(1);
  const [request] = seen;
  expect(request!.body).toContain('Action=GetCallerIdentity');
  expect(request!.authorization).toContain(`Credential=${keyId}/`);
  expect(request!.authorization).toContain('/eu-west-1/sts/aws4_request');
  expect(request!.authorization.split('Signature=')[1]).toBe(request!.expected);
});

/** Signature Version 4, worked out from the request and the secret alone (IAM User Guide, "Create a signed AWS API request"). */
function signatureOf(request: IncomingMessage, body: string): { authorization: string; expected: string } {
  const { authorization = '' } = request.headers;
  const [, scope = '', names = ''] = /Credential=[^/]+\/(\S+), SignedHeaders=([^,]+),/.exec(authorization) ?? [];
  const [day = '', region = '', service = ''] = scope.split('/');
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const headers = names
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}\n`);
  const canonical = [request.method, request.url, '', headers.join(''), names, sha256(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return { authorization, expected: hmac(key, toSign).toString('hex') };
}

test('the file of others is kept beside, and all of them are the user’s alone', async () => {
  const before = '[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n';
  writeFileSync(fileOf('credentials'), before, { mode: 0o644 });
  await writeBoth('web');
  expect(readFileSync(fileOf('credentials.before-coffer-19700101T000000Z'), 'utf8')).toBe(before);
  const { stdout } = await run('stat', [
    '-c',
    '%a',
    fileOf('credentials'),
    fileOf('credentials.before-coffer-19700101T000000Z'),
    fileOf('config'),
  ]);
  expect(stdout).toBe('600\n600\n600\n');
});
