import { clipboard } from 'electron';

/** Puts text that is not secret on the clipboard. Electron 45 answers with a promise, Electron 33 with nothing. */
export async function copyText(text: string): Promise<void> {
  await (clipboard.writeText(text) as unknown as Promise<void> | undefined);
}
