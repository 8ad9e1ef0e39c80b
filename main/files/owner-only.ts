import { execFile } from 'node:child_process';
import { win32 } from 'node:path';
import { promisify } from 'node:util';
import { sayFirst } from '../../preload/words/first';
import { CofferError } from '../errors';

/** Runs a program without a shell; rejects unless it ends with 0. */
export type RunCommand = (program: string, args: readonly string[]) => Promise<unknown>;

/** What depends on the operating system, handed in so that each system's way is tested on any. */
export interface FileSystemHost {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly runCommand: RunCommand;
}

/** The computer that Coffer runs on. */
export const thisHost: FileSystemHost = {
  platform: process.platform,
  environment: process.env,
  runCommand: run,
};

/**
 * On Windows, takes a file's inherited permissions away and gives the user alone full control; elsewhere the file's mode does
 * that, and nothing is done. Call it while the file is empty.
 *
 * @param path - The file.
 * @param host - Where it lies.
 * @throws CofferError `no-permission` if Windows refuses; the file must not be used then.
 * @see Microsoft Learn, icacls.
 */
export async function restrictToOwner(path: string, host: FileSystemHost): Promise<void> {
  if (host.platform !== 'win32') return;
  const { SystemRoot: systemRoot = 'C:\\Windows', USERDOMAIN: domain, USERNAME: user } = host.environment;
  if (user === undefined || user === '') {
    throw new CofferError('no-permission', sayFirst('main-first.file-windows-does-not-say-who-the-user'));
  }
  const account = domain === undefined || domain === '' ? user : `${domain}\\${user}`;
  // By its full path, so that no program of that name elsewhere is run.
  const icacls = win32.join(systemRoot, 'System32', 'icacls.exe');
  try {
    await host.runCommand(icacls, [path, '/inheritance:r', '/grant:r', `${account}:F`, '/q']);
  } catch {
    throw new CofferError('no-permission', sayFirst('main-first.file-windows-did-not-let-it-be-made'));
  }
}

function run(program: string, args: readonly string[]): Promise<unknown> {
  return promisify(execFile)(program, [...args], { windowsHide: true, timeout: 10_000 });
}
