/** Drives the app for the bench; called by app.mjs with the folder of the vaults. Its last line is the report. */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppDriver } from '../../test/support/app-driver.ts';
import { root } from '../lib/steps.mjs';
import { measureIdle } from './idle.mjs';
import { measureAnswers, measureScrolling } from './screen.mjs';

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

/** From the start of the program until its page has painted something, and until it shows something to press. */
async function timeStart(appFolder, vaultFile) {
  const startMs = performance.timeOrigin + performance.now();
  const driver = await start(appFolder, vaultFile);
  await driver.page.locator('button').first().waitFor();
  const readyMs = performance.timeOrigin + performance.now() - startMs;
  const paintedAtMs = await driver.page.evaluate(async () => {
    const entry = () => performance.getEntriesByName('first-contentful-paint')[0];
    while (entry() === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    return performance.timeOrigin + entry().startTime;
  });
  await driver.close();
  return { readyMs, paintedMs: paintedAtMs - startMs };
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

/** What the eye sees of a large vault, beside an empty window. */
async function screens(records) {
  const driver = await start(root, path.join(folder, `${records}.coffer`));
  let bare = null;
  try {
    bare = await start(path.join(root, 'scripts/bench/bare'), null);
    await driver.unlock(password);
    await driver.page.getByRole('option').first().waitFor({ timeout: 60_000 });
    return [
      ...(await measureScrolling(driver.page, bare.page, records)),
      ...(await measureAnswers(driver.page, records)),
    ];
  } finally {
    await driver.close();
    await bare?.close();
  }
}

const medianOf = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const measures = [];
const times = { bare: [], ready: [], locked: [] };
for (let n = 0; n < starts; n++) {
  times.bare.push(await timeStart(path.join(root, 'scripts/bench/bare'), null));
  times.ready.push(await timeStart(root, null));
  times.locked.push(await timeStart(root, path.join(folder, '10000.coffer')));
}
const ofStarts = (name, at, of) => measures.push({ name, value: medianOf(at.map(of)), unit: 'ms', n: starts });
ofStarts('window-ready', times.ready, ({ readyMs }) => readyMs);
ofStarts('window-ready-bare', times.bare, ({ readyMs }) => readyMs);
ofStarts('first-paint', times.locked, ({ paintedMs }) => paintedMs);
ofStarts('first-paint-bare', times.bare, ({ paintedMs }) => paintedMs);
measures.push(...(await screens(100_000)));
if (process.platform === 'linux') {
  for (const records of [10_000, 100_000]) {
    measures.push({ name: 'rss-unlocked', value: await memoryWith(records), unit: 'MB', n: records });
  }
  measures.push(...(await idle(10_000)));
}
process.stdout.write(`${JSON.stringify(measures)}\n`);
