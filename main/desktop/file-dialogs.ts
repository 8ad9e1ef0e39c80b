import { type BaseWindow, dialog } from 'electron';

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
  async askForFile({ title, buttonLabel, suggestedPath }: FileQuestion): Promise<string | null> {
    const options = { title, buttonLabel, defaultPath: suggestedPath, properties: ['openFile', 'dontAddToRecent'] };
    const window = this.#window.native;
    if (window === null) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options as Electron.OpenDialogOptions);
    return canceled ? null : (filePaths[0] ?? null);
  }

  /** Asks for any number of existing files. None: closed without an answer. */
  async askForFiles({ title, buttonLabel, suggestedPath }: FileQuestion): Promise<readonly string[]> {
    const properties = ['openFile', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'];
    const options = { title, buttonLabel, defaultPath: suggestedPath, properties };
    const window = this.#window.native;
    if (window === null) return [];
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options as Electron.OpenDialogOptions);
    return canceled ? [] : filePaths;
  }

  /** Asks for an existing folder. Null: closed without an answer. */
  async askForFolder({ title, buttonLabel, suggestedPath }: FileQuestion): Promise<string | null> {
    const properties = ['openDirectory', 'createDirectory', 'dontAddToRecent'];
    const options = { title, buttonLabel, defaultPath: suggestedPath, properties };
    const window = this.#window.native;
    if (window === null) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options as Electron.OpenDialogOptions);
    return canceled ? null : (filePaths[0] ?? null);
  }

  /** Asks whether a file may be replaced, in a window that no page can answer. The safe answer is the preset one, and aborting gives it. */
  async askToReplace(
    { folder, fileName }: { readonly folder: string; readonly fileName: string },
    signal: AbortSignal,
  ): Promise<boolean> {
    const window = this.#window.native;
    if (window === null) return false;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Replace file',
      message: `Replace ${fileName}?`,
      detail: `A file of this name is already in ${folder}. Replacing it loses what it holds.`,
      buttons: ['Cancel', 'Replace'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal,
    });
    return response === 1;
  }

  /** The same about an entry in a file that other programs use too. */
  async askToReplaceEntry(
    { entry, file }: { readonly entry: string; readonly file: string },
    signal: AbortSignal,
  ): Promise<boolean> {
    const window = this.#window.native;
    if (window === null) return false;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Replace entry',
      message: `Replace “${entry}”?`,
      detail: `${file} has an entry of this name that Coffer did not write. Its values would be replaced. The file as it is now is kept beside it.`,
      buttons: ['Cancel', 'Replace'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal,
    });
    return response === 1;
  }
}
