/** A key dragged out of the window with the real mouse, and dropped on a second program. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DropTarget } from '../../test/support/drop-target.ts';

const record = 'Demo web server';
const dropped = 'exports/dropped-demo-web-server.pem';
const modeOf = (file) => (statSync(file).mode & 0o7777).toString(8).padStart(4, '0');

/**
 * Drags a key pair from the list to Debian's chromium, whose page reads the file.
 *
 * @param {object} demo - Driver, report and out folder of the running demo.
 * @returns {Promise<() => Promise<void>>} Waits until the dragged file is gone; other steps may run before.
 */
export async function showDrag({ driver, report, out }) {
  /** @type {Promise<number>} */
  let gone = Promise.resolve(0);
  await report.step('drag a key out, and drop it on a second program', async () => {
    await driver.row(record).click();
    const publicKey = await driver.detail('publicKey');
    const target = await DropTarget.start();
    try {
      const handle = driver.row(record).locator('[data-drag-handle]');
      const beganMs = Date.now();
      const [received] = await target.drag(driver, handle, () => {
        const file = draggedFile(out);
        gone = goneAfter(path.join(out, file), beganMs);
        report.set({
          drag: {
            file,
            mode: modeOf(path.join(out, file)),
            folderMode: modeOf(path.dirname(path.join(out, file))),
            dropped,
          },
        });
      });
      // 0400 as ssh asks, like the exports beside it.
      writeFileSync(path.join(out, dropped), received.text, { mode: 0o400 });
      const read = execFileSync('ssh-keygen', ['-y', '-P', '', '-f', path.join(out, dropped)], { encoding: 'utf8' });
      if (read.trim() !== publicKey) throw new Error('the second program read another key');
    } finally {
      await target.stop();
      await driver.resize(1280, 800);
    }
    await report.picture('dragged');
  });
  return () =>
    report.step('see the dragged file gone', async () => {
      report.set({ drag: { ...report.get('drag'), goneAfterMs: await gone } });
    });
}

/** The one file in the folder of the demo's session, relative to the out folder. */
function draggedFile(out) {
  const entries = readdirSync(path.join(out, 'run'), { recursive: true, withFileTypes: true });
  const [file] = entries.filter((entry) => entry.isFile() && entry.parentPath.includes('coffer-drag-'));
  if (file === undefined) throw new Error('there is no dragged file');
  return path.relative(out, path.join(file.parentPath, file.name));
}

async function goneAfter(file, beganMs) {
  while (existsSync(file)) {
    if (Date.now() - beganMs > 120_000) throw new Error('the dragged file is still there');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return Date.now() - beganMs;
}
