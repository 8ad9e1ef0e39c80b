/** The checks of the source that `npm run check` and `npm test` run. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { findLongFiles, maxLines } from './long-files.mjs';
import { node24 } from './packages.mjs';
import { runStages } from './stages.mjs';
import { root, run } from './steps.mjs';

/** Lint reads each component as TypeScript once, and not anew for every other: a fifth of the time for components. */
const quickLint = { SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK: '1' };

/**
 * The longest first, as they run beside each other.
 *
 * @type {import('./stages.mjs').Stage[]}
 */
const checks = [
  tool('lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']),
  tool('types of the components', 'svelte-check/bin/svelte-check', [
    ...['--tsconfig', 'tsconfig.json', '--output', 'human', '--fail-on-warnings'],
  ]),
  tool('types', 'typescript/bin/tsc', ['--noEmit', '-p', '.']),
  tool('types of the scripts', 'typescript/bin/tsc', ['--noEmit', '-p', 'scripts']),
  tool('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  tool('layering', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
    ...['main', 'preload', 'renderer', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
  ]),
  tool('unused files, exports and packages', 'knip/bin/knip.js', ['--no-progress', '--treat-config-hints-as-errors']),
  { name: `no file over ${maxLines} lines`, run: checkLengths },
];

/** Runs all of them, one on each core. @returns {Promise<import('./stages.mjs').Sums>} How many passed and failed. */
export function runChecks() {
  return runStages(checks, availableParallelism());
}

/**
 * @param {string} name - Shown on the stage's line.
 * @param {string} program - Below node_modules.
 * @param {string[]} args - The program's arguments.
 */
function tool(name, program, args) {
  return {
    name,
    run: async () => {
      const command = [node24, path.join(root, 'node_modules', program), ...args];
      const { code, output } = await run(command, {
        capture: true,
        env: { ...process.env, NO_COLOR: '1', ...quickLint },
      });
      return { passed: Number(code === 0), failed: Number(code !== 0), details: output };
    },
  };
}

async function checkLengths() {
  const long = findLongFiles(root);
  const details = long.map(({ file, lines }) => `${file}: ${lines} lines; split it by subject`).join('\n');
  return { passed: Number(long.length === 0), failed: Number(long.length > 0), details };
}
