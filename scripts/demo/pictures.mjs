/** Pictures at other sizes and in other colours than the demo's own; none where the report takes all of them anyway. */

/**
 * Takes the page as the smallest window shows it, and goes back to the size of before.
 *
 * @param {object} demo - Driver and report of the running demo.
 * @param {string} name - Part of the file's name.
 */
export async function showSmall({ driver, report }, name) {
  if (report.takesScreens) return;
  await driver.resize(720, 480);
  await report.picture(`${name}-small`);
  await driver.resize(1280, 800);
}

/**
 * Takes the page in dark colours.
 *
 * @param {object} demo - Driver and report of the running demo.
 * @param {string} name - Part of the file's name.
 */
export async function showDark({ driver, report }, name) {
  if (report.takesScreens) return;
  await driver.page.emulateMedia({ colorScheme: 'dark' });
  await report.picture(`${name}-dark`);
  await driver.page.emulateMedia({ colorScheme: null });
}
