/** Debian packages: installed by root, named to anyone else. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { StepError, run, runQuietly, say } from './steps.mjs';

/** @returns Whether a program is on the PATH or in the system folders that a user's PATH may lack. */
export function hasProgram(name) {
  if (path.isAbsolute(name)) return existsSync(name);
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(path.join(folder, name)));
}

/**
 * Installs Debian packages, or stops with the exact command.
 *
 * @param names - Package names. Nothing happens for an empty list.
 * @param why - What needs them, for the one line that is printed.
 */
export async function ensureDebianPackages(names, why) {
  if (names.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (process.platform !== 'linux' || !hasProgram('apt-get')) {
    throw new StepError(`${why} needs: ${names.join(', ')}`, 'install these with the tools of your system');
  }
  if (process.getuid() !== 0) throw new StepError(`${why} needs Debian packages`, `run: sudo ${command}`);
  say(`installing Debian packages for ${why}: ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const todo = `run it by hand and look at what it says: ${command}`;
  const install = ['apt-get', '-qq', 'install', '-y', '--no-install-recommends', ...names];
  const first = await run(install, { capture: true, env });
  if (first.code === 0) return;
  await runQuietly(['apt-get', '-qq', 'update'], 'apt-get update', 'check the connection to the Debian mirror', {
    env,
  });
  await runQuietly(install, 'apt-get install', todo, { env });
}

/**
 * Installs what is missing of a list of programs.
 *
 * @param table - Program name to Debian package.
 */
export async function ensurePrograms(table, why) {
  const missing = Object.keys(table).filter((program) => !hasProgram(program));
  await ensureDebianPackages([...new Set(missing.map((program) => table[program]))], why);
}
