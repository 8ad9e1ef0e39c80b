/** `npm start`: does the set-up that is missing, then opens Coffer. `npm start -- my.coffer` opens that vault. */
import path from 'node:path';
import { launchApp, prepareApp } from './lib/app.mjs';
import { hasDisplay } from './lib/display.mjs';
import { main, root, run, say } from './lib/steps.mjs';

const demoFolder = path.join(root, 'demo-out');

await main(async () => {
  if (hasDisplay()) return launchApp(await prepareApp(), process.argv.slice(2));
  say('no display here, so this runs the demo on a virtual one instead');
  const { code } = await run([process.execPath, path.join(root, 'scripts/demo.mjs'), '--out', demoFolder]);
  if (code === 0) say(`pictures: ${path.join(demoFolder, 'screenshots')}`);
  return code;
});
