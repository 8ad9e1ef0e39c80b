/** `npm run dev`: the app with hot reload of the view, and a restart when the main process changes; all parts of the view at /parts. */
import { launchFlags, resolveElectron } from './lib/electron.mjs';
import { electronVite } from './lib/build.mjs';
import { hasDisplay } from './lib/display.mjs';
import { ensurePackages, node24 } from './lib/packages.mjs';
import { StepError, main, run } from './lib/steps.mjs';

await main(async () => {
  await ensurePackages();
  const electron = await resolveElectron();
  if (!hasDisplay()) throw new StepError('no display here', 'set DISPLAY, or use `npm run demo`');
  console.log('All parts in all their states: http://localhost:5183/parts, in any browser');
  const env = { ...process.env, ...electron.env, ELECTRON_EXEC_PATH: electron.program };
  const { code } = await run(
    [node24, electronVite, 'dev', '--watch', '--', ...launchFlags(), ...process.argv.slice(2)],
    { env },
  );
  return code;
});
