import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ElectronApplication, Locator } from '@playwright/test';

const runFile = promisify(execFile);
const title = 'Drop target';
/** Where it stands on the screen; the app's window is put to the left of it. */
const place = { x: 1000, y: 0, width: 560, height: 700 };
const appSize = { width: 900, height: 700 };

/** The app under test, as far as a drag needs it: an AppDriver. */
interface DrivenApp {
  readonly app: ElectronApplication;
  resize(width: number, height: number): Promise<void>;
}

/** A file as the page of the second program read it. */
export interface DroppedFile {
  readonly name: string;
  readonly text: string;
}

const page = `<!doctype html><title>${title}</title><style>html, body { height: 100%; margin: 0 }</style>
<body>Drop here<script>
const send = (path, body) => fetch(path, { method: 'POST', body });
addEventListener('dragenter', (event) => event.preventDefault());
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', async (event) => {
  event.preventDefault();
  const files = [...event.dataTransfer.files];
  const reading = Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
  const read = await reading.catch(() => []);
  await send('/dropped', JSON.stringify(read));
});
send('/ready', '');
</script>`;

/** A second program that takes files: Debian's Chromium with a page that reads what is dropped, under a window manager. */
export class DropTarget {
  readonly #server: Server;
  readonly #folder: string;
  readonly #programs: ChildProcess[] = [];
  #ready: () => void = () => undefined;
  #dropped: (files: readonly DroppedFile[]) => void = () => undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.end(request.method === 'GET' ? page : '');
        if (request.url === '/ready') this.#ready();
        if (request.url === '/dropped') this.#dropped(JSON.parse(body) as DroppedFile[]);
      });
    });
  }

  /** Starts window manager and browser on the screen of the moment. To be ended with {@link stop}. */
  static async start(): Promise<DropTarget> {
    const target = new DropTarget(mkdtempSync(path.join(tmpdir(), 'coffer-drop-')));
    await new Promise<void>((resolve) => target.#server.listen(0, '127.0.0.1', resolve));
    const isReady = new Promise<void>((resolve) => (target.#ready = resolve));
    const { port } = target.#server.address() as AddressInfo;
    target.#run('openbox', []);
    target.#run('chromium', [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--no-first-run', '--disable-gpu', '--password-store=basic', '--disable-extensions'],
      `--user-data-dir=${target.#folder}`,
      `--window-position=${place.x},${place.y}`,
      `--window-size=${place.width},${place.height}`,
      `--app=http://127.0.0.1:${port}/`,
    ]);
    await withTime(isReady, 'the drop target did not start');
    return target;
  }

  /**
   * Drags something of the app's page over to this program with the real mouse, and lets go there.
   *
   * @param whileHeld - Done before the button is let go.
   * @returns What the program read; none if a file is not there any more.
   */
  async drag(
    driver: DrivenApp,
    handle: Locator,
    whileHeld: () => void | Promise<void> = () => undefined,
  ): Promise<readonly DroppedFile[]> {
    const [from, to] = [await pointOf(driver, handle), await this.#middle()];
    const files = new Promise<readonly DroppedFile[]>((resolve) => (this.#dropped = resolve));
    await xdotool('mousemove', from.x, from.y);
    await xdotool('mousedown', 1);
    try {
      for (let step = 1; step <= 6; step++) await move(from.x + 2 * step, from.y + step);
      await pause(300);
      const steps = 20;
      for (let step = 1; step <= steps; step++) {
        const part = step / steps;
        await move(Math.round(from.x + part * (to.x - from.x)), Math.round(from.y + part * (to.y - from.y)));
      }
      for (let step = 1; step <= 5; step++) await move(to.x + step, to.y + step);
      await whileHeld();
    } finally {
      await xdotool('mouseup', 1);
    }
    return withTime(files, 'nothing was dropped');
  }

  /** Ends both programs. */
  async stop(): Promise<void> {
    for (const program of this.#programs.reverse()) {
      const ended = new Promise((resolve) => program.once('exit', resolve));
      if (program.exitCode === null && program.signalCode === null && program.kill()) await ended;
    }
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #run(program: string, args: readonly string[]): void {
    this.#programs.push(spawn(program, args, { stdio: 'ignore' }));
  }

  async #middle() {
    const window = (await xdotool('search', '--onlyvisible', '--name', `^${title}$`)).split('\n')[0] ?? '';
    const found = await xdotool('getwindowgeometry', '--shell', window);
    const number = (name: string) => Number(new RegExp(`^${name}=(-?\\d+)$`, 'm').exec(found)?.[1]);
    return { x: number('X') + Math.round(number('WIDTH') / 2), y: number('Y') + Math.round(number('HEIGHT') / 2) };
  }
}

/** Puts the app's window to the left of the target, and tells where the middle of a part of its page is on the screen. */
async function pointOf(driver: DrivenApp, handle: Locator): Promise<{ x: number; y: number }> {
  await driver.app.evaluate(({ BaseWindow }) => {
    for (const window of BaseWindow.getAllWindows()) {
      window.setPosition(20, 20);
      window.focus();
    }
  });
  await driver.resize(appSize.width, appSize.height);
  await pause(300);
  const bounds = await driver.app.evaluate(({ BaseWindow }) => BaseWindow.getAllWindows()[0]?.getContentBounds());
  const box = await handle.boundingBox();
  if (bounds === undefined || box === null) throw new Error('there is nothing to drag');
  return { x: Math.round(bounds.x + box.x + box.width / 2), y: Math.round(bounds.y + box.y + box.height / 2) };
}

async function move(x: number, y: number): Promise<void> {
  await xdotool('mousemove', x, y);
  await pause(40);
}

async function xdotool(...args: (string | number)[]): Promise<string> {
  return (await runFile('xdotool', args.map(String))).stdout.trim();
}

async function withTime<T>(promise: Promise<T>, complaint: string): Promise<T> {
  const timer = new AbortController();
  const late = pause(30_000, timer.signal).then(() => {
    throw new Error(complaint);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}

function pause(durationMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, durationMs);
    signal?.addEventListener('abort', () => clearTimeout(timer));
  });
}
