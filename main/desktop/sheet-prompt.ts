import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { writeFileSafely } from '../files/safe-write';
import type { PromptWindow } from './security-key-prompt';

/** What the recovery sheet says. */
export interface SheetContent {
  /** UTF-8 bytes of the recovery code in groups. */
  readonly code: Uint8Array;
  readonly vaultName: string;
  readonly fileName: string;
  readonly madeAtMs: number;
}

/** The part of the sheet's window that is needed here. */
export interface PrintableWindow extends PromptWindow {
  print(): Promise<void>;
  toPdf(): Promise<Uint8Array>;
}

/** Questions to the user while the sheet is saved. */
export interface SaveQuestions {
  /** Where to: an absolute path, or null to give up. May throw for a place that Coffer must not write to. */
  readonly askWhere: () => Promise<string | null>;
  /** Whether the file that is there may be replaced. */
  readonly askToReplace: (place: { folder: string; name: string }) => Promise<boolean>;
}

/** The window with the recovery sheet; holds the code for as long as it is open. */
export class SheetWindow {
  readonly #window: PrintableWindow;
  #content: SheetContent | null = null;
  #isBusy = false;

  constructor(window: PrintableWindow) {
    this.#window = window;
    window.onClosed(() => this.#forget());
  }

  /**
   * Opens the window; one that is open is closed first.
   *
   * @param content - The code is copied and the copy wiped when the window goes; the caller wipes its own.
   */
  show(content: SheetContent): void {
    this.close();
    this.#content = { ...content, code: new Uint8Array(content.code) };
    this.#window.open();
  }

  /**
   * What the page shows.
   *
   * @returns With a copy of the code, which the caller wipes.
   * @throws CofferError `not-found` if the window is not open.
   */
  content(): SheetContent {
    const content = this.#open();
    return { ...content, code: new Uint8Array(content.code) };
  }

  /**
   * Prints the sheet by the system's dialog.
   *
   * @throws CofferError `busy`, `cancelled`, `io-failed`, `not-found`.
   */
  print(): Promise<void> {
    return this.#alone(() => this.#window.print());
  }

  /**
   * Saves the sheet as a PDF file that only the user can read.
   *
   * @param questions - Asked in the system's dialogs.
   * @returns Where it went; null if the user gave up.
   * @throws CofferError `busy`; `not-found` if the window went meanwhile; what writing throws (`disk-full`, `no-permission`,
   * `io-failed`).
   */
  savePdf({ askWhere, askToReplace }: SaveQuestions): Promise<{ name: string; folder: string } | null> {
    return this.#alone(async () => {
      const shown = this.#open();
      const file = await askWhere();
      if (file === null) return null;
      const place = { folder: path.dirname(file), name: path.basename(file) };
      if (this.#open() !== shown) throw gone();
      const bytes = await this.#window.toPdf();
      const write = (replace: boolean) =>
        writeFileSafely({ folder: place.folder, fileName: place.name, bytes, mode: 0o600, replace });
      try {
        try {
          await write(false);
        } catch (error) {
          if (!(error instanceof CofferError) || error.code !== 'file-exists') throw error;
          if (!(await askToReplace(place))) return null;
          if (this.#open() !== shown) throw gone();
          await write(true);
        }
        return place;
      } finally {
        bytes.fill(0);
      }
    });
  }

  /** Closes the window and wipes the code; also when the vault is locked. */
  close(): void {
    this.#forget();
    this.#window.close();
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#open();
    if (this.#isBusy) throw new CofferError('busy', say('main-desktop.recovery-sheet-it-is-being-printed-or-saved'));
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      this.#isBusy = false;
    }
  }

  #open(): SheetContent {
    if (this.#content === null) throw gone();
    return this.#content;
  }

  #forget(): void {
    this.#content?.code.fill(0);
    this.#content = null;
  }
}

function gone(): CofferError {
  return new CofferError('not-found', say('main-desktop.recovery-sheet-its-window-is-closed'));
}
