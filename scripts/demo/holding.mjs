/** What is over in a second, held while it is looked at. */

/**
 * Begins something whose request is kept from the main process until it was looked at, then lets it go on. Where no screens are taken, it is only
 * begun.
 *
 * @param {object} demo - Driver and report of the running demo.
 * @param {{
 *   name: string,
 *   channel: string,
 *   begin: () => Promise<unknown>,
 *   busy: () => Promise<unknown>,
 *   answers?: Record<string, object>,
 * }} held - Name of the screen; the request; what sends it, and does not wait for its answer; waits until the screen says that it is busy;
 *   what other requests, by their channels, are answered meanwhile.
 */
export async function showHeld({ driver, report }, { name, channel, begin, busy, answers = {} }) {
  if (report.takesScreens) await hold(driver, channel, answers);
  await begin();
  if (!report.takesScreens) return;
  await busy();
  await report.picture(name);
  await driver.app.evaluate(() => /** @type {any} */ (globalThis).letHeldGo());
}

async function hold(driver, channel, answers) {
  await driver.app.evaluate(({ ipcMain }, [held, given]) => {
    // Electron gives no way to put one handler around another.
    const handlers = /** @type {Map<string, Function>} */ (/** @type {any} */ (ipcMain)._invokeHandlers);
    const before = new Map([held, ...Object.keys(given)].map((name) => [name, handlers.get(name)]));
    const released = new Promise((release) => {
      const letHeldGo = () => {
        for (const [name, handler] of before) handlers.set(name, handler);
        release(undefined);
      };
      Object.assign(globalThis, { letHeldGo });
    });
    handlers.set(held, (...call) => released.then(() => before.get(held)(...call)));
    for (const [name, value] of Object.entries(given)) handlers.set(name, () => ({ ok: true, value }));
  }, /** @type {[string, Record<string, object>]} */ ([channel, answers]));
}
