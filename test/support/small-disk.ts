import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Mounts a disk of its own with little room.
 *
 * @returns What takes it away again.
 */
export async function mountSmallDisk(folder: string, kibibytes: number): Promise<() => Promise<void>> {
  await mkdir(folder);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k,mode=0777`, 'tmpfs', folder]);
  } catch (cause) {
    throw new Error('the full-disk tests mount a small tmpfs and must run as root with the right to mount', { cause });
  }
  return async () => {
    await run('umount', [folder]);
  };
}
