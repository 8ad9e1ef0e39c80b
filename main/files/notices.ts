import { readFileSync } from 'node:fs';

/** A package that Coffer is made of. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The whole text of its licence. */
  readonly text: string;
}

/**
 * Reads lists that the build made of the packages in it; see `scripts/lib/notices.ts`.
 *
 * @param files - Absolute paths; the packages of one that is not there are left out.
 * @returns Each package once, by name.
 */
export function readNotices(files: readonly string[]): Notice[] {
  const all = files.flatMap(readList);
  const byName = new Map(all.map((notice) => [`${notice.name}@${notice.version}`, notice]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readList(file: string): Notice[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Notice[];
  } catch {
    return [];
  }
}
