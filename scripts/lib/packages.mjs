/** Installs the npm packages of the lock file, and finds the Node that the tools need. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { StepError, root, runQuietly, say } from './steps.mjs';
import { isStamped, stamp } from './stamp.mjs';

/** Node 24 from the `node` package: Vitest and better-sqlite3 want 22 or newer, the machine's may be 20. */
export const node24 = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Runs `npm ci` if the installed packages are not those of the lock file. */
export async function ensurePackages() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new StepError(`Node ${process.versions.node} is too old`, 'install Node 20 or newer');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stampFile = path.join(root, 'node_modules/.coffer-lock-sha256');
  if (isStamped(stampFile, lock) && existsSync(node24)) return;
  say('installing the packages of package-lock.json (npm ci, about a minute)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await runQuietly(
    [npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm ci',
    'check the connection to the npm registry and free disk space, then try again',
    { shell: process.platform === 'win32' },
  );
  stamp(stampFile, lock);
}
