/** Drives the app for the bench; called by app.mjs with the folder of the vaults. Its last line is the report. */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppDriver } from '../../test/support/app-driver.ts';
import { root } from '../lib/steps.mjs';
import { measureIdle } from './idle.mjs';

const [, , folder] = process.argv;
const password = 'correct horse battery staple'; // of every vault that the bench makes
const starts = 7;
const isSteadyWithinMB = 1;
const steadyForMs = 6000;
const longestWaitMs = 120_000;

const start = (appFolder, vaultFile) => {
  const profile = mkdtempSync(path.join(folder, 'profile-'));
  const home = path.join(profile, 'home');
  mkdirSync(home);
  const flags = JSON.parse(process.env.COFFER_ELECTRON_FLAGS);
  return AppDriver.start({
    electron: process.env.COFFER_ELECTRON,
    flags,
    appFolder,
    profile,
    home,
    vaultFile,
    env: {},
  });
};

/** From the start of the program until its page shows something to press. */
async function timeUntilReady(appFolder) {
  const startMs = performance.now();
  const driver = await start(appFolder, null);
  await driver.page.locator('button').first().waitFor();
  const elapsedMs = performance.now() - startMs;
  await driver.close();
  return elapsedMs;
}

/** Asked again where the garbage collection of locking took Playwright's own promise. */
async function mainPidOf(driver) {
  for (let tries = 0; tries < 5; tries++) {
    try {
      return await driver.app.evaluate(({ app }) => app.getAppMetrics().find(({ type }) => type === 'Browser')?.pid);
    } catch {
      await sleep(1000);
    }
  }
  return null;
}

/** Memory of the app's main process once it stops changing. */
async function settledMB(driver) {
  // Not Playwright's own wrapper: the main process says its number itself.
  const mainPid = (await mainPidOf(driver)) ?? driver.app.process().pid;
  const residentMB = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${mainPid}/status`, 'utf8'))[1]) / 1024;
  const endMs = performance.now() + longestWaitMs;
  let reference = residentMB();
  let sinceMs = performance.now();
  while (performance.now() < endMs && performance.now() - sinceMs < steadyForMs) {
    await sleep(500);
    const now = residentMB();
    if (Math.abs(now - reference) <= isSteadyWithinMB) continue;
    reference = now;
    sinceMs = performance.now();
  }
  return residentMB();
}

async function memoryWith(records) {
  const driver = await start(root, path.join(folder, `${records}.coffer`));
  try {
    await driver.button('Unlock').waitFor();
    const lockedMB = await settledMB(driver);
    await driver.unlock(password);
    await driver.page.getByRole('option').first().waitFor({ timeout: 60_000 });
    return (await settledMB(driver)) - lockedMB;
  } finally {
    await driver.close();
  }
}

/** While nobody touches it: locked, unlocked, and an empty Electron window. */
async function idle(records) {
  const found = [];
  const bare = await start(path.join(root, 'scripts/bench/bare'), null);
  try {
    found.push(...(await measureIdle('bare', await mainPidOf(bare), 0)));
  } finally {
    await bare.close();
  }
  const driver = await start(root, path.join(folder, `${records}.coffer`));
  try {
    await driver.button('Unlock').waitFor();
    const pid = await mainPidOf(driver);
    found.push(...(await measureIdle('locked', pid, records)));
    await driver.unlock(password);
    await driver.page.getByRole('option').first().waitFor({ timeout: 60_000 });
    found.push(...(await measureIdle('unlocked', pid, records)));
  } finally {
    await driver.close();
  }
  return found;
}

const medianOf = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const measures = [];
const times = { ready: [], bare: [] };
for (let n = 0; n < starts; n++) {
  times.bare.push(await timeUntilReady(path.join(root, 'scripts/bench/bare')));
  times.ready.push(await timeUntilReady(root));
}
measures.push({ name: 'window-ready', value: medianOf(times.ready), unit: 'ms', n: starts });
measures.push({ name: 'window-ready-bare', value: medianOf(times.bare), unit: 'ms', n: starts });
if (process.platform === 'linux') {
  for (const records of [10_000, 100_000]) {
    measures.push({ name: 'rss-unlocked', value: await memoryWith(records), unit: 'MB', n: records });
  }
  measures.push(...(await idle(10_000)));
}
process.stdout.write(`${JSON.stringify(measures)}\n`);
