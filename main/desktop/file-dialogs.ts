import path from 'node:path';
import { type BaseWindow, dialog } from 'electron';
import { say } from '../../preload/words/say';

/** Most files that a question names. */
const mostNames = 10;

/** The window that dialogs belong to; they are not shown while it is not open. */
export interface DialogOwner {
  readonly native: BaseWindow | null;
}

/** What the user is asked for. */
export interface FileQuestion {
  readonly title: string;
  /** Text of the button that accepts. */
  readonly buttonLabel: string;
  /** Folder to begin with, or folder and name. */
  readonly suggestedPath: string;
}

/** The system's own file dialogs, belonging to one window. */
export class FileDialogs {
  readonly #window: DialogOwner;

  constructor(window: DialogOwner) {
    this.#window = window;
  }

  /** Asks where to save. Null: closed without an answer. */
  async askWhereToSave({ title, buttonLabel, suggestedPath }: FileQuestion): Promise<string | null> {
    const options = {
      title,
      buttonLabel,
      defaultPath: suggestedPath,
      properties: ['createDirectory', 'dontAddToRecent'],
    };
    const window = this.#window.native;
    if (window === null) return null;
    const { canceled, filePath } = await dialog.showSaveDialog(window, options as Electron.SaveDialogOptions);
    return canceled || filePath === '' ? null : filePath;
  }

  /** Asks for an existing file. Null: closed without an answer. */
  async askForFile(question: FileQuestion): Promise<string | null> {
    return (await this.#open(question, ['openFile']))[0] ?? null;
  }

  /** Asks for any number of existing files. None: closed without an answer. */
  askForFiles(question: FileQuestion): Promise<readonly string[]> {
    return this.#open(question, ['openFile', 'multiSelections', 'showHiddenFiles']);
  }

  /** Asks for an existing folder. Null: closed without an answer. */
  async askForFolder(question: FileQuestion): Promise<string | null> {
    return (await this.#open(question, ['openDirectory', 'createDirectory']))[0] ?? null;
  }

  /** Asks whether a file may be replaced, in a window that no page can answer. */
  askToReplace(
    { folder, fileName }: { readonly folder: string; readonly fileName: string },
    signal: AbortSignal,
  ): Promise<boolean> {
    const detail = say('main-desktop.a-file-of-this-name-is', { folder });
    return this.#ask(
      {
        title: say('main-desktop.replace-file'),
        message: say('main-desktop.replace-file-of-name', { fileName }),
        detail,
      },
      signal,
    );
  }

  /** The same about an entry in a file that other programs use too. */
  askToReplaceEntry(
    { entry, file }: { readonly entry: string; readonly file: string },
    signal: AbortSignal,
  ): Promise<boolean> {
    const detail = say('main-desktop.has-an-entry-of-this-name', { file });
    return this.#ask(
      {
        title: say('main-desktop.replace-entry'),
        message: say('main-desktop.replace-entry-of-name', { entry }),
        detail,
      },
      signal,
    );
  }

  /** Asks whether files may be deleted. */
  askToDelete(
    files: readonly { readonly folder: string; readonly fileName: string }[],
    signal: AbortSignal,
  ): Promise<boolean> {
    const names = files.slice(0, mostNames).map(({ folder, fileName }) => path.join(folder, fileName));
    const more = files.length > mostNames ? [say('main-desktop.and-more', { count: files.length - mostNames })] : [];
    const detail = [...names, ...more, '', say('main-desktop.what-they-hold-is-in-the')].join('\n');
    return this.#ask(
      {
        title: say('main-desktop.delete-originals'),
        message: say('main-desktop.delete-files', { count: files.length, fileName: files[0]?.fileName ?? '' }),
        detail,
      },
      signal,
      say('main-desktop.delete'),
    );
  }

  async #open(
    { title, buttonLabel, suggestedPath }: FileQuestion,
    kinds: readonly string[],
  ): Promise<readonly string[]> {
    const window = this.#window.native;
    if (window === null) return [];
    const properties = [...kinds, 'dontAddToRecent'];
    const options = { title, buttonLabel, defaultPath: suggestedPath, properties };
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options as Electron.OpenDialogOptions);
    return canceled ? [] : filePaths;
  }

  /** The safe answer is the preset one, and aborting gives it. */
  async #ask(
    words: { title: string; message: string; detail: string },
    signal: AbortSignal,
    yes = say('main-desktop.replace'),
  ): Promise<boolean> {
    const window = this.#window.native;
    if (window === null) return false;
    const buttons = [say('main-desktop.cancel'), yes];
    const answers = { buttons, defaultId: 0, cancelId: 0, noLink: true, signal };
    const { response } = await dialog.showMessageBox(window, { type: 'warning', ...words, ...answers });
    return response === 1;
  }
}
