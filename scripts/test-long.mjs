/** `npm run test:long`: heavy volumes, kills, failing disks, and the tests that `npm test` leaves out. Last line: `N passed, N failed`. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { resolveElectron } from './lib/electron.mjs';
import { runEndToEnd } from './lib/end-to-end.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { closeWith, runStages } from './lib/stages.mjs';
import { main, root } from './lib/steps.mjs';
import { ensureTestPrograms } from './lib/test-programs.mjs';
import { electronVariables, runVitest } from './lib/unit-tests.mjs';

// Tests that name this variable repeat what they do in `npm test` with many more cases when it is set.
const scale = 'COFFER_LONG';
const inNode = ['--project', 'node', '--project', 'node-long'];
const patience = ['--testTimeout', '900000'];

await main(async () => {
  await ensurePackages();
  const electron = await resolveElectron();
  await ensureTestPrograms();
  await ensureBuilt();
  const env = { ...electronVariables(electron), [scale]: '1' };
  const scaled = scaledTests();
  const stages = [
    { name: 'long tests', run: () => runVitest(['--project', 'long'], env) },
    { name: 'kills and failing disks', run: () => runVitest(['--project', 'crash'], env) },
    { name: 'unit tests of the main process in Node', run: () => runVitest(['--project', 'node-long']) },
    { name: 'end to end, the other half', run: () => runEndToEnd(electron, 'long') },
  ];
  if (scaled.length > 0) {
    stages.push(
      { name: 'more cases in Node', run: () => runVitest([...inNode, ...patience, ...scaled], env) },
      { name: 'more cases in Electron', run: () => runVitest(['--project', 'electron', ...patience, ...scaled], env) },
    );
  }
  return closeWith(await runStages(stages));
});

function scaledTests() {
  const isScaled = (file) => file.endsWith('.test.ts') && readFileSync(path.join(root, file), 'utf8').includes(scale);
  return readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join('test', name))
    .filter((file) => !['long', 'crash'].some((own) => file.startsWith(path.join('test', own))) && isScaled(file));
}
