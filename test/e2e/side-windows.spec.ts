import { type Page, expect } from '@playwright/test';
import { startKeyring } from '../support/keyring';
import {
  closeSheet,
  countWindows,
  fillWayDialog,
  finishWithSheet,
  makeRecoveryCode,
  openWayDialog,
  pressLast,
  readSheet,
} from '../support/ways-driver';
import { plugIn } from '../support/software-key';
import { password, test } from './support';

/** Notes what the key of this page answers: no software key survives its page, so the next one gives this answer in its place. */
async function noteAnswer(page: Page): Promise<{ readonly prf: number[] }> {
  const noted = { prf: [] as number[] };
  await page.exposeFunction('noteAnswer', (bytes: number[]) => {
    noted.prf = bytes;
  });
  await page.addInitScript(() => {
    const ask = navigator.credentials.get.bind(navigator.credentials);
    CredentialsContainer.prototype.get = async (options) => {
      const credential = (await ask(options)) as PublicKeyCredential;
      const first = credential.getClientExtensionResults().prf?.results?.first as ArrayBuffer;
      await (window as unknown as { noteAnswer(bytes: number[]): Promise<void> }).noteAnswer([
        ...new Uint8Array(first),
      ]);
      return credential;
    };
  });
  return noted;
}

/** Makes the page's key answer as noted. */
async function giveAnswer(page: Page, { prf }: { readonly prf: number[] }): Promise<void> {
  await page.addInitScript((bytes) => {
    const results = { prf: { results: { first: new Uint8Array(bytes).buffer } } };
    CredentialsContainer.prototype.get = () =>
      Promise.resolve({ id: '', type: 'public-key', getClientExtensionResults: () => results } as Credential);
  }, prf);
}

/** Loads the page again; it may be done, and gone, before that is reported. */
const reload = (page: Page) => page.reload().catch(() => undefined);

test('a security key is set up, and asked for at the next unlock; another key does not open', async ({ desk }) => {
  test.setTimeout(240_000);
  const driver = await desk.start();
  await driver.createVault(password);
  await openWayDialog(driver, 'Change password or factors…');
  let answer: { readonly prf: number[] } = { prf: [] };
  await fillWayDialog(driver, {
    current: password,
    factors: ['Security key'],
    onStep: async (step) => {
      if (step !== 'factors') return;
      const keyWindow = await driver.otherWindow(() => driver.button('Set up…').click());
      await keyWindow.getByRole('heading', { name: 'Touch your security key' }).waitFor();
      await plugIn(keyWindow, true);
      answer = await noteAnswer(keyWindow);
      const closed = keyWindow.waitForEvent('close');
      await reload(keyWindow);
      await closed;
      await driver.page.getByText('The key is set up.').waitFor();
    },
  });
  expect(answer.prf).toHaveLength(32);
  await closeSheet(await finishWithSheet(driver));
  await driver.button('Done').click();
  await driver.lock();

  const unlockWith = async (given: { readonly prf: number[] }) => {
    await driver.field('Password').fill(password);
    const keyWindow = await driver.otherWindow(() => driver.button('Unlock').click());
    await giveAnswer(keyWindow, given);
    const closed = keyWindow.waitForEvent('close');
    await reload(keyWindow);
    await closed;
  };
  await unlockWith({ prf: answer.prf.map((byte) => byte ^ 1) });
  await expect(driver.page.getByRole('alert')).toContainText('together they do not open this vault');
  await unlockWith(answer);
  await expect(driver.button('Lock')).toBeVisible();
  expect(await countWindows(driver)).toEqual([1, 1]);
});

test('a key that was never set up is refused, and the recovery code opens', { tag: '@long' }, async ({ desk }) => {
  test.setTimeout(240_000);
  const driver = await desk.start();
  await driver.createVault(password);
  await openWayDialog(driver, 'Change password or factors…');
  await fillWayDialog(driver, {
    current: password,
    factors: ['Security key'],
    onStep: async (step) => {
      if (step !== 'factors') return;
      const keyWindow = await driver.otherWindow(() => driver.button('Set up…').click());
      await plugIn(keyWindow, true);
      const closed = keyWindow.waitForEvent('close');
      await reload(keyWindow);
      await closed;
    },
  });
  const sheet = await finishWithSheet(driver);
  const code = await readSheet(sheet);
  await closeSheet(sheet);
  await driver.button('Done').click();
  await driver.lock();
  await driver.field('Password').fill(password);
  const keyWindow = await driver.otherWindow(() => driver.button('Unlock').click());
  await plugIn(keyWindow, true);
  await reload(keyWindow);
  await expect(keyWindow.getByRole('alert')).toBeVisible();
  await pressLast(keyWindow, 'Close');
  await expect(driver.page.getByRole('alert')).toBeVisible();
  expect(await countWindows(driver)).toEqual([1, 1]);
  await driver.unlockWithRecoveryCode(code);
  await expect(driver.page.getByRole('heading', { name: 'Choose new ways in' })).toBeVisible();
});

test('a key that can’t do what is needed is refused in plain words', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await openWayDialog(driver, 'Change password or factors…');
  await fillWayDialog(driver, {
    current: password,
    factors: ['Security key'],
    onStep: async (step) => {
      if (step !== 'factors') return;
      const keyWindow = await driver.otherWindow(() => driver.button('Set up…').click());
      await plugIn(keyWindow, false);
      await reload(keyWindow);
      await expect(keyWindow.getByRole('alert')).toContainText('can’t do what Coffer needs');
      await pressLast(keyWindow, 'Close');
      await expect(driver.page.getByRole('dialog').getByRole('alert')).toContainText('this system or this key cannot');
      await driver.page.getByRole('checkbox', { name: 'Security key', exact: true }).uncheck();
    },
  });
  expect(await countWindows(driver)).toEqual([1, 1]);
});

test(
  'the windows for one step go when the vault is locked, and no other page is answered',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(180_000);
    const driver = await desk.start();
    await driver.createVault(password);
    const lockFromPage = async () => {
      await driver.whileLocking(() => driver.page.evaluate(() => void window.coffer.vault.lock({})));
      await expect.poll(() => countWindows(driver)).toEqual([1, 1]);
      await driver.unlock(password);
      await driver.button('Lock').waitFor();
    };
    await openWayDialog(driver, 'Change password or factors…');
    await fillWayDialog(driver, {
      current: password,
      factors: ['Security key'],
      onStep: async (step) => {
        if (step !== 'factors') return;
        const keyWindow = await driver.otherWindow(() => driver.button('Set up…').click());
        expect(await countWindows(driver)).toEqual([2, 2]);
        const task = await driver.page.evaluate(() => window.coffer.securityKey.task({}));
        expect(task).toMatchObject({ ok: false, error: { code: 'refused' } });
        const content = await keyWindow.evaluate(() => window.coffer.sheet.content({}));
        expect(content).toMatchObject({ ok: false, error: { code: 'refused' } });
        throw new Error('far enough');
      },
    }).catch((error: unknown) => expect(String(error)).toContain('far enough'));
    await lockFromPage();

    await openWayDialog(driver, 'Make a recovery code…');
    await driver.field('Current password').fill(password);
    const sheet = await finishWithSheet(driver, 'Make the code');
    expect(await countWindows(driver)).toEqual([2, 2]);
    const content = await driver.page.evaluate(() => window.coffer.sheet.content({}));
    expect(content).toMatchObject({ ok: false, error: { code: 'refused' } });
    const others = await driver.page.evaluate(async () => {
      const { print, savePdf, close } = window.coffer.sheet;
      return [await print({}), await savePdf({}), await close({})].map((answer) => answer.ok || answer.error.code);
    });
    expect(others).toEqual(['refused', 'refused', 'refused']);
    const records = await sheet.evaluate(() => window.coffer.ways.list({}));
    expect(records).toMatchObject({ ok: false, error: { code: 'refused' } });
    await lockFromPage();
  },
);

test('this computer is refused with a reason where there is no keyring', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' } });
  await driver.createVault(password);
  await driver.goTo('Ways in');
  await expect(driver.page.getByText('This computer has no keyring that Coffer can use.')).toBeVisible();
  await openWayDialog(driver, 'Change password or factors…');
  await fillWayDialog(driver, {
    current: password,
    factors: [],
    onStep: async (step) => {
      const box = driver.page.getByRole('checkbox', { name: 'This computer', exact: true });
      if (step === 'factors') await expect(box).toBeDisabled();
    },
  });
  const answer = await driver.page.evaluate(async (text) => {
    const typed = () => new TextEncoder().encode(text);
    const listed = await window.coffer.ways.list({});
    const drops = listed.ok ? listed.value.ways.map(({ slot }) => slot) : [];
    const request = { drops, factors: ['this-computer' as const], hasRecovery: true, keepsOlderBackups: false };
    return window.coffer.ways.replace({ ...request, currentPassword: typed(), password: typed() });
  }, password);
  expect(answer).toMatchObject({ ok: false, error: { code: 'not-supported' } });
});

test('with a keyring the vault opens on this computer, and not without it', { tag: '@long' }, async ({ desk }) => {
  test.setTimeout(240_000);
  const keyring = await startKeyring();
  try {
    const driver = await desk.start(keyring);
    await driver.createVault(password);
    const first = await makeRecoveryCode(driver, password);
    await openWayDialog(driver, 'Change password or factors…');
    await fillWayDialog(driver, { current: password, factors: ['This computer'] });
    const sheet = await finishWithSheet(driver);
    const code = await readSheet(sheet);
    expect(code).not.toBe(first);
    await closeSheet(sheet);
    await driver.button('Done').click();
    await driver.lock();
    await driver.unlock(password);
    await driver.button('Lock').waitFor();
    await driver.close();

    const elsewhere = await desk.start({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' } });
    await elsewhere.unlock(password);
    await expect(elsewhere.page.getByRole('alert')).toBeVisible();
    await elsewhere.unlockWithRecoveryCode(code);
    await expect(elsewhere.page.getByRole('heading', { name: 'Choose new ways in' })).toBeVisible();
  } finally {
    await keyring.stop();
  }
});
