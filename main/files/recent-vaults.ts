import { access } from 'node:fs/promises';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { type Preferences, type RecentVault, maxRecentVaults } from './preferences';
import { isSameFile } from './same-file';

/** A remembered vault as the page sees it. */
export interface RecentRow {
  /** Stands for its path, which does not cross the bridge. Good for as long as the app runs. */
  readonly id: number;
  /** File name without its ending. */
  readonly name: string;
  /** Folder, the home folder as `~`. */
  readonly folder: string;
  readonly atMs: number;
  /** Whether it is the one that the app is at. */
  readonly isChosen: boolean;
  readonly isThere: boolean;
}

/** What the list rests on. */
export interface RecentDeps {
  readonly preferences: { readonly current: Preferences; update(changes: Partial<Preferences>): Promise<void> };
  readonly home: string;
  readonly nowMs: () => number;
}

/** The vaults that were opened last on this computer. */
export class RecentVaults {
  readonly #deps: RecentDeps;
  readonly #paths: string[] = [];
  /** What was taken out last, and its place in the list; null if nothing was, or it is back. */
  #forgotten: { readonly known: RecentVault; readonly place: number } | null = null;

  constructor(deps: RecentDeps) {
    this.#deps = deps;
  }

  /**
   * From the one that was open last back. Looks for each, without opening it or holding up the app.
   *
   * @param chosen - The one that the app is at.
   */
  async list(chosen: string | null): Promise<RecentRow[]> {
    return await Promise.all(
      this.#stored.map(async ({ file, atMs }) => ({
        id: this.#idOf(file),
        name: path.basename(file).replace(/\.coffer$/i, ''),
        folder: shortened(path.dirname(file), this.#deps.home),
        atMs,
        isChosen: file === chosen,
        isThere: await isThereNow(file),
      })),
    );
  }

  /** Remembers that a vault was opened. Throws what writing the preferences throws. */
  async note(file: string): Promise<void> {
    const others = this.#stored.filter((known) => known.file !== file && !isSameFile(known.file, file));
    const first = { file, atMs: this.#deps.nowMs() };
    await this.#keep([first, ...others].slice(0, maxRecentVaults));
  }

  /**
   * The path behind an id.
   *
   * @throws CofferError `not-found` if it is not in the list any more.
   */
  fileOf(id: number): string {
    const file = this.#paths[id];
    if (file === undefined || !this.#stored.some((known) => known.file === file)) {
      throw new CofferError('not-found', say('main-files.recent-vault-it-is-not-in-the-list'));
    }
    return file;
  }

  /** Takes a vault out of the list; its file stays. Throws `not-found`, and what writing the preferences throws. */
  async forget(id: number): Promise<void> {
    const file = this.fileOf(id);
    const place = this.#stored.findIndex((known) => known.file === file);
    const known = this.#stored[place];
    await this.#keep(this.#stored.filter((other) => other.file !== file));
    if (known !== undefined) this.#forgotten = { known, place };
  }

  /**
   * Puts the vault that was taken out last back where it was. Nothing happens if it was opened meanwhile.
   *
   * @throws CofferError `not-found` if it is not that one; and what writing the preferences throws.
   */
  async putBack(id: number): Promise<void> {
    const forgotten = this.#forgotten;
    if (forgotten === null || this.#paths[id] !== forgotten.known.file) {
      throw new CofferError('not-found', say('main-files.recent-vault-not-just-taken-out'));
    }
    const { known, place } = forgotten;
    this.#forgotten = null;
    if (this.#stored.some(({ file }) => file === known.file)) return;
    const rows = [...this.#stored.slice(0, place), known, ...this.#stored.slice(place)];
    await this.#keep(rows.slice(0, maxRecentVaults));
  }

  get #stored(): readonly RecentVault[] {
    return this.#deps.preferences.current.recentVaults;
  }

  async #keep(recentVaults: readonly RecentVault[]): Promise<void> {
    await this.#deps.preferences.update({ recentVaults });
  }

  #idOf(file: string): number {
    const known = this.#paths.indexOf(file);
    return known === -1 ? this.#paths.push(file) - 1 : known;
  }
}

function shortened(folder: string, home: string): string {
  if (folder === home) return '~';
  return folder.startsWith(home + path.sep) ? `~${folder.slice(home.length)}` : folder;
}

async function isThereNow(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
