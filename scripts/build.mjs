/** `npm run build`: the app's files into out/, and the size of its pages. */
import { ensureBuilt } from './lib/build.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { checkPageSize } from './lib/page-size.mjs';
import { main } from './lib/steps.mjs';

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
  checkPageSize();
});
