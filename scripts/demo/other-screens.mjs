/** Screens that the demo's way does not lead through; for `--screens`. */

/**
 * Opens each of them over the unlocked vault of the demo, and leaves it as it was.
 *
 * @param {object} demo - Driver and report of the running demo.
 */
export async function showOtherScreens({ driver, report }) {
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
    trash: () => driver.goTo('Trash'),
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
    settings: async () => {
      await close();
      await section('Settings');
    },
    activity: () => section('Activity'),
    help: () => section('Help'),
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
    for (const [name, open] of Object.entries(screens)) {
      await open();
      await report.picture(name);
    }
    await close();
    await driver.goTo('All items');
  });
}
