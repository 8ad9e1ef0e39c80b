/** `npm run build`: the app's files into out/. */
import { ensureBuilt } from './lib/build.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { main } from './lib/steps.mjs';

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
});
