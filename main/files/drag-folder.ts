import { type Stats, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { writeFileSafely } from './safe-write';

/** How long dragged files are there, from the moment at which the drag began. */
export const keepDraggedForMs = 60_000;
/** Windows lets nothing be removed that another program has open; it is tried again after this. */
export const retryRemovalAfterMs = 5000;
/** Far more than anybody drags in a minute. */
const mostAtOnce = 20;
/** Begins the name of each folder: a crash leaves no list of them, so the names say whose they are. */
const folderName = /^coffer-drag-([0-9]{1,10})-[A-Za-z0-9]{6}$/;

/** A file to be dragged. */
export interface DraggedFile {
  readonly fileName: string;
  /** Stays the caller's, who wipes it. */
  readonly bytes: Uint8Array;
}

/** Files that lie ready to be dragged. */
export interface Dragged {
  /** Absolute paths, in order. */
  readonly paths: readonly string[];
  /** Removes them, if they are still there. */
  remove(): void;
}

/** What the folders rest on. */
export interface DragFolderDeps {
  /** Where they are made; see {@link dragBase}. */
  readonly base: string;
  /** Where a killed process may have made its own; see {@link dragPlaces}. */
  readonly places: readonly string[];
  /** Wall clock, for the age of what a crash left. */
  readonly nowMs: () => number;
  /** Runs a step after a time; gives what calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** Whether a process with this number runs. */
  readonly isRunning: (pid: number) => boolean;
  readonly pid: number;
}

/** A folder that is there. */
interface Live {
  /** Calls off its removal by time. */
  readonly callOff: () => void;
  /** Whether it should be gone, and could not be removed so far. */
  readonly isOverdue: boolean;
}

/**
 * Private folders for files that are dragged out of the window: one a drag, 0700, with a name that nobody can foresee; files 0600.
 * Each goes a minute after it was made, and all of them with {@link removeAll}; one that can't be removed is tried again until it is
 * gone. Those of a process that was killed go with {@link removeLeftovers}.
 */
export class DragFolder {
  readonly #deps: DragFolderDeps;
  readonly #live = new Map<string, Live>();

  constructor(deps: DragFolderDeps) {
    this.#deps = deps;
  }

  /**
   * Writes files into a new folder. The minute begins now.
   *
   * @throws CofferError `busy` if too many are there; `no-permission`, `disk-full`, `io-failed`. Nothing is left then.
   */
  async write(files: readonly DraggedFile[]): Promise<Dragged> {
    if (this.#live.size >= mostAtOnce) {
      throw new CofferError('busy', say('main-files.drag-too-many-files-were-dragged-in-the'));
    }
    const folder = this.#make();
    const remove = () => this.#remove(folder);
    this.#live.set(folder, { callOff: this.#deps.after(keepDraggedForMs, remove), isOverdue: false });
    try {
      for (const file of files) await writeFileSafely({ ...file, folder, mode: 0o600, replace: false });
      if (this.#live.get(folder)?.isOverdue !== false)
        throw new CofferError('cancelled', say('main-files.drag-the-vault-was-locked-meanwhile'));
    } catch (error) {
      remove();
      throw error;
    }
    return { paths: files.map(({ fileName }) => path.join(folder, fileName)), remove };
  }

  /** Removes every folder of this process at once: at lock, at quit. */
  removeAll(): void {
    for (const folder of [...this.#live.keys()]) this.#remove(folder);
  }

  /**
   * Removes what killed processes left: folders of the user's own, by their name, whose process runs no more, or that are older than
   * a running one leaves any. Links and what belongs to others stay.
   */
  removeLeftovers(): void {
    for (const place of this.#deps.places) this.#removeLeftoversIn(place);
  }

  #removeLeftoversIn(place: string): void {
    const { nowMs, isRunning, pid } = this.#deps;
    for (const name of namesIn(place)) {
      const owner = Number(folderName.exec(name)?.[1] ?? Number.NaN);
      const folder = path.join(place, name);
      if (Number.isNaN(owner) || this.#live.has(folder)) continue;
      const info = lstatSync(folder, { throwIfNoEntry: false });
      if (info === undefined || !isOwnFolder(info)) continue;
      const isOld = nowMs() - info.mtimeMs > 2 * keepDraggedForMs;
      // A number is given out again: that of this process was a killed one's, too.
      if (owner === pid || !isRunning(owner) || isOld) tryToRemove(folder);
    }
  }

  #make(): string {
    const { base, pid } = this.#deps;
    try {
      // 0700 from its creation, under a name that was free.
      return mkdtempSync(path.join(base, `coffer-drag-${pid}-`));
    } catch (error) {
      throw translateFileError(error, say('main-files.folder-for-dragged-files'));
    }
  }

  #remove(folder: string): void {
    const live = this.#live.get(folder);
    // Removed before: the path is nobody's by now.
    if (live === undefined) return;
    live.callOff();
    if (tryToRemove(folder)) this.#live.delete(folder);
    else {
      const callOff = this.#deps.after(retryRemovalAfterMs, () => this.#remove(folder));
      this.#live.set(folder, { callOff, isOverdue: true });
    }
  }
}

/**
 * Where folders for dragged files are made: the user's folder for the running session, which is in memory and goes with it, or else
 * the system's for temporary files.
 *
 * @param runtimeFolder - XDG_RUNTIME_DIR; used if it is what its specification asks for.
 */
export function dragBase(runtimeFolder: string | undefined): string {
  if (runtimeFolder === undefined || !path.isAbsolute(runtimeFolder) || !existsSync(runtimeFolder)) return tmpdir();
  const info = lstatSync(runtimeFolder);
  return isOwnFolder(info) && (info.mode & 0o077) === 0 ? runtimeFolder : tmpdir();
}

/**
 * Where an earlier start may have made its folders, whatever its environment was: {@link dragBase} with this runtime folder, with the one
 * that systemd gives this user, and with none.
 *
 * @param runtimeFolder - XDG_RUNTIME_DIR.
 * @param sessions - Where systemd makes one for each user, by number.
 */
export function dragPlaces(runtimeFolder: string | undefined, sessions = '/run/user'): readonly string[] {
  const usual = process.geteuid === undefined ? undefined : path.join(sessions, String(process.geteuid()));
  return [...new Set([runtimeFolder, usual, undefined].map(dragBase))];
}

/** Whether a process of this number runs, as far as this one may know. */
export function isProcessRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}

function isOwnFolder(info: Stats): boolean {
  // Windows has no user ids; its folder for temporary files is the user's own.
  const isOwn = process.geteuid === undefined || info.uid === process.geteuid();
  return info.isDirectory() && isOwn;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether it is gone. */
function tryToRemove(folder: string): boolean {
  try {
    // Follows no link, neither in place of the folder nor in it.
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    return true;
  } catch {
    return false;
  }
}
