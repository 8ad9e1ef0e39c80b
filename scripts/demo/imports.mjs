/** `--import FOLDER`: takes every file of a folder in by the app's own import. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const outcomes = { ready: 'refused', held: 'held', passphrase: 'passphrase', refused: 'refused' };

/**
 * @param {object} demo - Driver and report of the running demo.
 * @param {{ folder: string, passphrases: string | null }} wanted - Folder, and a file of `{"file name": "passphrase"}`.
 */
export async function importFolder({ driver, report }, { folder, passphrases }) {
  const known = passphrases === null ? {} : JSON.parse(readFileSync(passphrases, 'utf8'));
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
  const imports = [];
  report.set({ imports });
  await report.step(`import ${files.length} files`, async () => {
    for (const file of files) imports.push(...(await importFile({ driver, report }, folder, file, known[file])));
  });
}

async function importFile({ driver, report }, folder, file, passphrase) {
  await driver.button('Import…').first().click();
  await driver.button('Open files…').click();
  await driver.answerFileDialog('Import', path.join(folder, file));
  const rows = driver.page.getByRole('list', { name: 'Found' }).getByRole('listitem');
  await rows.first().waitFor();
  if (passphrase !== undefined && (await driver.field(`Passphrase of ${file}`).count()) > 0) {
    await driver.field(`Passphrase of ${file}`).fill(passphrase);
    await driver.button('Unlock').click();
    await driver.page.getByText('Looking…').waitFor({ state: 'detached' });
  }
  const before = await rows.evaluateAll((items) => items.map((item) => item.dataset));
  if (before.some(({ state }) => state === 'ready')) {
    await driver.page.getByRole('button', { name: /^Import \d+$/ }).click();
    await driver.page.getByText(/^\d+ imported\.$/).waitFor();
  }
  const after = await rows.evaluateAll((items) =>
    items.map((item) => ({ ...item.dataset, fingerprints: JSON.parse(item.dataset.fingerprints ?? '[]') })),
  );
  await report.picture('import');
  await driver.page.getByRole('button', { name: /^(Done|Cancel)$/ }).click();
  return after.map(({ state, kind, fingerprints, message }) => ({
    file,
    outcome: message === 'Imported' ? 'imported' : outcomes[state],
    kind: kind ?? '',
    fingerprints,
    message: message ?? '',
  }));
}
