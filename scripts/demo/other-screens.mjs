/** Places and dialogs that the demo's way does not lead through; for `--screens`. */
import { showHeld } from './holding.mjs';

const pastedKey = `AWSAccessKeyId=AKIAQNZGKIQY56JQ7WMZ\nAWSSecretKey=${'c'.repeat(40)}\n`;

/**
 * Opens each of them over the unlocked vault of the demo, and leaves it as it was.
 *
 * @param {object} demo - Driver and report of the running demo.
 */
export async function showOtherScreens(demo) {
  const { driver, report } = demo;
  const { page } = driver;
  const close = () => page.keyboard.press('Escape');
  const heading = (name) => page.getByRole('heading', { name, exact: true }).first().waitFor();
  const section = async (name) => {
    await driver.goTo(name);
    await heading(name);
  };
  const screens = {
    list: () => driver.goTo('All items'),
    favourites: () => driver.goTo('Favourites'),
    health: async () => {
      await section('Health');
      await page.getByText('to look at').or(page.getByText('Nothing to mend')).waitFor();
    },
    guide: () => driver.goTo('Guide'),
    'guide-nothing-found': async () => {
      await driver.field('Find a task').fill('no such thing');
      await page.getByText('No task has these words.').waitFor();
    },
    'guide-task': async () => {
      await driver.field('Find a task').fill('');
      await driver.button('Log in to a Linux instance by SSH').click();
      await driver.button('All tasks').waitFor();
    },
    'nothing-found': async () => {
      await driver.goTo('All items');
      await page.getByRole('searchbox', { name: 'Search' }).fill('no such thing');
      await page.getByText('Nothing found').waitFor();
    },
    'new-menu': async () => {
      await page.getByRole('searchbox', { name: 'Search' }).fill('');
      await driver.button('New').click();
      await page.getByRole('menu').waitFor();
    },
    'filter-menu': async () => {
      await close();
      await driver.button('Filter').click();
      await page.getByRole('menu').waitFor();
    },
    several: async () => {
      await close();
      await driver.button('Select several').click();
      await page.getByRole('option').first().click();
      await page.getByText('1 item selected').waitFor();
    },
    import: async () => {
      await driver.button('Select several').click();
      await driver.button('Import…').click();
      await page.getByRole('dialog').waitFor();
    },
    'import-found': async () => {
      await driver.button('Paste text').click();
      await driver.field('Text').fill(pastedKey);
      await driver.button('Look at it').click();
      await page.getByRole('list', { name: 'Found' }).getByRole('listitem').waitFor();
    },
    'import-done': async () => {
      await showHeld(demo, {
        name: 'import-running',
        channel: 'import:run',
        begin: () => driver.button('Import 1').click(),
        busy: () => page.getByRole('progressbar').waitFor(),
        answers: { 'import:progress': { step: 'importing', done: 12, total: 40 } },
      });
      await driver.button('Done').waitFor();
    },
    settings: async () => {
      await driver.button('Done').click();
      await section('Settings');
    },
    activity: () => section('Activity'),
    'activity-nothing-found': async () => {
      await page.getByRole('searchbox', { name: 'Search activity' }).fill('no such thing');
      await page.getByText('Nothing that was done fits.').waitFor();
    },
    'activity-search': () => page.getByRole('searchbox', { name: 'Search activity' }).fill('demo account'),
    'activity-forget': () => driver.button('Forget').click(),
    'activity-question': async () => {
      await page.getByRole('menuitem', { name: 'All of it…' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
    help: async () => {
      await close();
      await section('Help');
    },
    commands: async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
    shortcuts: async () => {
      await close();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
    about: async () => {
      await close();
      await section('Settings');
      await driver.button('Versions and licences').click();
      await page.getByRole('dialog').waitFor();
    },
  };
  await report.step('show the screens beside the way', async () => {
    await report.pictures(screens);
    await close();
    await driver.goTo('All items');
  });
}
