/** `npm start`: does the set-up that is missing, then opens Coffer. `npm start -- my.coffer` opens that vault. */
import path from 'node:path';
import { launchApp, prepareApp } from './lib/app.mjs';
import { hasDisplay } from './lib/display.mjs';
import { main, root, run, say } from './lib/steps.mjs';

await main(async () => {
  const electron = await prepareApp();
  if (hasDisplay()) return launchApp(electron, process.argv.slice(2));
  say('no display here, so this runs the demo on a virtual one instead');
  const { code } = await run([process.execPath, path.join(root, 'scripts/demo.mjs')]);
  if (code === 0) say(`pictures: ${path.join(root, 'demo-out/screenshots')}`);
  return code;
});
