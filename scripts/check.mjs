/** `npm run check`: everything about the source that needs no test run. */
import { checks } from './lib/checks.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { closeWith, runStages } from './lib/stages.mjs';
import { main } from './lib/steps.mjs';

await main(async () => {
  await ensurePackages();
  return closeWith(await runStages(checks));
});
