/** Importing every file of a folder by the app's own import. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const outcomes = { ready: 'refused', held: 'held', passphrase: 'passphrase', refused: 'refused' };

/**
 * Opens each plain file of a folder in the import's screen, types its passphrase where one is known, and takes in what was found.
 *
 * @param {object} demo - Driver and report of the running demo.
 * @param {string} folder - Its folders inside are left out.
 * @param {string} passphrasesFile - JSON of passphrases by file name, or empty.
 */
export async function showImport({ driver, report }, folder, passphrasesFile) {
  const passphrases = passphrasesFile === '' ? {} : JSON.parse(readFileSync(passphrasesFile, 'utf8'));
  const imports = [];
  report.set({ imports });
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map(({ name }) => name).sort();
  await report.step('open the import', async () => {
    await driver.button('Import…').first().click();
    await report.picture('import');
  });
  for (const file of names) {
    await report.step(`import ${file}`, async () => {
      await driver.button('Open files…').click();
      await driver.answerFileDialog('Import', path.join(folder, file));
      await rowsOf(driver, file).first().waitFor();
      if (Object.hasOwn(passphrases, file)) await unlock(driver, file, passphrases[file]);
      if ((await readyOf(driver, file).count()) > 0) {
        await driver.page.getByRole('button', { name: /^Import \d+$/ }).click();
        await driver.page.getByText(/^\d+ imported\.$/).waitFor();
      }
      for (const row of await rowsOf(driver, file).all()) imports.push(await outcomeOf(file, row));
      await report.picture('import-file');
    });
  }
  await report.step('close the import', async () => {
    await driver.page.keyboard.press('Escape');
    await driver.button('Import…').first().waitFor();
  });
}

/** Types a passphrase, if the file asks for one. */
async function unlock(driver, file, passphrase) {
  const rows = driver.page.locator(`li[data-file=${JSON.stringify(file)}][data-state="passphrase"]`);
  if ((await rows.count()) === 0) return;
  await rows.first().getByLabel(`Passphrase of ${file}`, { exact: true }).fill(passphrase);
  await rows.first().getByRole('button', { name: 'Unlock', exact: true }).click();
  await driver.page.waitForFunction(
    (name) =>
      [...document.querySelectorAll('li[data-file]')].some(
        (row) =>
          row.getAttribute('data-file') === name &&
          (row.getAttribute('data-state') !== 'passphrase' || row.querySelector('.message') !== null),
      ),
    file,
  );
}

function rowsOf(driver, file) {
  return driver.page.locator(`li[data-file=${JSON.stringify(file)}]`);
}

function readyOf(driver, file) {
  return driver.page.locator(`li[data-file=${JSON.stringify(file)}][data-state="ready"]`);
}

/** What the screen says of one row. */
async function outcomeOf(file, row) {
  const state = (await row.locator('.state').textContent())?.trim();
  const isImported = state === 'Imported';
  const said = row.locator('.message');
  return {
    file,
    outcome: isImported ? 'imported' : outcomes[await row.getAttribute('data-state')],
    kind: (await row.getAttribute('data-kind')) || null,
    fingerprints: ((await row.getAttribute('data-fingerprints')) ?? '').split(' ').filter((one) => one !== ''),
    message: (await said.count()) > 0 ? (await said.first().textContent())?.trim() : '',
  };
}
