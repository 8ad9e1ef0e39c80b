import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** An X11 screen as a person has it: windows with titles, and a keyboard (xdotool). */
export class XScreen {
  readonly #env: NodeJS.ProcessEnv;

  /** @param env - With the screen's DISPLAY. */
  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** Waits for a window with this whole title, and gives its number. */
  async windowNamed(title: string): Promise<string> {
    for (let tries = 0; tries < 100; tries++) {
      const window = await this.find(title);
      if (window !== null) return window;
      await sleep(100);
    }
    throw new Error(`no window is named ${title}`);
  }

  /** The number of the window with this whole title; null if there is none. */
  async find(title: string): Promise<string | null> {
    const found = await this.#xdotool('search', '--onlyvisible', '--name', `^${title}$`).catch(() => '');
    const [window] = found.split('\n');
    return window === undefined || window === '' ? null : window;
  }

  /** Gives a window the keyboard. */
  async focus(window: string): Promise<void> {
    await this.#xdotool('windowfocus', '--sync', window);
  }

  /** Presses keys, by their X11 names, one after the other. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#xdotool('key', '--delay', '30', ...keys);
  }

  /** Types text. */
  async type(text: string): Promise<void> {
    await this.#xdotool('type', '--delay', '8', text);
  }

  /** Presses keys in the window with this title, which they close. */
  async pressIn(title: string, ...keys: readonly string[]): Promise<void> {
    const window = await this.windowNamed(title);
    await this.focus(window);
    await this.#xdotool('key', ...keys);
    await this.#untilGone(window);
  }

  /** Types a path into the system's file dialog with this title, and accepts it. */
  async answerFileDialog(title: string, file: string): Promise<void> {
    const window = await this.windowNamed(title);
    await this.focus(window);
    await this.#xdotool('key', 'ctrl+a');
    await this.#xdotool('type', '--delay', '4', file);
    // The dialog completes names by itself; what it added is selected.
    await this.#xdotool('key', 'Delete', 'Return');
    // Its list of names may have taken the key for itself.
    await this.#untilGone(window, () => this.#xdotool('key', 'Return'));
  }

  async #untilGone(window: string, again: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    for (let tries = 1; tries <= 100; tries++) {
      const shown = await this.#xdotool('search', '--onlyvisible', '--name', '.').catch(() => '');
      if (!shown.split('\n').includes(window)) return;
      if (tries % 20 === 0) await again();
      await sleep(50);
    }
    throw new Error('the dialog did not close');
  }

  async #xdotool(...args: string[]): Promise<string> {
    const { stdout } = await runFile('xdotool', args, { env: this.#env });
    return stdout.trim();
  }
}
