import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { succeed } from '../support/keys-tools';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const base = { title: 'Root', tags: [] as string[] };
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

async function makeSignIn(values: Record<string, string> = { email: 'root@example.com' }, password = 'First one 1') {
  return bridge.get('record:create', { kind: 'sign-in', ...base, values, secrets: { password: bytesOf(password) } });
}

test('an account takes its ID with or without hyphens, shows it with and copies it without', async () => {
  const values = { accountId: ' 0123-4567 8901', alias: 'acme', canonicalId: 'AB'.repeat(32) };
  const {
    id,
    values: shown,
    subtitle,
  } = await bridge.get('record:create', { kind: 'account', ...base, values, secrets: {} });
  expect(shown).toMatchObject({
    accountId: '0123-4567-8901',
    canonicalId: 'ab'.repeat(32),
    consoleAddress: 'https://acme.signin.aws.amazon.com/console',
  });
  expect(subtitle).toBe('0123-4567-8901 · acme');
  await bridge.get('record:copy', { id, field: 'accountId' });
  expect(bridge.copied).toEqual(['012345678901']);
  for (const accountId of ['12345678901', '1234567890123', '12345678901a']) {
    expect(
      await bridge.call('record:create', { kind: 'account', ...base, values: { accountId }, secrets: {} }),
    ).toMatchObject({
      error: { code: 'bad-request', message: expect.stringMatching(/^Account ID/) as string },
    });
  }
});

test('credentials belong to an account, which says so, and links lead only to accounts', async () => {
  const account = await bridge.get('record:create', {
    kind: 'account',
    ...base,
    title: 'Acme',
    values: { accountId: '123456789012' },
    secrets: {},
  });
  const made = await makeSignIn({ user: 'ann', account: account.id });
  expect(made.links).toMatchObject([{ field: 'account', id: account.id, title: 'Acme' }]);
  expect((await bridge.get('record:get', { id: account.id })).linkedFrom).toMatchObject([{ id: made.id }]);
  for (const target of [made.id, 'ab'.repeat(16)]) {
    expect(await bridge.call('record:update', { id: made.id, changes: { values: { account: target } } })).toMatchObject(
      {
        error: { code: 'bad-request', message: expect.stringMatching(/^AWS account/) as string },
      },
    );
  }
});

test('a sign-in without e-mail address and user is refused, and nothing is kept', async () => {
  const request = { kind: 'sign-in', ...base, values: {}, secrets: {} };
  expect(await bridge.call('record:create', request)).toMatchObject({
    error: { message: expect.stringMatching(/^E-mail address/) as string },
  });
  expect((await bridge.get('record:pick', { kinds: ['sign-in'], query: '' })).total).toBe(0);
});

test('the last ten passwords are kept, each until when it was used', async () => {
  const { id } = await makeSignIn();
  for (let n = 0; n < 12; n++) {
    bridge.clock.nowMs += 1000;
    await bridge.get('record:update', { id, changes: { secrets: { password: bytesOf(`Number ${n}`) } } });
  }
  const times = await bridge.get('sign-in:old-passwords', { id });
  expect(times).toHaveLength(10);
  expect(times[0]).toBe(bridge.clock.nowMs);
  const { value } = await bridge.get('sign-in:reveal-old-password', { id, index: 9 });
  expect(textOf(value)).toBe('Number 1');
  expect(textOf((await bridge.get('record:reveal', { id, field: 'password' })).value)).toBe('Number 11');
});

test('a change of something else keeps no password', async () => {
  const { id } = await makeSignIn();
  await bridge.get('record:update', { id, changes: { notes: 'x' } });
  expect(await bridge.get('sign-in:old-passwords', { id })).toEqual([]);
});

test('earlier versions are listed, shown, revealed and restored', async () => {
  const { id } = await makeSignIn();
  const changes = {
    title: 'Owner',
    values: { email: 'owner@example.com' },
    secrets: { password: bytesOf('Second 22') },
  };
  const { versions } = await bridge.get('record:update', { id, changes });
  expect(versions).toMatchObject([
    { isTitleChanged: true, changed: expect.arrayContaining(['email', 'password']) as string[] },
  ]);
  expect(await bridge.get('record:version', { id, version: 0 })).toMatchObject({
    title: 'Root',
    values: { email: 'root@example.com' },
  });
  const { value } = await bridge.get('record:reveal-version', { id, version: 0, field: 'password' });
  expect(textOf(value)).toBe('First one 1');
  const restored = await bridge.get('record:restore-version', { id, version: 0 });
  expect(restored).toMatchObject({ title: 'Root', values: { email: 'root@example.com' } });
  expect(restored.versions).toHaveLength(2);
  expect(await bridge.call('record:version', { id, version: 5 })).toMatchObject({ error: { code: 'not-found' } });
});

test.each([
  ['a bare secret', secret, ['--totp', '--base32', secret]],
  ['an otpauth text', `otpauth://totp/AWS:ann?secret=${secret}&issuer=Amazon`, ['--totp', '--base32', secret]],
  [
    'eight digits of SHA-512',
    `otpauth://totp/x?secret=${secret}&algorithm=SHA512&digits=8&period=60`,
    ['--totp=sha512', '--digits=8', '--time-step-size=60s', '--base32', secret],
  ],
])('a virtual device shows the codes of oathtool: %s', async (_name, text, parameters) => {
  const { id } = await makeSignIn();
  const detail = await bridge.get('sign-in:add-virtual', { id, name: 'phone', text: bytesOf(text) });
  expect(JSON.stringify(detail)).not.toContain(secret);
  const [device] = await bridge.get('sign-in:devices', { id });
  for (const atMs of [59_000, 1_111_111_109_000, 1_800_000_000_000]) {
    bridge.clock.nowMs = atMs;
    const { code, untilMs } = await bridge.get('sign-in:code', { id, device: device!.id });
    const now = new Date(atMs).toISOString().replace('T', ' ').replace('.000Z', ' UTC');
    expect(code).toBe((await succeed('oathtool', [`--now=${now}`, ...parameters])).trim());
    expect(untilMs).toBeGreaterThan(atMs);
    await bridge.get('sign-in:copy-code', { id, device: device!.id });
    expect(bridge.copied.at(-1)).toBe(code);
  }
});

test('devices are added and removed, at most eight, each under a name of its own; the ARN is worked out', async () => {
  const account = await bridge.get('record:create', {
    kind: 'account',
    ...base,
    values: { accountId: '123456789012' },
    secrets: {},
  });
  const { id } = await makeSignIn({ user: 'ann', account: account.id });
  await bridge.get('sign-in:add-virtual', { id, name: 'phone', text: bytesOf(secret) });
  await bridge.get('sign-in:add-hardware', { id, name: 'key', serial: 'GAHT12345678' });
  const devices = await bridge.get('sign-in:devices', { id });
  expect(devices.map(({ mfaSerial }) => mfaSerial)).toEqual(['arn:aws:iam::123456789012:mfa/phone', 'GAHT12345678']);
  const signInAddress = 'https://123456789012.signin.amazonaws.cn/console';
  await bridge.get('record:update', { id: account.id, changes: { values: { signInAddress } } });
  const [inChina] = await bridge.get('sign-in:devices', { id });
  expect(inChina?.mfaSerial).toBe('arn:aws-cn:iam::123456789012:mfa/phone');
  expect(await bridge.call('sign-in:add-hardware', { id, name: 'PHONE', serial: 'GAHT12345678' })).toMatchObject({
    error: { code: 'bad-request' },
  });
  await bridge.get('sign-in:remove-device', { id, device: devices[0]!.id });
  expect(await bridge.call('sign-in:code', { id, device: devices[0]!.id })).toMatchObject({
    error: { code: 'not-found' },
  });
  for (let n = 0; n < 7; n++)
    await bridge.get('sign-in:add-hardware', { id, name: `key-${n}`, serial: 'GAHT12345678' });
  expect(await bridge.call('sign-in:add-hardware', { id, name: 'ninth', serial: 'GAHT12345678' })).toMatchObject({
    error: { code: 'bad-request' },
  });
});

test('a removed device comes back exactly, with its codes, from the version that its removal made', async () => {
  const { id } = await makeSignIn();
  await bridge.get('sign-in:add-virtual', { id, name: 'phone', text: bytesOf(secret) });
  await bridge.get('sign-in:add-hardware', { id, name: 'key', serial: 'GAHT12345678' });
  const devices = await bridge.get('sign-in:devices', { id });
  const device = devices[0]!.id;
  const code = await bridge.get('sign-in:code', { id, device });
  await bridge.get('sign-in:remove-device', { id, device });
  expect((await bridge.get('sign-in:devices', { id })).map(({ name }) => name)).toEqual(['key']);
  await bridge.get('record:restore-version', { id, version: 0 });
  expect(await bridge.get('sign-in:devices', { id })).toEqual(devices);
  expect(await bridge.get('sign-in:code', { id, device })).toEqual(code);
});

test('a picture that was read is used once, and a secret that is none is refused', async () => {
  const { id } = await makeSignIn();
  for (const text of ['no secret!', 'JBSW', 'otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP', '']) {
    const reply = await bridge.call('sign-in:add-virtual', { id, name: 'phone', text: bytesOf(text) });
    expect(reply).toMatchObject({ ok: false });
    expect(JSON.stringify(reply)).not.toContain('JBSWY3');
  }
  expect(await bridge.call('sign-in:add-virtual', { id, name: 'phone', text: null })).toMatchObject({
    error: { code: 'bad-request' },
  });
  expect(await bridge.call('sign-in:paste-picture', {})).toMatchObject({
    error: { message: expect.stringMatching(/^picture/) as string },
  });
});

test('the secret of a picture is kept for one device, and goes when the form or the vault is closed', async () => {
  const { id } = await makeSignIn();
  const picture = path.join(bridge.home, 'qr.png');
  const pick = async () => {
    // The bridge of the tests takes a file's bytes for the text of its code.
    writeFileSync(picture, `otpauth://totp/AWS:ann?secret=${secret}`);
    bridge.answers.push(picture);
    return bridge.get('sign-in:pick-picture', {});
  };
  const add = (name: string) => bridge.call('sign-in:add-virtual', { id, name, text: null });
  expect(await pick()).toEqual({ issuer: 'AWS', label: 'ann' });
  expect(await add('phone')).toMatchObject({ ok: true });
  expect(await add('again')).toMatchObject({ error: { code: 'bad-request' } });
  await pick();
  await bridge.get('sign-in:forget-picture', {});
  expect(await add('again')).toMatchObject({ error: { code: 'bad-request' } });
});

test('passwords are made as asked', async () => {
  const recipe = {
    style: 'characters',
    length: 24,
    classes: ['lower', 'upper', 'digits', 'symbols'],
    isWithoutLookAlikes: true,
  } as const;
  const { password, entropyBits } = await bridge.get('password:generate', { ...recipe, classes: [...recipe.classes] });
  expect(textOf(password)).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[^Il1|Oo0]{24}$/);
  expect(entropyBits).toBeGreaterThan(130);
  const words = await bridge.get('password:generate', {
    style: 'words',
    count: 6,
    separator: '-',
    isCapitalised: true,
    hasDigit: true,
  });
  expect(textOf(words.password).split('-')).toHaveLength(6);
  expect(words.entropyBits).toBeCloseTo(6 * Math.log2(7776) + Math.log2(60), 6);
});

test('a code that is revealed is noted once for as long as it is shown, and again when it is shown later', async () => {
  const { id } = await makeSignIn();
  await bridge.get('sign-in:add-virtual', { id, name: 'phone', text: bytesOf(secret) });
  const [device] = await bridge.get('sign-in:devices', { id });
  const reveal = () => bridge.get('sign-in:code', { id, device: device!.id });
  const revealed = () => bridge.activity.list().filter(({ what }) => what === 'revealed');
  for (let n = 0; n < 4; n++) {
    await reveal();
    bridge.clock.nowMs += 30_000;
  }
  expect(revealed()).toMatchObject([{ recordId: id, detail: 'code' }]);
  bridge.clock.nowMs += 60_000;
  await reveal();
  // A clock that goes back hides nothing.
  bridge.clock.nowMs -= 3_600_000;
  await reveal();
  expect(revealed()).toHaveLength(3);
});
