import type { Page } from '@playwright/test';
import type { AppDriver } from './app-driver.js';
import type { Authenticator } from './authenticator.js';

/** What a change of the ways in is to do, in the words of its dialog. */
export interface WayPlan {
  /** The password of now; null after the recovery code, where none is asked for. */
  readonly current: string | null;
  /** A new password; left out to keep the one of now. */
  readonly newPassword?: string;
  /** What will be asked for besides the password, by the labels of the dialog; others are unticked. */
  readonly factors: readonly FactorLabel[];
  /** Where a key file is made, for the factor of that name. */
  readonly newKeyFile?: string;
  /** Called on the step with the QR code; must give the two codes. */
  readonly onCodes?: (secretText: string) => Promise<readonly [string, string]>;
  /** Called on each other step that is filled in, before the way on. */
  readonly onStep?: (step: 'password' | 'factors' | 'confirm') => Promise<void>;
  /** Keep backups of the ways in of now. */
  readonly keepsOlderBackups?: boolean;
}

/** Names of the factors in the dialog. */
export type FactorLabel = (typeof factorLabels)[number];
const factorLabels = ['Code from an authenticator app', 'Key file', 'Security key', 'This computer'] as const;

/** Opens the dialog of the ways in that this button begins. */
export async function openWayDialog(driver: AppDriver, button: string): Promise<void> {
  await driver.goTo('Ways in');
  await driver.button(button).click();
  await driver.page.getByRole('dialog').waitFor();
}

/** Goes through the steps of a change of the ways in, up to the button of the last one, which it returns the name of. */
export async function fillWayDialog(driver: AppDriver, plan: WayPlan): Promise<void> {
  const { page } = driver;
  if (plan.current !== null) await driver.field('Current password').fill(plan.current);
  if (plan.newPassword !== undefined) {
    if (plan.current !== null) await page.getByRole('radio', { name: /Choose a new one|Another password/ }).check();
    await driver.field('New password').fill(plan.newPassword);
    await driver.field('Repeat new password').fill(plan.newPassword);
  }
  await plan.onStep?.('password');
  await driver.button('Next').click();
  for (const label of factorLabels) {
    const box = page.getByRole('checkbox', { name: label, exact: true });
    if (await box.isEnabled()) await box.setChecked(plan.factors.includes(label));
  }
  if (plan.newKeyFile !== undefined) {
    await driver.button('Make one…').click();
    await driver.answerFileDialog('Where to keep the key file', plan.newKeyFile);
    await page.getByText('No file yet.').waitFor({ state: 'hidden' });
  }
  await plan.onStep?.('factors');
  await driver.button('Next').click();
  if (plan.onCodes !== undefined) {
    const secret = page.getByLabel('Secret for the authenticator app');
    await secret.waitFor();
    const groups = await secret.locator('span').allInnerTexts();
    const [first, second] = await plan.onCodes(groups.join(' '));
    await driver.field('Code that is shown now').fill(first);
    await driver.field('The next one').fill(second);
    await driver.button('Check the codes').click();
  }
  await page.getByText(/From now on the vault opens with|Another way in is made/).waitFor();
  const consent = page.getByRole('checkbox', { name: 'I agree that these no longer open the vault' });
  if (await consent.isVisible()) await consent.check();
  if (plan.keepsOlderBackups === true) await page.getByRole('checkbox', { name: 'Keep older backups' }).check();
  await plan.onStep?.('confirm');
}

/** Presses the last button of a change that ends with a recovery sheet, and gives the sheet's page. */
export async function finishWithSheet(driver: AppDriver, button = 'Change now'): Promise<Page> {
  const sheet = await driver.otherWindow(() => driver.button(button).click());
  await sheet.getByRole('heading', { name: 'Recovery code', exact: true }).waitFor();
  return sheet;
}

/** The code on a sheet, in its groups of four. */
export async function readSheet(sheet: Page): Promise<string> {
  const groups = await sheet.locator('section[aria-labelledby="sheet-code"] .code span').allInnerTexts();
  return groups.join(' ');
}

/** Closes a sheet without keeping it: says twice that it was written down. */
export async function closeSheet(sheet: Page): Promise<void> {
  await sheet.getByRole('button', { name: 'I have it', exact: true }).click();
  await pressLast(sheet, 'Yes, close');
}

/** Presses the button that closes its own window. */
export async function pressLast(page: Page, button: string): Promise<void> {
  const closed = page.waitForEvent('close');
  await page
    .getByRole('button', { name: button, exact: true })
    .click()
    .catch((error: unknown) => {
      // The window may go before the press is reported.
      if (!page.isClosed()) throw error;
    });
  await closed;
}

/** Presses the key that closes the window of its own page. */
export async function pressLastKey(page: Page, key: string): Promise<void> {
  const closed = page.waitForEvent('close');
  await page.keyboard.press(key).catch((error: unknown) => {
    if (!page.isClosed()) throw error;
  });
  await closed;
}

/** Makes password and code the way in: proves two codes, keeps the sheet's code, leaves the dialog. Gives the code. */
export async function enrolCodes(
  driver: AppDriver,
  password: string,
  makeAuthenticator: (secretText: string) => Authenticator,
): Promise<string> {
  await openWayDialog(driver, 'Change password or factors…');
  await fillWayDialog(driver, {
    current: password,
    factors: ['Code from an authenticator app'],
    onCodes: (secretText) => Promise.resolve(makeAuthenticator(secretText).lastTwo()),
  });
  const sheet = await finishWithSheet(driver);
  const code = await readSheet(sheet);
  await closeSheet(sheet);
  await driver.button('Done').click();
  return code;
}

/** Makes a recovery code for a vault that has none, and gives it. */
export async function makeRecoveryCode(driver: AppDriver, password: string): Promise<string> {
  await openWayDialog(driver, 'Make a recovery code…');
  await driver.field('Current password').fill(password);
  const sheet = await finishWithSheet(driver, 'Make the code');
  const code = await readSheet(sheet);
  await closeSheet(sheet);
  return code;
}

/** Generates a key pair: something to keep in the vault. */
export async function addItem(driver: AppDriver, name: string): Promise<void> {
  await driver.goTo('All items');
  await driver.newItem('EC2 key pair');
  await driver.field('Name').fill(name);
  await driver.page.getByRole('radio', { name: 'Ed25519' }).check();
  await driver.button('Generate').click();
  await driver.page.getByRole('heading', { level: 2, name }).waitFor();
}

/** How many windows and pages the app has: one of each, unless a step has its own. */
export async function countWindows({ app }: Pick<AppDriver, 'app'>): Promise<[number, number]> {
  return await app.evaluate(({ BaseWindow, webContents }) => [
    BaseWindow.getAllWindows().length,
    webContents.getAllWebContents().length,
  ]);
}

/** Changes password and factors from the first dialog to the last, without a look at the new sheet. */
export async function changeWays(driver: AppDriver, plan: WayPlan): Promise<void> {
  await openWayDialog(driver, 'Change password or factors…');
  await fillWayDialog(driver, plan);
  await closeSheet(await finishWithSheet(driver));
  await driver.button('Done').click();
}
