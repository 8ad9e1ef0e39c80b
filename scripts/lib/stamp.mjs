/** Remembers what a step was last done for, so that a step with nothing to do is skipped. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @returns A hash over the paths, sizes and change times of all files below the given ones. */
export function fingerprintOf(paths) {
  const hash = createHash('sha256');
  const visit = (file) => {
    const info = statSync(file, { throwIfNoEntry: false });
    if (info === undefined) return;
    if (info.isDirectory()) for (const name of readdirSync(file).sort()) visit(path.join(file, name));
    else hash.update(`${file}\0${info.size}\0${info.mtimeMs}\n`);
  };
  for (const file of paths) visit(file);
  return hash.digest('hex');
}

/** @returns Whether the stamp file holds this value. */
export function isStamped(file, value) {
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

/** Writes the value to the stamp file. */
export function stamp(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, value);
}
