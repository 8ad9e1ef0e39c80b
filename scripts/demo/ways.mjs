/** Codes, recovery sheet and key file: the ways into the vault. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Authenticator } from '../../test/support/authenticator.ts';
import { fillWayDialog, openWayDialog, pressLast, readSheet } from '../../test/support/ways-driver.ts';
import { showHeld } from './holding.mjs';
import { showDark, showSmall } from './pictures.mjs';

/**
 * @param {object} demo - Driver, report, out folder and password of the running demo.
 * @returns {Promise<Authenticator>} The authenticator app that the vault asks for codes of.
 */
export async function showWays(demo) {
  const { driver, report, out, password } = demo;
  let authenticator = null;
  let sheet = null;
  await report.step('set up codes from an authenticator app', async () => {
    await openWayDialog(driver, 'Change password or factors…');
    await fillWayDialog(driver, {
      current: password,
      factors: ['Code from an authenticator app'],
      onStep: async (step) => {
        await report.picture(`ways-${step}`);
        if (step === 'factors' && report.takesScreens) await showSecurityKey(demo);
      },
      onCodes: async (secretText) => {
        authenticator = new Authenticator(secretText);
        report.set({ totpSecretBase32: secretText.replaceAll(' ', '') });
        await report.picture('ways-codes');
        await showDark(demo, 'ways-codes');
        await showSmall(demo, 'ways-codes');
        return authenticator.lastTwo();
      },
    });
    sheet = await driver.otherWindow(() =>
      showHeld(demo, {
        name: 'ways-working',
        channel: 'ways:replace',
        begin: () => driver.button('Change now').click(),
        busy: () => driver.page.getByRole('progressbar').waitFor(),
      }),
    );
    await sheet.getByRole('heading', { name: 'Recovery code', exact: true }).waitFor();
  });
  await report.step('keep the recovery sheet', async () => {
    report.set({ recoveryCode: await readSheet(sheet) });
    await report.picture('sheet', sheet);
    await sheet.emulateMedia({ colorScheme: 'dark' });
    await report.picture('sheet-dark', sheet);
    await sheet.emulateMedia({ colorScheme: null });
    await sheet.getByRole('button', { name: 'Save as PDF…' }).click();
    await driver.answerFileDialog('Save the recovery sheet', path.join(out, 'recovery-sheet.pdf'));
    await sheet.getByText('Saved as').waitFor();
    await report.picture('sheet-saved', sheet);
    await pressLast(sheet, 'I have it');
    if (!existsSync(path.join(out, 'recovery-sheet.pdf'))) throw new Error('the sheet was not written');
    await driver.button('Done').click();
    await report.picture('ways-with-code');
  });
  await report.step('lock, and log in with password and code', async () => {
    await driver.lock();
    await driver.field('Code').waitFor();
    await report.picture('unlock-with-code');
    await driver.unlockWithCode(password, await authenticator.freshCode());
    await driver.button('Lock').waitFor();
  });
  await report.step('add a way in with a key file', async () => {
    await openWayDialog(driver, 'Add another way in…');
    await fillWayDialog(driver, {
      current: password,
      factors: ['Key file'],
      newKeyFile: path.join(out, 'demo.coffer-key'),
      onStep: (step) => report.picture(`add-way-${step}`),
    });
    await driver.button('Add this way in').click();
    await driver.button('Done').click();
    report.set({ keyFile: 'demo.coffer-key', ways: await listWays(driver) });
    await report.picture('ways');
    await showDark(demo, 'ways');
    await showSmall(demo, 'ways');
  });
  return authenticator;
}

/** The window that waits for a security key, which nobody plugs in. */
async function showSecurityKey({ driver, report }) {
  const box = driver.page.getByRole('checkbox', { name: 'Security key', exact: true });
  await box.check();
  const window = await driver.otherWindow(() => driver.button('Set up…').click());
  await window.getByRole('heading', { name: 'Touch your security key' }).waitFor();
  await report.picture('security-key', window);
  await pressLast(window, 'Cancel');
  await report.picture('ways-factor-to-set-up');
  await box.uncheck();
}

/** The ways in, as the bridge lists them for the screen. */
async function listWays(driver) {
  const answer = await driver.page.evaluate(() => /** @type {any} */ (window).coffer.ways.list({}));
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value.ways.map(({ slot, kind, factors }) => ({ slot: kind, factors, id: slot }));
}
