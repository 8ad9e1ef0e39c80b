import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sayFirst } from '../../preload/words/first';
import { translateFileError } from './file-error';
import type { WriteFile } from './preferences';

const fileName = 'updates.json';

/** What is kept of the check for updates, outside any vault. */
export interface UpdateState {
  /** Off until the user turns it on. */
  readonly isOn: boolean;
  /** When it was last tried, whatever came of it; 0 for never. */
  readonly triedAtMs: number;
}

/** The user's choice about updates, in a file of its own: it is read before anything else, as it decides about the network. */
export class UpdateChoice {
  readonly #folder: string;
  readonly #write: WriteFile;
  #current: UpdateState;

  /** @param folder - The profile; made if it is missing. A file that can't be read counts as "off". */
  constructor(folder: string, write: WriteFile) {
    this.#folder = folder;
    this.#write = write;
    this.#current = read(path.join(folder, fileName));
  }

  /** As it stands. */
  get current(): UpdateState {
    return this.#current;
  }

  /** Changes it and writes the file. Throws CofferError `no-permission`, `disk-full`, `io-failed`. */
  async update(changes: Partial<UpdateState>): Promise<void> {
    this.#current = { ...this.#current, ...changes };
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const bytes = new TextEncoder().encode(`${JSON.stringify(this.#current)}\n`);
      await this.#write({ folder: this.#folder, fileName, bytes });
    } catch (error) {
      throw translateFileError(error, sayFirst('main-first.updates'));
    }
  }
}

function read(file: string): UpdateState {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<keyof UpdateState, unknown>> | null;
    const triedAtMs = typeof stored?.triedAtMs === 'number' ? stored.triedAtMs : 0;
    return { isOn: stored?.isOn === true, triedAtMs };
  } catch {
    return { isOn: false, triedAtMs: 0 };
  }
}
