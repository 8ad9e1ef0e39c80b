/** `npm run package`: the package as a folder, made with the Electron that runs here, looked through, and driven with real keys. */
import { prepareApp } from './lib/app.mjs';
import { main } from './lib/steps.mjs';
import { testPackage } from './package/test-package.mjs';

await main(async () => {
  const { failed } = await testPackage(await prepareApp());
  return failed === 0 ? 0 : 1;
});
