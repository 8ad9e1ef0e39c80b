/** The system's clipboard, whichever shape Electron gives it. */
export interface ClipboardAdapter {
  /**
   * Puts a text in place of what is there. A secret one is marked, so that histories and cloud clipboards leave it out, where the runtime
   * can do so in the same write.
   */
  write(text: string, options: { readonly isSecret: boolean }): Promise<void>;
  /** The text that is there; empty if there is none. */
  read(): Promise<string>;
  /** Empties it. */
  clear(): Promise<void>;
}

/** What is used of `clipboard`. Electron 33 answers at once, Electron 45 by promises, and takes items like those of the web. */
export interface ClipboardCalls {
  writeText(text: string): void | Promise<void>;
  readText(): string | Promise<string>;
  /** Electron 33 takes the name of another clipboard; Electron 45 takes nothing and has {@link selection}. */
  clear(type?: 'selection'): void;
  write(items: unknown): unknown;
  readonly selection?: { readText(): Promise<string>; clear(): void } | undefined;
}

/** Electron 45's `ClipboardItem`, as far as it is used. */
export type ClipboardItemMaker = new (items: Record<string, string | Blob>) => object;

/** A number of 32 bits that is 0, which Windows reads as "no". */
const windowsNo = () => new Blob([new Uint8Array(4)]);
const raw = (format: string) => `electron application/osclipboard;format="${format}"`;

/**
 * The system's clipboard behind Electron's.
 *
 * Electron 33 can't mark a text: each of its calls replaces what the one before wrote, and `write` knows no other formats
 * (https://github.com/electron/electron/issues/11838). There secrets are put without marks, rather than marks without the secret.
 *
 * @param calls - Electron's `clipboard`.
 * @param Item - Electron's `ClipboardItem`; undefined in versions without it.
 * @param platform - Of this computer.
 */
export function systemClipboard(
  calls: ClipboardCalls,
  Item: ClipboardItemMaker | undefined,
  platform: NodeJS.Platform,
): ClipboardAdapter {
  return {
    write: async (text, { isSecret }) => {
      if (!isSecret || Item === undefined) await calls.writeText(text);
      else await calls.write([new Item({ 'text/plain': text, ...marksOn(platform) })]);
      if (isSecret && platform === 'linux') await clearSelection(calls, text);
    },
    read: async () => calls.readText(),
    clear: () => {
      calls.clear();
      return Promise.resolve();
    },
  };
}

/**
 * Chromium puts what is copied into the selection (PRIMARY), too, which a click of the middle button pastes and which nothing would
 * clear. What another program had there is gone by then.
 */
async function clearSelection(calls: ClipboardCalls, text: string): Promise<void> {
  // In the same turn as the write: nobody else was there meanwhile.
  if (calls.selection === undefined) calls.clear('selection');
  else if ((await calls.selection.readText()) === text) calls.selection.clear();
}

/** Formats by which clipboard histories are asked to leave a text out. */
function marksOn(platform: NodeJS.Platform): Record<string, string | Blob> {
  switch (platform) {
    case 'darwin':
      // https://nspasteboard.org; what it holds does not matter.
      return { [raw('org.nspasteboard.ConcealedType')]: '1' };
    case 'win32':
      // Microsoft, "Clipboard formats", on the history and the cloud clipboard; the first one may hold anything.
      return {
        [raw('ExcludeClipboardContentFromMonitorProcessing')]: windowsNo(),
        [raw('CanIncludeInClipboardHistory')]: windowsNo(),
        [raw('CanUploadToCloudClipboard')]: windowsNo(),
      };
    default:
      // KDE's Klipper, and most others after it.
      return { [raw('x-kde-passwordManagerHint')]: 'secret' };
  }
}
