import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SheetWindow } from '../../main/desktop/sheet-prompt';
import { bytesOf, temporaryFolder } from '../support/small-vault';
import { FakeWindow } from './fake-window';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

const content = () => ({ code: bytesOf('ABCD EFGH'), vaultName: 'work', fileName: 'work.coffer', madeAtMs: 5 });
const notReplacing = { askToReplace: () => Promise.resolve(false) };

function setup() {
  const window = new FakeWindow();
  const sheet = new SheetWindow(window);
  const given = content();
  sheet.show(given);
  given.code.fill(0);
  return { window, sheet, pdf: path.join(place.folder, 'sheet.pdf') };
}

test('shows a copy of the code until it is closed', () => {
  const { window, sheet } = setup();
  expect(window.isOpen).toBe(true);
  sheet.content().code.fill(0);
  expect(sheet.content()).toEqual(content());
  sheet.close();
  expect(window.isOpen).toBe(false);
  expect(() => sheet.content()).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('forgets the code when the user closes the window', async () => {
  const { window, sheet } = setup();
  window.closeByUser();
  expect(() => sheet.content()).toThrow(expect.objectContaining({ code: 'not-found' }));
  await expect(sheet.print()).rejects.toMatchObject({ code: 'not-found' });
});

test('a second sheet takes the place of the first', () => {
  const { window, sheet } = setup();
  sheet.show({ ...content(), vaultName: 'other' });
  expect(window.opened).toBe(2);
  expect(sheet.content().vaultName).toBe('other');
});

test('saves a PDF that only the user can read, and wipes it', async () => {
  const { window, sheet, pdf } = setup();
  const saved = await sheet.savePdf({ ...notReplacing, askWhere: () => Promise.resolve(pdf) });
  expect(saved).toEqual({ name: 'sheet.pdf', folder: place.folder });
  expect(readFileSync(pdf, 'utf8')).toBe('%PDF code');
  expect(statSync(pdf).mode & 0o777).toBe(0o600);
  expect(window.pdf).toEqual(new Uint8Array(9));
});

test('replaces a file only after a yes', async () => {
  const { window, sheet, pdf } = setup();
  writeFileSync(pdf, 'old');
  const askWhere = () => Promise.resolve(pdf);
  expect(await sheet.savePdf({ ...notReplacing, askWhere })).toBeNull();
  expect(readFileSync(pdf, 'utf8')).toBe('old');
  expect(window.pdf).toEqual(new Uint8Array(9));
  expect(await sheet.savePdf({ askWhere, askToReplace: () => Promise.resolve(true) })).not.toBeNull();
  expect(readFileSync(pdf, 'utf8')).toBe('%PDF code');
});

test('writes nothing if the user gives up, or the window goes while a question is open', async () => {
  const { window, sheet, pdf } = setup();
  expect(await sheet.savePdf({ ...notReplacing, askWhere: () => Promise.resolve(null) })).toBeNull();
  const whileLocking = (value: string) => () => {
    sheet.close();
    return Promise.resolve(value);
  };
  await expect(sheet.savePdf({ ...notReplacing, askWhere: whileLocking(pdf) })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(readdirSync(place.folder)).toEqual([]);
  expect(window.pdf).toBeNull();
});

test('a sheet that took the place of the first is not saved in its name', async () => {
  const { sheet, pdf } = setup();
  const askWhere = () => {
    sheet.show(content());
    return Promise.resolve(pdf);
  };
  await expect(sheet.savePdf({ ...notReplacing, askWhere })).rejects.toMatchObject({ code: 'not-found' });
  expect(readdirSync(place.folder)).toEqual([]);
});

test('one dialog at a time', async () => {
  const { window, sheet, pdf } = setup();
  let finish: () => void = () => undefined;
  window.printing = () => new Promise((resolve) => (finish = resolve));
  const printing = sheet.print();
  await expect(sheet.print()).rejects.toMatchObject({ code: 'busy' });
  await expect(sheet.savePdf({ ...notReplacing, askWhere: () => Promise.resolve(pdf) })).rejects.toMatchObject({
    code: 'busy',
  });
  finish();
  await printing;
  window.printing = () => Promise.resolve();
  await sheet.print();
});
