/** What the demo did: steps with their times, records, exports, pictures. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { say } from '../lib/steps.mjs';
import { lookAt, lookForClipped } from './every-look.mjs';

/** Collects the report, and writes it whole at the end, also of a demo that failed. */
export class Report {
  #driver;
  #out;
  /** Null: only the demo's own pictures. */
  #screensFolder;
  #looked = new Set();
  #mode;
  #pictures = 0;
  #data;

  /**
   * @param {import('../../test/support/app-driver.ts').AppDriver} driver - The running app.
   * @param {string} out - The demo's folder.
   * @param {string} password - Of the demo's vault.
   * @param {'' | 'screens' | 'axe' | 'pseudo'} screens - `screens`: each screen is taken in every theme and size, and looked at by axe. `axe`: only
   *   looked at by axe. `pseudo`: each screen of an app in the pseudo-language is looked at for text that is cut off.
   * @returns {Promise<Report>} An empty report.
   */
  static async begin(driver, out, password, screens) {
    const versions = await driver.app.evaluate(({ app }) => ({
      app: app.getVersion(),
      electron: process.versions.electron,
    }));
    return new Report(driver, out, screens, {
      ...versions,
      vault: 'demo.coffer',
      password,
      steps: [],
      records: [],
      exports: [],
      ...(['screens', 'axe'].includes(screens) ? { axe: [] } : {}),
      ...(screens === 'pseudo' ? { clipped: [] } : {}),
    });
  }

  /**
   * @param {import('../../test/support/app-driver.ts').AppDriver} driver - The running app.
   * @param {string} out - The demo's folder.
   * @param {'' | 'screens' | 'axe' | 'pseudo'} screens - As for `begin`.
   * @param {object} data - What report.json will hold.
   */
  constructor(driver, out, screens, data) {
    this.#driver = driver;
    this.#out = out;
    this.#screensFolder = screens === '' ? null : path.join(out, 'screens');
    this.#mode = screens;
    this.#data = data;
  }

  /**
   * Runs one step and notes how it went. A failing one ends the demo.
   *
   * @param {string} name - What the step does.
   * @param {() => Promise<void>} body - The step.
   */
  async step(name, body) {
    const startMs = performance.now();
    let isOk = false;
    try {
      await body();
      isOk = true;
    } finally {
      const ms = Math.round(performance.now() - startMs);
      this.#data.steps.push({ name, ok: isOk, ms });
      say(`demo: ${isOk ? 'ok    ' : 'FAILED'} ${String(ms).padStart(6)} ms  ${name}`);
      if (!isOk) {
        this.#screensFolder = null;
        await this.picture('failed').catch(() => undefined);
      }
    }
  }

  /** Whether each screen is taken in every theme and size. */
  get takesScreens() {
    return this.#screensFolder !== null;
  }

  /**
   * Takes a picture of the page; where screens are taken, all of them, once for each name.
   *
   * @param {string} name - Part of the file's name.
   * @param {import('@playwright/test').Page} page - Of another window than the app's.
   */
  async picture(name, page = this.#driver.page) {
    const number = String(++this.#pictures).padStart(2, '0');
    if (this.#mode !== 'axe' || this.#screensFolder === null) {
      await page.screenshot({
        path: path.join(this.#out, 'screenshots', `${number}-${name}.png`),
        animations: 'disabled',
      });
    }
    if (this.#screensFolder === null || this.#looked.has(name)) return;
    this.#looked.add(name);
    if (this.#mode === 'pseudo') {
      const found = await lookForClipped(this.#driver, { screen: name, folder: this.#screensFolder, page });
      this.#data.clipped.push(...found);
      for (const { size, clipped } of found)
        for (const text of clipped) say(`demo: cut off: ${name}, ${size}: ${text}`);
      return;
    }
    const folder = this.#mode === 'axe' ? null : this.#screensFolder;
    const results = await lookAt(this.#driver, { screen: name, folder, page });
    this.#data.axe.push(...results);
  }

  /**
   * Opens screens in order, and takes a picture of each.
   *
   * @param {Record<string, () => Promise<unknown>>} screens - What opens a screen, by its name.
   */
  async pictures(screens) {
    for (const [name, open] of Object.entries(screens)) {
      await open();
      await this.picture(name);
    }
  }

  /** @param {object} record - Id, kind, title and fingerprints. */
  addRecord(record) {
    this.#data.records.push(record);
  }

  /** @param {object} exported - Record, format, file and passphrase, if any. */
  addExport(exported) {
    this.#data.exports.push(exported);
  }

  /** @param {object} facts - Put into the report by their names. */
  set(facts) {
    Object.assign(this.#data, facts);
  }

  /**
   * @param {string} name - Of a fact.
   * @returns {any} What was set under that name.
   */
  get(name) {
    return this.#data[name];
  }

  /** @returns {boolean} Whether every step went well and axe found nothing. Writes report.json, and says what axe found. */
  finish() {
    writeFileSync(path.join(this.#out, 'report.json'), `${JSON.stringify(this.#data, null, 2)}\n`);
    const found = violationLines(this.#data.axe ?? []);
    for (const line of found) say(`demo: axe: ${line}`);
    const hasSteps = this.#data.steps.length > 0 && this.#data.steps.every(({ ok }) => ok);
    const isOk = hasSteps && found.length === 0;
    say(`demo: ${isOk ? 'done' : 'failed'}; report, vault, exports and pictures are in ${this.#out}`);
    return isOk;
  }
}

/** @param {import('./every-look.mjs').AxeResult[]} results - Of all looks. */
function violationLines(results) {
  return results.flatMap(({ screen, theme, violations }) =>
    violations.map(({ id, nodes }) => `${screen}, ${theme}: ${id}: ${nodes.join('; ')}`),
  );
}
