import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { StrengthMeter } from '../../main/vault/strength';
import { bytesOf } from '../support/small-vault';

const project = path.join(import.meta.dirname, '../..');
// Among the slowest to assess: every character could stand for several others.
const slowPassword = '4@8({[</369&#!1|0$5+7%2'.repeat(40);

let built: string;
let workerUrl: URL;
let meter: StrengthMeter;

beforeAll(async () => {
  mkdirSync(path.join(project, 'out'), { recursive: true });
  built = mkdtempSync(path.join(project, 'out/strength-'));
  await build({
    configFile: false,
    logLevel: 'error',
    // Packages inside the bundle, as in the product.
    ssr: { noExternal: true },
    build: { ssr: path.join(project, 'main/vault/strength-worker.ts'), outDir: built, target: 'node20' },
  });
  workerUrl = pathToFileURL(path.join(built, 'strength-worker.js'));
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});
beforeEach(() => {
  meter = new StrengthMeter(workerUrl);
});
afterEach(() => meter.stop());

const assess = (text: string) => meter.assess(bytesOf(text));

test('a common password is weak, and the answer says why and what helps', async () => {
  const strength = await assess('password1234');
  expect(strength.score).toBeLessThanOrEqual(1);
  expect(strength.isLongEnough).toBe(true);
  expect(strength.warning).not.toBe('');
  expect(strength.suggestions.length).toBeGreaterThan(0);
  expect(strength.crackTime).not.toBe('');
});

test('random characters and several rare words are strong', async () => {
  for (const strong of ['v8#Kq2!xZr9$Lm4w', 'obelisk trundle quaver mizzen haptic']) {
    expect(await assess(strong)).toMatchObject({ score: 4, isLongEnough: true, warning: '' });
  }
});

test('an empty password and eleven characters are too short, however random', async () => {
  expect(await assess('')).toMatchObject({ score: 0, isLongEnough: false });
  expect(await assess('v8#Kq2!xZr9')).toMatchObject({ isLongEnough: false });
  expect(await assess('v8#Kq2!xZr9$')).toMatchObject({ isLongEnough: true });
});

test('characters outside ASCII count as a person counts them, in either normal form', async () => {
  const composed = 'žluťoučký kůň'.normalize('NFC');
  const strength = await assess(composed);
  expect(strength.isLongEnough).toBe(true);
  expect(await assess(composed.normalize('NFD'))).toEqual(strength);
  // 12 and 11 people: four bytes each, and joined ones count once.
  expect(await assess('👩‍🚀'.repeat(12))).toMatchObject({ isLongEnough: true });
  expect(await assess('👩‍🚀'.repeat(11))).toMatchObject({ isLongEnough: false });
});

test('bytes that are not UTF-8 are refused', async () => {
  await expect(meter.assess(Uint8Array.of(0xff, 0xfe, 0xfd))).rejects.toMatchObject({ code: 'bad-request' });
});

test('what follows the first 128 characters is not looked at', async () => {
  const first = 'password'.repeat(16);
  expect(first).toHaveLength(128);
  const strength = await assess(first);
  expect(await assess(`${first}v8#Kq2!xZr9$Lm4w`)).toEqual(strength);
  expect((await assess(`${first.slice(16)}v8#Kq2!xZr9$Lm4w`)).score).toBeGreaterThan(strength.score);
});

test('the caller keeps its bytes', async () => {
  const around = new Uint8Array(64).fill(0x61);
  const password = around.subarray(8, 24);
  await meter.assess(password);
  expect(around).toEqual(new Uint8Array(64).fill(0x61));
});

test('fifty calls at once each get their own answer, without a warning', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  try {
    const texts = Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? 'a'.repeat(at + 1) : `v8#Kq2!xZr9$Lm4w${at}`));
    const together = await Promise.all(texts.map(assess));
    for (const [at, text] of texts.entries()) expect(together[at]).toEqual(await assess(text));
    expect(new Set(together.map(({ score }) => score)).size).toBeGreaterThan(1);
    // Warnings are emitted on a later turn.
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual([]);
  } finally {
    process.off('warning', onWarning);
  }
});

test('stopping cancels what is pending', async () => {
  const pending = Promise.allSettled([assess(slowPassword), assess(slowPassword)]);
  await meter.stop();
  for (const outcome of await pending) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'CofferError', code: 'cancelled' } });
  }
});

test('after a stop the next call is answered, and stopping twice does no harm', async () => {
  const before = await assess('password1234');
  await meter.stop();
  await meter.stop();
  expect(await assess('password1234')).toEqual(before);
});

test('a call made while a stop is under way is answered', async () => {
  await assess('password1234');
  const stopped = meter.stop();
  const answer = assess('v8#Kq2!xZr9$Lm4w');
  await stopped;
  expect(await answer).toMatchObject({ score: 4 });
});

test('the end of a stopped thread leaves its successor in reach of the next stop', async () => {
  await assess('password1234');
  const firstStop = meter.stop();
  const pending = Promise.allSettled(Array.from({ length: 40 }, () => assess(slowPassword)));
  await firstStop;
  await meter.stop();
  expect((await pending).at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
});

test('a thread that cannot start fails the calls that wait for it, each time', async () => {
  const broken = new StrengthMeter(pathToFileURL(path.join(built, 'missing.js')));
  for (let turn = 0; turn < 2; turn++) {
    const outcomes = await Promise.allSettled([broken.assess(bytesOf('a')), broken.assess(bytesOf('b'))]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'internal' } });
  }
  await broken.stop();
});
