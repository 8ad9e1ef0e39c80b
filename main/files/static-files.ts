import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The files of a folder as they were when this was made: a fixed map, so that no path is ever made from a request. */
export class StaticFiles {
  readonly #files = new Map<string, string>();

  /** @param folder - Listed once, with its subfolders. */
  constructor(folder: string) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile()) this.#files.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, file);
    }
  }

  /**
   * Reads a file.
   *
   * @param name - Path below the folder, with `/` before each part.
   * @returns Null for a name that is not in the map.
   */
  read(name: string): Uint8Array<ArrayBuffer> | null {
    const file = this.#files.get(name);
    return file === undefined ? null : new Uint8Array(readFileSync(file));
  }
}
