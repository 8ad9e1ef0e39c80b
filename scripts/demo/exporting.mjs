/** One export by the screens, of whatever kind of record is shown. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Exports the record that is shown, and notes the file.
 *
 * @param {object} demo - Driver, report and out folder of the running demo.
 * @param {{
 *   record: string,
 *   format: string,
 *   label: string,
 *   file: string,
 *   place?: string,
 *   passphrase?: string,
 *   fields?: Record<string, string>,
 *   isPublic?: boolean,
 * }} wanted - Label in the dialog; file relative to the out folder; label of the place, the system's dialog without it; what else
 *   the dialog asks for, by label; whether the file holds no secret.
 */
export async function exportRecord({ driver, report, out }, wanted) {
  const { record, format, label, file, place, passphrase, fields = {}, isPublic = false } = wanted;
  await driver.button('Export…').click();
  await driver.page.getByRole('radio', { name: label, exact: true }).check();
  if (passphrase !== undefined) {
    await driver.field('Passphrase').fill(passphrase);
    await driver.field('Repeat passphrase').fill(passphrase);
  }
  for (const [name, value] of Object.entries(fields)) await driver.field(name).fill(value);
  await driver.page.getByRole('radio', { name: place ?? 'Choose a place…', exact: true }).check();
  await driver.button('Export').click();
  if (place === undefined) {
    await driver.answerFileDialog(isPublic ? 'Export' : 'Export a secret', path.join(out, file));
  }
  await driver.button('Done').click();
  if (!existsSync(path.join(out, file))) throw new Error(`${file} was not written`);
  report.addExport({ record, format, file, ...(passphrase === undefined ? {} : { passphrase }) });
}

/**
 * Saves the form that is open, and notes the new record.
 *
 * @param {object} demo - Driver and report of the running demo.
 * @param {{ kind: string, title: string, fingerprints?: object }} record - What it is.
 * @param {string} [button] - Name of the button that saves.
 * @returns {Promise<string>} Its id.
 */
export async function saveRecord({ driver, report }, { kind, title, fingerprints = {} }, button = 'Save') {
  await driver.button(button).click();
  await driver.page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
  const id = await driver.page.locator('article[data-record-id]').getAttribute('data-record-id');
  report.addRecord({ id, kind, title, fingerprints });
  return id;
}
