import { type ElectronApplication, _electron } from '@playwright/test';

const mostTries = 20;
const pauseMs = 150;

/**
 * Starts Electron under Playwright. What a test asks the main process is asked again where the app collected its garbage meanwhile,
 * and with it the promise by which Playwright waits; so a test asks only what may be done twice.
 *
 * @param options - As Playwright has them.
 */
export async function launchPatiently(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  const app = await _electron.launch(options);
  const evaluate = app.evaluate.bind(app) as (...args: unknown[]) => Promise<unknown>;
  const patient = async (...args: unknown[]): Promise<unknown> => {
    for (let tries = 1; ; tries++) {
      try {
        return await evaluate(...args);
      } catch (error) {
        if (tries === mostTries || !String(error).includes('garbage collected')) throw error;
        // While Coffer starts and warms up, one collection follows another.
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  };
  return Object.assign(app, { evaluate: patient as ElectronApplication['evaluate'] });
}
