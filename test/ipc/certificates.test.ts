import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { succeed } from '../support/keys-tools';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  bridge.clock.nowMs = Date.UTC(2026, 10, 25);
});
afterEach(() => bridge.remove());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const labels = { title: 'Signing', tags: [] as string[], values: {} };
const unsaid = { organization: '', organizationalUnit: '', locality: '', state: '', country: '', email: '' };
const said = { bits: '2048', commonName: 'ann', ...unsaid, validDays: 30 } as const;
const exported = { passphrase: null, comment: '', values: {} };

test('a certificate is made, and both its files go to ~/.ec2 with lines that name them', async () => {
  const { id, values, remarks } = await bridge.get('certificate:generate', { ...labels, ...said });
  expect(values).toMatchObject({
    subject: 'CN=ann',
    keyType: 'RSA 2048',
    notBefore: '2026-11-25',
    notAfter: '2026-12-25',
  });
  expect(remarks).toEqual([expect.stringContaining('30 days')]);
  const early = await bridge.call('export:run', { id, format: 'env-ec2-sh', destination: 'clipboard', ...exported });
  expect(early).toMatchObject({ error: { code: 'bad-request', message: expect.stringMatching(/^files/) as string } });
  const folder = path.join(bridge.home, '.ec2');
  for (const format of ['x509-key', 'x509-cert'] as const) {
    await bridge.get('export:run', { id, format, destination: 'ec2-folder', ...exported });
  }
  const [key, certificate] = ['pk', 'cert'].map((name) => path.join(folder, `${name}-${values['certificateId']}.pem`));
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(key!).mode & 0o077).toBe(0);
  const modulus = async (tool: string, file: string) => succeed('openssl', [tool, '-in', file, '-noout', '-modulus']);
  expect(await modulus('rsa', key!)).toBe(await modulus('x509', certificate!));
  await bridge.get('export:run', { id, format: 'env-ec2-sh', destination: 'clipboard', ...exported });
  const lines = bridge.copied.at(-1) ?? '';
  const names = await succeed('sh', ['-c', `${lines}printf '%s\\n%s' "$EC2_PRIVATE_KEY" "$EC2_CERT"`]);
  expect(names).toBe(`${key}\n${certificate}`);
});

test('the subject holds what was said, and openssl reads it', async () => {
  const subject = {
    commonName: 'web.example.org',
    organization: 'Müller & Söhne',
    organizationalUnit: 'Operations',
    locality: 'Köln',
    state: 'NRW',
    country: 'de',
    email: 'ops@example.org',
  };
  const { values } = await bridge.get('certificate:generate', { ...labels, ...said, ...subject, validDays: 3650 });
  const args = ['x509', '-noout', '-subject', '-dates', '-nameopt', 'oneline,utf8,-esc_msb'];
  const text = await succeed('openssl', args, values['certificate']);
  expect(text).toContain(
    'subject=C = DE, ST = NRW, L = Köln, O = Müller & Söhne, OU = Operations, CN = web.example.org, emailAddress = ops@example.org',
  );
  expect(text).toContain('notAfter=Nov 22 00:00:00 2036 GMT');
});

test.each([
  ['commonName', '  ', /^Common name/],
  ['commonName', 'x'.repeat(65), /^Common name/],
  ['locality', 'x'.repeat(129), /^City/],
  ['country', 'DEU', /^Country/],
  ['country', '12', /^Country/],
  ['email', 'jö@example.org', /^E-mail address/],
  ['state', 'a\nb', /^State or province/],
  ['validDays', 3651, /^Validity/],
])('a subject with the %s %j is refused before a key is made', async (field, value, message) => {
  expect(await bridge.call('certificate:generate', { ...labels, ...said, [field]: value })).toMatchObject({
    error: { code: 'bad-request', message: expect.stringMatching(message) as string },
  });
});

test('certificate and key are read from pasted text, in any order, the key under a passphrase', async () => {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(bridge.home, name)) as [
    string,
    string,
  ];
  const common = [
    '-newkey',
    'rsa:2048',
    '-passout',
    'pass:secret',
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    '/CN=p',
  ];
  await succeed('openssl', ['req', '-x509', ...common]);
  const [keyText, certificateText] = [key, certificate].map((file) => readFileSync(file, 'utf8'));
  for (const text of [`${keyText}${certificateText}`, `Hello,\r\n${certificateText}\r\n${keyText}`]) {
    const pasted = bytesOf(text);
    expect(await bridge.call('certificate:import', { ...labels, passphrase: null, pasted })).toMatchObject({
      error: { code: 'passphrase-needed' },
    });
    const { values } = await bridge.get('certificate:import', {
      ...labels,
      passphrase: bytesOf('secret'),
      pasted: bytesOf(text),
    });
    expect(values).toMatchObject({ subject: 'CN=p', origin: 'Imported' });
  }
  expect(await bridge.call('certificate:import', { ...labels, passphrase: null, pasted: bytesOf('x') })).toMatchObject({
    error: { code: 'bad-key', message: expect.stringMatching(/found none/) as string },
  });
});

test('two for a user are the most, and the way out is told', async () => {
  const account = await bridge.get('record:create', {
    kind: 'account',
    title: 'Production',
    tags: [],
    values: { accountId: '123456789012' },
    secrets: {},
  });
  const values = { account: account.id };
  const ofRoot = { ...labels, ...said, values };
  await bridge.get('certificate:generate', ofRoot);
  const second = await bridge.get('certificate:generate', ofRoot);
  expect(await bridge.call('certificate:generate', ofRoot)).toMatchObject({
    error: { code: 'bad-request', message: expect.stringMatching(/two for a user.*trash/) as string },
  });
  const twin = await bridge.get('record:create', {
    ...{ kind: 'account', title: 'The same', tags: [], values: { accountId: '123456789012' }, secrets: {} },
  });
  expect(await bridge.call('certificate:generate', { ...ofRoot, values: { account: twin.id } })).toMatchObject({
    error: { code: 'bad-request' },
  });
  await bridge.get('certificate:generate', { ...ofRoot, values: { ...values, user: 'ann' } });
  await bridge.get('record:trash', { id: second.id });
  await bridge.get('certificate:generate', ofRoot);
  expect(await bridge.call('record:restore', { id: second.id })).toMatchObject({ error: { code: 'bad-request' } });
});

test('the ID that AWS answers goes into the item, and both files are named after it', async () => {
  const { id, values } = await bridge.get('certificate:generate', { ...labels, ...said });
  const put = (certificateId: string) => bridge.call('record:update', { id, changes: { values: { certificateId } } });
  for (const wrong of ['', 'A'.repeat(23), 'A'.repeat(33), `${'A'.repeat(24)}-B`, '../'.repeat(8)]) {
    expect(await put(wrong), wrong).toMatchObject({ error: { code: 'bad-request' } });
  }
  expect((await bridge.get('record:get', { id })).values['certificateId']).toBe(values['certificateId']);
  const given = 'TA7SMP42TDN5Z26OBPJE7EXAMPLE';
  expect(await put(` ${given}\n`.trimEnd())).toMatchObject({ ok: true });
  const detail = await bridge.get('record:get', { id });
  expect(detail.values['certificateId']).toBe(given);
  expect(detail.exports.map(({ fileName }) => fileName)).toEqual(
    expect.arrayContaining([`pk-${given}.pem`, `cert-${given}.pem`]),
  );
});

test('certificates of which no account is known are not counted: they may be of several users', async () => {
  for (let n = 0; n < 3; n++) await bridge.get('certificate:generate', { ...labels, ...said });
  expect((await bridge.get('record:pick', { kinds: ['certificate'], query: '' })).total).toBe(3);
});

test('key and certificate are read from openssl’s files, PKCS#12 under its passphrase included', async () => {
  const key = path.join(bridge.home, 'key.pem');
  const certificate = path.join(bridge.home, 'cert-ABCDEFGHIJKLMNOPQRSTUVWXYZ234567.pem');
  const p12 = path.join(bridge.home, 'both.p12');
  await succeed('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    '/CN=theirs',
    '-days',
    '900',
  ]);
  await succeed('openssl', [
    'pkcs12',
    '-export',
    '-inkey',
    key,
    '-in',
    certificate,
    '-out',
    p12,
    '-passout',
    'pass:secret',
  ]);
  bridge.answers.push(certificate, key);
  await bridge.get('certificate:pick-file', { part: 'certificate' });
  await bridge.get('certificate:pick-file', { part: 'key' });
  const { values } = await bridge.get('certificate:import', { ...labels, passphrase: null, pasted: null });
  expect(values).toMatchObject({ subject: 'CN=theirs', certificateId: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567' });
  bridge.answers.push(p12);
  await bridge.get('certificate:pick-file', { part: 'certificate' });
  expect(await bridge.call('certificate:import', { ...labels, passphrase: null, pasted: null })).toMatchObject({
    error: { code: 'passphrase-needed' },
  });
  expect(await bridge.call('certificate:import', { ...labels, passphrase: bytesOf('x'), pasted: null })).toMatchObject({
    error: { code: 'wrong-passphrase' },
  });
  const again = await bridge.get('certificate:import', { ...labels, passphrase: bytesOf('secret'), pasted: null });
  expect(again.values['sha256']).toBe(values['sha256']);
  const file = path.join(bridge.home, 'out.p12');
  bridge.answers.push(file);
  await bridge.get('export:run', {
    id: again.id,
    format: 'pkcs12',
    destination: 'dialog',
    ...exported,
    passphrase: bytesOf('another one'),
  });
  expect(readFileSync(file).length).toBeGreaterThan(1000);
  expect(await succeed('openssl', ['pkcs12', '-in', file, '-passin', 'pass:another one', '-nokeys'])).toContain(
    'theirs',
  );
});

test('a key that is not the certificate’s is refused, and nothing is kept', async () => {
  const files = ['a', 'b'].map((name) => path.join(bridge.home, name));
  for (const file of files) {
    await succeed('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${file}.key`,
      '-out',
      `${file}.pem`,
      '-subj',
      '/CN=x',
    ]);
  }
  bridge.answers.push(`${files[0]}.pem`, `${files[1]}.key`);
  await bridge.get('certificate:pick-file', { part: 'certificate' });
  await bridge.get('certificate:pick-file', { part: 'key' });
  expect(await bridge.call('certificate:import', { ...labels, passphrase: null, pasted: null })).toMatchObject({
    error: { code: 'bad-key' },
  });
  expect((await bridge.get('record:pick', { kinds: ['certificate'], query: '' })).total).toBe(0);
});
