import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { type Page, expect } from '@playwright/test';
import { Authenticator } from '../support/authenticator';
import { closeSheet } from '../support/ways-driver';
import { readClipboard } from '../support/x-clipboard';
import { password, test } from './support';

// As a screen reader finds things: nothing here looks at the page's markup.
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const passwordField = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
const said = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const secretName = 'Secret for the authenticator app';

test(
  'from an empty profile to an exported key and a vault opened with a code, by roles and names alone',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(240_000);
    const driver = await desk.start({ vaultFile: null });
    let { page } = driver;

    await heading(page, 'Coffer').waitFor();
    await button(page, 'New vault…').click();
    await driver.answerFileDialog('Where to keep the new vault', desk.vaultFile);
    await heading(page, 'New vault “test”').waitFor();
    await passwordField(page, 'Password').fill('short');
    await passwordField(page, 'Repeat password').fill('short');
    await button(page, 'Create vault').click();
    await expect(page.getByRole('alert')).toContainText('at least 12 characters');
    await passwordField(page, 'Password').fill(password);
    await passwordField(page, 'Repeat password').fill(password);
    await button(page, 'Create vault').click();
    await heading(page, 'This vault is empty').waitFor();

    const sections = page.getByRole('navigation', { name: 'Sections' });
    await sections.getByRole('button', { name: 'Ways in', exact: true }).click();
    await expect(sections.getByRole('button', { name: 'Ways in' })).toHaveAttribute('aria-current', 'page');
    await button(page, 'Change password or factors…').click();
    const change = page.getByRole('dialog', { name: 'Change password or factors' });
    await change.getByLabel('Current password', { exact: true }).fill(password);
    await button(page, 'Next').click();
    await change.getByRole('checkbox', { name: 'Code from an authenticator app' }).check();
    await button(page, 'Next').click();
    await expect(change.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
    const authenticator = new Authenticator(await change.getByRole('group', { name: secretName }).innerText());
    const [first, second] = authenticator.lastTwo();
    await field(page, 'Code that is shown now').fill(first);
    await field(page, 'The next one').fill(second);
    await button(page, 'Check the codes').click();
    const sheet = await driver.otherWindow(() => button(page, 'Change now').click());
    await expect(sheet.getByRole('region', { name: 'Recovery code' })).toContainText(/\w{4}/);
    await expect(sheet.getByRole('status')).toContainText('Shown only now');
    await closeSheet(sheet);
    await expect(change.getByRole('status')).toContainText('The vault opens only with the new ways in');
    await button(page, 'Done').click();

    await sections.getByRole('button', { name: 'All items', exact: true }).click();
    await button(page, 'New').click();
    await page.getByRole('menuitem', { name: 'EC2 key pair', exact: true }).click();
    const generate = page.getByRole('dialog', { name: 'Generate key pair' });
    await generate.getByRole('textbox', { name: 'Name', exact: true }).fill('Web server');
    await generate.getByRole('group', { name: 'Type' }).getByRole('radio', { name: 'Ed25519' }).check();
    await button(page, 'Generate').click();
    await heading(page, 'Web server').waitFor();
    const row = page.getByRole('listbox', { name: 'Items' }).getByRole('option', { name: 'Web server' });
    await expect(row).toHaveAttribute('aria-selected', 'true');

    await button(page, 'Export…').click();
    const exporting = page.getByRole('dialog', { name: 'Export' });
    const file = path.join(desk.folder, 'home', 'web-server.pem');
    await exporting.getByRole('button', { name: 'Export', exact: true }).click();
    await driver.answerFileDialog('Export a secret', file);
    await expect(page.getByRole('dialog', { name: 'Exported' }).getByRole('status')).toContainText('web-server.pem');
    await button(page, 'Done').click();
    const line = execFileSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' }).trim();

    // A secret is said to be hidden, by which name it is revealed, and is read under its name.
    const details = page.getByRole('region', { name: 'Details' });
    await expect(details.getByRole('term').filter({ hasText: 'Private key' })).toHaveCount(1);
    const hidden = details.getByRole('img', { name: 'Hidden', exact: true });
    const shown = details.getByRole('group', { name: 'Private key', exact: true });
    await expect(hidden).toBeVisible();
    await expect(shown).toHaveCount(0);
    await expect(button(page, 'Reveal')).toHaveAccessibleDescription('Private key');
    await button(page, 'Reveal').click();
    await expect(shown).toContainText('BEGIN OPENSSH PRIVATE KEY');
    await expect(said(page, 'Private key is shown')).toHaveCount(1);
    await expect(hidden).toHaveCount(0);
    await button(page, 'Hide').click();
    await expect(hidden).toBeVisible();
    await expect(shown).toHaveCount(0);
    await expect(said(page, 'Private key is hidden')).toHaveCount(1);

    await button(page, 'Copy Public key').click();
    await expect(said(page, 'Copied. Not secret, so it stays there')).toBeVisible();
    expect(readClipboard()).toContain(line);

    await button(page, 'New').click();
    await page.getByRole('menuitem', { name: 'Sign-in', exact: true }).click();
    await field(page, 'Name').fill('Root');
    await field(page, 'E-mail address').fill('owner@example.com');
    await passwordField(page, 'Password').fill('Tr0ub4dor&3');
    await button(page, 'Save').click();
    await heading(page, 'Root').waitFor();
    await button(page, 'Copy Password').click();
    await expect(said(page, 'Copied. It is cleared again by itself')).toBeVisible();
    expect(readClipboard()).toBe('Tr0ub4dor&3');
    await page.getByRole('region', { name: 'Clipboard' }).getByRole('button', { name: 'Clear now' }).click();
    await expect(said(page, 'Clipboard cleared')).toBeVisible();
    expect(readClipboard()).toBe(null);

    await driver.whileLocking(() => button(page, 'Lock').click());
    ({ page } = driver);
    await expect(said(page, 'The vault is locked.')).toHaveCount(1);
    await passwordField(page, 'Password').fill(password);
    await field(page, 'Code').fill('000');
    await button(page, 'Unlock').click();
    await expect(page.getByRole('alert')).toContainText('Type the six digits');
    await field(page, 'Code').fill(await authenticator.nextCode());
    await passwordField(page, 'Password').fill(password);
    await button(page, 'Unlock').click();
    await page.getByRole('option', { name: 'Web server' }).click();
    await heading(page, 'Web server').waitFor();
    await expect(page.getByRole('region', { name: 'Details' }).getByRole('img', { name: 'Hidden' })).toBeVisible();
  },
);
