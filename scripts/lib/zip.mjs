/** Unpacks a zip file. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * @param file - The zip file.
 * @param folder - Where entries go; an entry that would leave it is refused (by yauzl).
 * @param rename - Entry name to the path below the folder, or null to skip it.
 */
export async function unzip(file, folder, rename) {
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(file, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = rename(entry.fileName);
      if (name === null || entry.fileName.endsWith('/')) continue;
      const target = path.join(folder, name);
      await mkdir(path.dirname(target), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode: mode || 0o644 }));
    }
  } finally {
    zip.close();
  }
}
