/**
 * `npm test`: set-up, checks, unit tests in Node and in Electron, build, end to end, package. Elsewhere than on Linux a part of that, and a
 * line about the rest. Last line: `N passed, N failed`.
 */
import { ensureBuilt } from './lib/build.mjs';
import { runChecks } from './lib/checks.mjs';
import { resolveElectron } from './lib/electron.mjs';
import { runEndToEnd } from './lib/end-to-end.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { checkPageSize } from './lib/page-size.mjs';
import { closeWith, runStages } from './lib/stages.mjs';
import { main, say } from './lib/steps.mjs';
import { testChoice } from './lib/test-choice.mjs';
import { ensureTestPrograms } from './lib/test-programs.mjs';
import { electronVariables, runVitest } from './lib/unit-tests.mjs';
import { testPackage } from './package/test-package.mjs';

await main(async () => {
  await ensurePackages();
  const electron = await resolveElectron();
  await ensureTestPrograms();
  const { unitTests, isWhole, leftOut } = testChoice(process.platform);
  const stages = [
    { name: 'unit tests in Node', run: () => runVitest(['--project', 'node', '--project', 'renderer', ...unitTests]) },
    {
      name: 'unit tests in Electron',
      run: () => runVitest(['--project', 'electron', ...unitTests], electronVariables(electron)),
    },
    {
      name: 'kills and failing disks',
      ofWhole: true,
      run: () => runVitest(['--project', 'crash'], electronVariables(electron)),
    },
    { name: 'build, and the size of its pages', run: build },
    { name: 'end to end', ofWhole: true, run: () => runEndToEnd(electron, 'short') },
    { name: 'package', run: () => testPackage(electron) },
  ];
  const checked = await runChecks();
  const tested = await runStages(stages.filter(({ ofWhole }) => isWhole || ofWhole !== true));
  if (leftOut !== null) say(leftOut);
  return closeWith(checked, tested);
});

async function build() {
  await ensureBuilt();
  checkPageSize();
  return { passed: 1, failed: 0 };
}
