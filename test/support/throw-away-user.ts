import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A user without any rights, and a place for what that user runs. */
export interface ThrowAwayUser {
  /** Everybody may read it: for the program. */
  readonly folder: string;
  /** Belongs to the user. */
  readonly home: string;
  /** What to put before a command, so that it runs as the user. */
  readonly prefix: readonly string[];
  /** Whether this machine lets the user make a user namespace, which Chromium's sandbox is made of. */
  readonly hasNamespaces: boolean;
  readonly remove: () => void;
}

/**
 * Makes a user who has no account, only a number that nobody else has. Tests that do not run as root are an ordinary user's
 * already: then nothing changes but the folder.
 */
export function makeThrowAwayUser(): ThrowAwayUser {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-user-'));
  const home = path.join(folder, 'home');
  mkdirSync(home);
  const isRoot = process.getuid?.() === 0;
  const id = 2_000_000 + process.pid;
  if (isRoot) for (const owned of [folder, home]) chownSync(owned, id, id);
  chmodSync(folder, 0o755);
  const prefix = isRoot ? ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--'] : [];
  const probe = spawnSync('env', [...prefix, 'unshare', '--user', 'true']);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { folder, home, prefix, hasNamespaces: probe.status === 0, remove };
}
