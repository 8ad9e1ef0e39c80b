/** `--import FOLDER`: takes every file of a folder in by the app's own import. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { dropFiles } from '../../test/support/drop-files.ts';

const outcomes = { ready: 'refused', held: 'held', part: 'held', passphrase: 'passphrase', refused: 'refused' };
/** Files that are dropped together; certificates find their keys among them. */
const filesAtOnce = 200;
/** Larger ones are opened by the system's dialog: contents of dropped files go through the debugger's protocol. */
const maxDroppedBytes = 1024 * 1024;

/**
 * @param {object} demo - Driver and report of the running demo.
 * @param {{ folder: string, passphrases: string | null }} wanted - Folder, and a file of `{"file name": "passphrase"}`.
 */
export async function importFolder({ driver, report }, { folder, passphrases }) {
  const known = passphrases === null ? {} : JSON.parse(readFileSync(passphrases, 'utf8'));
  const files = readdirSync(folder)
    .sort()
    .map((name) => ({ name, file: path.join(folder, name) }))
    .flatMap(({ name, file }) => {
      const info = statSync(file, { throwIfNoEntry: false });
      return info?.isFile() ? [{ name, file, isLarge: info.size > maxDroppedBytes }] : [];
    });
  const imports = [];
  report.set({ imports });
  const takeIn = async (names) => imports.push(...(await runImport({ driver, report }, names, known)));
  await report.step(`import ${files.length} files`, async () => {
    const small = files.filter(({ isLarge }) => !isLarge);
    for (let at = 0; at < small.length; at += filesAtOnce) {
      const some = small.slice(at, at + filesAtOnce);
      await dropFiles(
        driver.page,
        some.map(({ file }) => file),
      );
      await takeIn(some.map(({ name }) => name));
    }
    for (const { name, file } of files.filter(({ isLarge }) => isLarge)) {
      await driver.button('Import…').first().click();
      await driver.button('Open files…').click();
      await driver.answerFileDialog('Import', file);
      await takeIn([name]);
    }
    imports.sort((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)));
  });
}

/** From the list of what was found to the closed dialog. */
async function runImport({ driver, report }, names, known) {
  const rows = driver.page.getByRole('list', { name: 'Found' }).getByRole('listitem');
  await rows.first().waitFor({ timeout: 120_000 });
  for (const name of names) {
    const field = driver.field(`Passphrase of ${name}`).first();
    if (known[name] === undefined || (await field.count()) === 0) continue;
    await field.fill(known[name]);
    await rows.filter({ has: field }).first().getByRole('button', { name: 'Unlock', exact: true }).click();
    await idle(driver);
  }
  await report.picture('import-found');
  const submit = driver.page.getByRole('button', { name: /^Import \d+$/ });
  if ((await submit.count()) > 0) {
    await submit.click();
    await driver.page.getByText(/^\d+ imported\.$/).waitFor({ timeout: 120_000 });
  }
  const found = await rows.evaluateAll((items) => items.map((item) => ({ ...item.dataset })));
  await report.picture('import-done');
  await driver.page.getByRole('button', { name: /^(Done|Cancel)$/ }).click();
  return found.map(({ file, state, kind, fingerprints, message }) => ({
    file,
    outcome: message === 'Imported' ? 'imported' : outcomes[state],
    kind: kind ?? '',
    fingerprints: JSON.parse(fingerprints ?? '[]'),
    message: message ?? '',
  }));
}

async function idle(driver) {
  await driver.page.getByText('Looking…').waitFor({ state: 'detached', timeout: 60_000 });
}
