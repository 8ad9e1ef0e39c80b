import { execFileSync, spawnSync } from 'node:child_process';

/** Selections of X11 that `xclip` reads and writes. */
export type Selection = 'clipboard' | 'primary';

/** What another program gets from the clipboard; null if nobody offers a text there. */
export function readClipboard(selection: Selection = 'clipboard'): string | null {
  const { status, stdout } = spawnSync('xclip', ['-selection', selection, '-o'], { encoding: 'utf8', timeout: 5000 });
  return status === 0 ? stdout : null;
}

/** Puts a text there from outside, as another program would. */
export function writeClipboard(text: string, selection: Selection = 'clipboard'): void {
  // What stays to give the text to others must not hold our pipes.
  execFileSync('xclip', ['-selection', selection, '-i'], { input: text, stdio: ['pipe', 'ignore', 'ignore'] });
}
