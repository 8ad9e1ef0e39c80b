import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeThrowAwayUser } from './throw-away-user';

/** The app where a user without any rights can run it, and a program that starts it as that user. */
export interface UserApp {
  /** Belongs to the user. */
  readonly folder: string;
  readonly appFolder: string;
  /** Starts Electron as the user; takes Electron's arguments. */
  readonly launcher: string;
  /** Whether this machine lets the user make a user namespace, which Chromium's sandbox is made of. */
  readonly hasNamespaces: boolean;
  readonly remove: () => void;
}

/**
 * Copies runtime and app out of a checkout that only root may read, and makes a launcher for a user without any rights.
 *
 * @param electron - The Electron under test.
 * @param root - The built project.
 */
export function prepareUserApp(electron: string, root: string): UserApp {
  const { folder, home, prefix, hasNamespaces, remove } = makeThrowAwayUser();
  const appFolder = path.join(folder, 'app');
  const runtime = path.join(folder, 'runtime');
  execFileSync('cp', ['-a', path.dirname(electron), runtime]);
  copyApp(root, appFolder);
  const launcher = path.join(folder, 'launch');
  writeFileSync(
    launcher,
    `#!/bin/sh\nexec ${[...prefix, path.join(runtime, path.basename(electron))].join(' ')} "$@"\n`,
  );
  chmodSync(launcher, 0o755);
  return { folder: home, appFolder, launcher, hasNamespaces, remove };
}

/** The built app with the packages that it needs at run time: those that the lock file does not mark as for development. */
function copyApp(root: string, target: string): void {
  for (const part of ['out', 'package.json'])
    cpSync(path.join(root, part), path.join(target, part), { recursive: true });
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  for (const [name, { dev, devOptional }] of Object.entries(lock.packages)) {
    if (name === '' || dev === true || devOptional === true) continue;
    cpSync(path.join(root, name), path.join(target, name), { recursive: true });
  }
}
