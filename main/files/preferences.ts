import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sayFirst } from '../../preload/words/first';
import { translateFileError } from './file-error';

/** What a notification may be about. */
export const notificationKinds = ['locked-by-itself', 'clipboard-cleared', 'backup-failed', 'copy-failed'] as const;
/** One of {@link notificationKinds}. */
export type NotificationKind = (typeof notificationKinds)[number];

/** Where the window was, in the system's own units. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Then the rest says where it goes when it is made small again. */
  readonly isMaximised: boolean;
}

/** A vault that was opened on this computer. */
export interface RecentVault {
  readonly file: string;
  /** When it was opened last. */
  readonly atMs: number;
}

/** What the app remembers outside any vault. No secret and no name of a record. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  /** From the one that was open last back; at most {@link maxRecentVaults}. */
  readonly recentVaults: readonly RecentVault[];
  /** Where the backups of a vault go, by its path; beside it unless the user chose. */
  readonly backupFolders: Readonly<Record<string, string>>;
  /** Where they went before, by the vault's path, the last one first. */
  readonly formerBackupFolders: Readonly<Record<string, readonly string[]>>;
  /** Null until there was a window. */
  readonly window: WindowPlace | null;
  readonly zoomPercent: number;
  /** `stay` counts only where there is something to bring the window back by. */
  readonly whenLastWindowCloses: 'quit' | 'stay';
  /** Whether a start at login shows no window. */
  readonly startsHidden: boolean;
  /** What the user asked to be told of. */
  readonly notifications: readonly NotificationKind[];
  /** Whether an icon is wanted on the panel. */
  readonly showsTray: boolean;
  /** Whether the user was told that this desktop shows no such icon. */
  readonly hasToldNoTray: boolean;
  /** Keys that open quick access from anywhere, as Electron names them; empty for none. */
  readonly quickAccessKeys: string;
}

/** How many vaults are remembered. */
export const maxRecentVaults = 10;
/** Bounds of the zoom. */
export const zoomLimits = { min: 50, max: 300 } as const;

const defaults: Preferences = {
  theme: 'system',
  recentVaults: [],
  backupFolders: {},
  formerBackupFolders: {},
  window: null,
  zoomPercent: 100,
  whenLastWindowCloses: 'quit',
  startsHidden: false,
  notifications: [],
  showsTray: true,
  hasToldNoTray: false,
  quickAccessKeys: 'CommandOrControl+Shift+Space',
};

/** Writes a whole file atomically; see `safe-write.ts`. */
export type WriteFile = (request: { folder: string; fileName: string; bytes: Uint8Array }) => Promise<void>;

/** The preferences file of a profile. */
export class PreferencesFile {
  readonly #folder: string;
  readonly #write: WriteFile;
  #current: Preferences;
  #writing: Promise<void> | null = null;

  /** @param folder - The profile; made if it is missing. A file that can't be read counts as absent. */
  constructor(folder: string, write: WriteFile) {
    this.#folder = folder;
    this.#write = write;
    this.#current = read(path.join(folder, fileName));
  }

  /** Values as they stand. */
  get current(): Preferences {
    return this.#current;
  }

  /** What is on its way to the disk; null if all is there. Never rejects. */
  get writing(): Promise<void> | null {
    return this.#writing;
  }

  /** Changes some values and writes the file. Throws CofferError `no-permission`, `disk-full`, `io-failed`. */
  async update(changes: Partial<Preferences>): Promise<void> {
    this.#current = { ...this.#current, ...changes };
    // One after the other: the last to be asked for is the last to be written, with all that came before in it.
    const own = (this.#writing ?? Promise.resolve()).then(() => this.#save());
    const settled: Promise<void> = own
      .catch(() => undefined)
      .finally(() => {
        if (this.#writing === settled) this.#writing = null;
      });
    this.#writing = settled;
    await own;
  }

  async #save(): Promise<void> {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const bytes = new TextEncoder().encode(`${JSON.stringify(this.#current, null, 2)}\n`);
      await this.#write({ folder: this.#folder, fileName, bytes });
    } catch (error) {
      throw translateFileError(error, sayFirst('main-first.preferences'));
    }
  }
}

const fileName = 'preferences.json';
const isText = (value: unknown) => typeof value === 'string';
const isWhole = (value: unknown) => Number.isSafeInteger(value);

function read(file: string): Preferences {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return defaults;
  }
  const stored = membersOf(parsed);
  return {
    theme: oneOf(['system', 'light', 'dark'], stored['theme']) ?? defaults.theme,
    recentVaults: readRecent(stored['recentVaults']),
    backupFolders: readFolders(stored['backupFolders']),
    formerBackupFolders: readFormer(stored['formerBackupFolders']),
    window: readPlace(stored['window']),
    zoomPercent: readZoom(stored['zoomPercent']),
    whenLastWindowCloses: oneOf(['quit', 'stay'], stored['whenLastWindowCloses']) ?? defaults.whenLastWindowCloses,
    startsHidden: stored['startsHidden'] === true,
    notifications: notificationKinds.filter((kind) => listOf(stored['notifications']).includes(kind)),
    showsTray: stored['showsTray'] !== false,
    hasToldNoTray: stored['hasToldNoTray'] === true,
    quickAccessKeys:
      typeof stored['quickAccessKeys'] === 'string' ? stored['quickAccessKeys'] : defaults.quickAccessKeys,
  };
}

/** Members of an object of the file; none of anything else. */
function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | null {
  return known.find((one) => one === value) ?? null;
}

function readRecent(stored: unknown): RecentVault[] {
  return listOf(stored)
    .map(membersOf)
    .filter((entry): entry is { file: string; atMs: number } => isText(entry['file']) && isWhole(entry['atMs']))
    .map(({ file, atMs }) => ({ file, atMs }))
    .slice(0, maxRecentVaults);
}

function readFolders(stored: unknown): Record<string, string> {
  const pairs = Object.entries(membersOf(stored)).filter((pair): pair is [string, string] => isText(pair[1]));
  return Object.fromEntries(pairs);
}

function readFormer(stored: unknown): Record<string, readonly string[]> {
  const pairs = Object.entries(membersOf(stored)).filter(
    ([, folders]) => Array.isArray(folders) && folders.every(isText),
  );
  return Object.fromEntries(pairs) as Record<string, readonly string[]>;
}

function readPlace(stored: unknown): WindowPlace | null {
  const { x, y, width, height, isMaximised } = membersOf(stored) as Partial<WindowPlace>;
  const numbers = { x, y, width, height };
  if (!Object.values(numbers).every(isWhole)) return null;
  return { ...(numbers as Record<keyof typeof numbers, number>), isMaximised: isMaximised === true };
}

function readZoom(stored: unknown): number {
  const isFit = isWhole(stored) && Number(stored) >= zoomLimits.min && Number(stored) <= zoomLimits.max;
  return isFit ? Number(stored) : defaults.zoomPercent;
}
