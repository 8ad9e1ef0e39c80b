import { type KeyObject, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isSignedBy } from '../../main/crypto/signature';
import { UpdateCheck } from '../../main/desktop/update-check';
import { canCheckForUpdates, updateSource } from '../../main/desktop/update-source';
import { UpdateChoice } from '../../main/files/update-choice';
import { writeFileSafely } from '../../main/files/safe-write';

// A real server on this computer, real signatures, a real file; only the clock is the test's.
const dayMs = 24 * 60 * 60 * 1000;
const release = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let answer: Answer;
let requests: IncomingMessage[];
let folder: string;
let nowMs: number;
beforeEach(async () => {
  requests = [];
  nowMs = Date.parse('2026-11-27');
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-updates-'));
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

function manifest(version: unknown, key: KeyObject = release.privateKey, purpose = 'coffer release 1\n'): string {
  const payload = JSON.stringify({ version });
  return JSON.stringify({ payload, signature: sign(null, Buffer.from(purpose + payload), key).toString('base64') });
}

const answering =
  (body: string, status = 200): Answer =>
  (_, response) =>
    response.writeHead(status).end(body);

async function setUp({ isOn = true, currentVersion = '1.2.3', timeoutMs = 5000 } = {}) {
  const choice = new UpdateChoice(folder, (file) => writeFileSafely({ ...file, mode: 0o600, replace: true }));
  if (isOn) await choice.update({ isOn });
  const check = new UpdateCheck({
    fetch: (url, init) => fetch(url, init),
    manifestUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest.json`,
    isSigned: (message, signature) =>
      isSignedBy(release.publicKey.export({ type: 'spki', format: 'der' }), message, signature),
    currentVersion,
    choice,
    nowMs: () => nowMs,
    timeoutMs,
  });
  return { check, choice };
}

describe('a note that the release key signed', () => {
  test.each([
    ['1.2.4', '1.2.3', '1.2.4'],
    ['1.3.0', '1.2.9', '1.3.0'],
    ['2.0.0', '1.99.99', '2.0.0'],
    ['1.10.0', '1.9.0', '1.10.0'],
    ['1.2.3', '1.2.3', null],
    ['1.2.2', '1.2.3', null],
    ['0.9.9', '1.0.0', null],
  ])('%s, to %s: news are %s', async (theirs, ours, news) => {
    answer = answering(manifest(theirs));
    const { check } = await setUp({ currentVersion: ours });
    expect(await check.checkIfDue()).toBe(true);
    expect(check.newVersion).toBe(news);
  });

  test('tells the host nothing about the user', async () => {
    answer = answering(manifest('1.2.4'));
    const { check } = await setUp();
    await check.checkIfDue();
    const [request] = requests;
    expect(request?.url).toBe('/latest.json');
    expect(request?.headers['user-agent']).toBe('Coffer');
    expect(request?.headers).not.toHaveProperty('cookie');
  });
});

describe('refused, with no news', () => {
  const flipped = () => {
    const parsed = JSON.parse(manifest('1.2.4')) as { payload: string; signature: string };
    return JSON.stringify({ ...parsed, payload: parsed.payload.replace('1.2.4', '9.9.9') });
  };
  test.each<[string, () => Answer]>([
    ['signed by somebody else', () => answering(manifest('9.9.9', stranger.privateKey))],
    ['signed for another purpose', () => answering(manifest('9.9.9', release.privateKey, ''))],
    ['changed after it was signed', () => answering(flipped())],
    ['without a signature', () => answering('{"payload":"{\\"version\\":\\"9.9.9\\"}"}')],
    ['with an empty signature', () => answering('{"payload":"{\\"version\\":\\"9.9.9\\"}","signature":""}')],
    ['no JSON', () => answering('<html>')],
    ['null', () => answering('null')],
    ['a version that is HTML', () => answering(manifest('<img src=x>'))],
    ['a version that is a number', () => answering(manifest(9))],
    ['a huge body', () => answering(`${manifest('9.9.9').slice(0, -1)},"x":"${'x'.repeat(20_000_000)}"}`)],
    ['not found', () => answering(manifest('9.9.9'), 404)],
    ['elsewhere', () => (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    [
      'cut off',
      () => (_, response) => response.writeHead(200, { 'content-length': '999' }).write('{', () => response.destroy()),
    ],
  ])('a note that is %s', async (_, makeAnswer) => {
    answer = makeAnswer();
    const { check } = await setUp();
    await expect(check.checkIfDue()).rejects.toMatchObject({ code: 'io-failed' });
    expect(check.newVersion).toBeNull();
    expect(requests).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['says nothing', () => undefined],
    ['never comes to an end', (_, response) => response.writeHead(200).write('{')],
  ])('a host that %s is given up', async (_, slow) => {
    answer = slow;
    const { check } = await setUp({ timeoutMs: 300 });
    await expect(check.checkIfDue()).rejects.toMatchObject({ code: 'io-failed' });
  });
});

describe('nobody is asked', () => {
  test('unless the user turned it on', async () => {
    const { check } = await setUp({ isOn: false });
    expect(await check.checkIfDue()).toBe(false);
    expect(requests).toEqual([]);
  });

  test('a second time on one day, not even after a failure or a new start', async () => {
    answer = answering('', 500);
    const { check } = await setUp();
    await expect(check.checkIfDue()).rejects.toMatchObject({ code: 'io-failed' });
    nowMs += dayMs - 1;
    expect(await check.checkIfDue()).toBe(false);
    const again = await setUp({ isOn: false });
    expect(await again.check.checkIfDue()).toBe(false);
    expect(requests).toHaveLength(1);
    nowMs += 1;
    answer = answering(manifest('1.2.4'));
    expect(await again.check.checkIfDue()).toBe(true);
    expect(again.check.newVersion).toBe('1.2.4');
  });

  test('for the evaluation runtime, nor while the host is a placeholder', () => {
    const real = { ...updateSource, manifestUrl: 'https://releases.test/latest.json' };
    expect(canCheckForUpdates(real, false)).toBe(true);
    expect(canCheckForUpdates(real, true)).toBe(false);
    expect(canCheckForUpdates(updateSource, false)).toBe(false);
  });
});

test('a clock that was ahead does not silence the check for good', async () => {
  answer = answering(manifest('1.2.4'));
  const { check, choice } = await setUp();
  await choice.update({ triedAtMs: nowMs + 400 * dayMs });
  expect(await check.checkIfDue()).toBe(true);
});

test('the choice is off at first, kept in its file, and off if that can’t be read', async () => {
  const { choice } = await setUp({ isOn: false });
  expect(choice.current).toEqual({ isOn: false, triedAtMs: 0 });
  await choice.update({ isOn: true, triedAtMs: 5 });
  const file = path.join(folder, 'updates.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ isOn: true, triedAtMs: 5 });
  expect((await setUp({ isOn: false })).choice.current).toEqual({ isOn: true, triedAtMs: 5 });
  for (const broken of ['', 'null', '[]', '{"isOn":"yes"}']) {
    writeFileSync(file, broken);
    expect((await setUp({ isOn: false })).choice.current).toEqual({ isOn: false, triedAtMs: 0 });
  }
});

test('the placeholder’s key is one that could be used', () => {
  const key = Buffer.from(updateSource.publicKeyBase64, 'base64');
  expect(isSignedBy(key, new Uint8Array(1), new Uint8Array(64))).toBe(false);
});
