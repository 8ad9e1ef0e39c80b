import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { type Hit, searchMemory } from '../support/process-memory';
import { type KnownVault, canaries, makeKnownVault } from './memory-vault';
import { test } from './support';

// Keys are collected at once and again after two seconds.
const settledAfterMs = 4000;
/** Most copies of texts, and of messages to and from the page, that may stay after a lock: what SECURITY.md says. */
const mostTexts = 4;
const mostMessages = 4;
/** No message is longer that holds texts of this vault. */
const messageBytes = 16 * 1024;

/** What the main process holds at a moment. */
interface Findings {
  /** Hits by name. */
  readonly secrets: Readonly<Record<string, number>>;
  readonly texts: Readonly<Record<string, number>>;
  /** What Electron copied of messages between page and main process, with a password or texts in them, which Coffer can't reach. */
  readonly inMessages: number;
}

test('after locking, the main process holds no key, password, code secret or private key, and the page is another process', async ({
  desk,
}) => {
  const vault = await makeKnownVault(desk.vaultFile);
  const driver = await desk.start();
  const pid = await driver.app.evaluate(() => process.pid);
  const none = Object.fromEntries(Object.keys(vault.secrets).map((name) => [name, 0]));

  await unlock(driver, vault.codeNow());
  const unlocked = look(pid, vault);
  // The search finds what is there.
  for (const name of ['vaultKey', 'pageKey', 'secretKey', 'notesKey', 'headerMacKey', 'setMacKey', 'codeSecret']) {
    expect({ [name]: unlocked.secrets[name] ?? 0 }).not.toEqual({ [name]: 0 });
  }
  expect(unlocked.texts['title']).toBeGreaterThan(0);
  const pageProcess = await pageProcessOf(driver);
  await driver.lock();
  expect(await pageProcessOf(driver)).not.toBe(pageProcess);
  await expect.poll(() => existsSync(`/proc/${pageProcess}`)).toBe(false);
  await pause(settledAfterMs);
  report('after unlock and lock', look(pid, vault), none);
});

test(
  'a private key that was shown leaves nothing but the copies that Electron makes of messages',
  { tag: '@long' },
  async ({ desk }) => {
    const vault = await makeKnownVault(desk.vaultFile);
    const driver = await desk.start();
    const pid = await driver.app.evaluate(() => process.pid);
    await unlock(driver, vault.codeNow());
    await driver.page.getByRole('option').first().click();
    await driver.button('Reveal').click();
    await driver.button('Hide').waitFor();
    expect(look(pid, vault).secrets['privateKeyText']).toBeGreaterThan(0);
    await driver.lock();
    await pause(settledAfterMs);
    const findings = look(pid, vault);
    const { privateKeyText = 0, ...others } = findings.secrets;
    expect(privateKeyText).toBeLessThanOrEqual(mostMessages);
    const { privateKeyText: _shown, ...none } = Object.fromEntries(Object.keys(vault.secrets).map((name) => [name, 0]));
    console.info(`the text of the key that was shown: ${privateKeyText}`);
    report('after reveal and lock', { ...findings, secrets: others }, none);
  },
);

function report(
  moment: string,
  { secrets, texts, inMessages }: Findings,
  none: Readonly<Record<string, number>>,
): void {
  console.info(`${moment}: in messages ${inMessages}, texts ${JSON.stringify(texts)}`);
  expect(secrets).toEqual(none);
  expect(inMessages).toBeLessThanOrEqual(mostMessages);
  for (const count of Object.values(texts)) expect(count).toBeLessThanOrEqual(mostTexts);
}

function look(pid: number, { secrets, texts }: KnownVault): Findings {
  const found = searchMemory(pid, { ...secrets, ...texts });
  const isPassword = ({ before }: Hit) => /"\x08passwordB.$/s.test(before.toString('latin1'));
  // A text in V8's serialization: its tag and its length. In the heap of JavaScript the length takes four bytes.
  const isText = ({ before }: Hit) => /"(?:[\x01-\x7f]|[\x80-\xff][\x01-\x7f])$/s.test(before.toString('latin1'));
  const countsOf = (names: object, isInMessage: (hit: Hit) => boolean) =>
    Object.fromEntries(
      Object.keys(names).map((name) => [name, hitsOf(found, [name], (hit) => !isInMessage(hit)).length]),
    );
  const inMessages = [...hitsOf(found, Object.keys(secrets), isPassword), ...hitsOf(found, Object.keys(texts), isText)];
  return {
    secrets: countsOf(secrets, isPassword),
    texts: countsOf(texts, isText),
    inMessages: countMessages(inMessages.map(({ address }) => address)),
  };
}

function hitsOf(found: Record<string, Hit[]>, names: readonly string[], isWanted: (hit: Hit) => boolean): Hit[] {
  return names.flatMap((name) => found[name] ?? []).filter(isWanted);
}

/** One message has a name in many places, such as each file that it could be exported to. */
function countMessages(addresses: readonly number[]): number {
  const sorted = [...addresses].sort((a, b) => a - b);
  return sorted.filter((address, at) => address - (sorted[at - 1] ?? -Infinity) > messageBytes).length;
}

async function unlock(driver: AppDriver, code: string): Promise<void> {
  await typeInto(driver, 'Password', canaries.password);
  await typeInto(driver, 'Code', code);
  await driver.button('Unlock').click();
  await driver.button('Lock').waitFor();
}

/** By the screen's keyboard: Playwright's own typing passes through the process under test as text. */
async function typeInto(driver: AppDriver, fieldName: string, text: string): Promise<void> {
  await driver.field(fieldName).focus();
  const windows = execFileSync('xdotool', ['search', '--onlyvisible', '--name', '.'], { encoding: 'utf8' });
  execFileSync('xdotool', ['windowfocus', '--sync', windows.split('\n')[0] ?? '']);
  execFileSync('xdotool', ['type', '--delay', '6', text]);
  const typedLength = () => driver.field(fieldName).evaluate((input: HTMLInputElement) => input.value.length);
  await expect.poll(typedLength).toBe(text.length);
}

function pageProcessOf(driver: AppDriver): Promise<number> {
  return driver.app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getOSProcessId() ?? 0);
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
