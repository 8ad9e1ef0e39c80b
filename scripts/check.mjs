/** `npm run check`: everything about the source that needs no test run. */
import { runChecks } from './lib/checks.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { closeWith } from './lib/stages.mjs';
import { main } from './lib/steps.mjs';

await main(async () => {
  await ensurePackages();
  return closeWith(await runChecks());
});
