import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { translateFileError } from './file-error';

/** What the app remembers outside any vault. No secret and no name of a record. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  /** The vault that was open last. */
  readonly lastVaultFile: string | null;
  /** Where the backups of a vault go, by its path; beside it unless the user chose. */
  readonly backupFolders: Readonly<Record<string, string>>;
  /** Whether an icon is wanted on the panel. */
  readonly showsTray: boolean;
  /** Whether the user was told that this desktop shows no such icon. */
  readonly hasToldNoTray: boolean;
  /** Keys that open quick access from anywhere, as Electron names them; empty for none. */
  readonly quickAccessKeys: string;
}

const defaults: Preferences = {
  theme: 'system',
  lastVaultFile: null,
  backupFolders: {},
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

  /** Changes some values and writes the file. Throws CofferError `no-permission`, `disk-full`, `io-failed`. */
  async update(changes: Partial<Preferences>): Promise<void> {
    this.#current = { ...this.#current, ...changes };
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const bytes = new TextEncoder().encode(`${JSON.stringify(this.#current, null, 2)}\n`);
      await this.#write({ folder: this.#folder, fileName, bytes });
    } catch (error) {
      throw translateFileError(error, 'preferences');
    }
  }
}

const fileName = 'preferences.json';

function read(file: string): Preferences {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return defaults;
  }
  if (typeof stored !== 'object' || stored === null) return defaults;
  const theme = 'theme' in stored ? stored.theme : null;
  const lastVaultFile = 'lastVaultFile' in stored ? stored.lastVaultFile : null;
  const folders = 'backupFolders' in stored ? stored.backupFolders : null;
  const keys = 'quickAccessKeys' in stored ? stored.quickAccessKeys : null;
  return {
    showsTray: !('showsTray' in stored && stored.showsTray === false),
    hasToldNoTray: 'hasToldNoTray' in stored && stored.hasToldNoTray === true,
    quickAccessKeys: typeof keys === 'string' ? keys : defaults.quickAccessKeys,
    backupFolders: readFolders(folders),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    lastVaultFile: typeof lastVaultFile === 'string' ? lastVaultFile : null,
  };
}

function readFolders(stored: unknown): Record<string, string> {
  if (typeof stored !== 'object' || stored === null) return {};
  const pairs = Object.entries(stored).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(pairs);
}
