/** Makes the stored vaults of test/vaults that are missing; with --again, all of them. CONTRIBUTING.md says when. */
import path from 'node:path';
import { runnerImport } from 'vite';
import { root } from './lib/steps.mjs';

const folder = path.join(root, 'test/vaults');
/** @type {{module: {makeVaults: (folder: string, isAgain: boolean) => Promise<string[]>}}} */
const { module } = await runnerImport(path.join(folder, 'make.ts'));
const made = await module.makeVaults(folder, process.argv.includes('--again'));
console.log(made.length === 0 ? 'nothing to make' : `made: ${made.join(', ')}`);
