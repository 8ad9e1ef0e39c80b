/** How much text the app's pages have, which is read at every start. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { StepError, root, say } from './steps.mjs';

/** Most that the pages may have: scripts, styles and markup, without fonts, each file compressed by gzip. */
const mostPageKB = 300;

/** Fonts and pictures are compressed already, and the licences of others are read by who asks for them. */
const counted = /\.(js|css|html)$/;

/**
 * Says how large the built pages are.
 *
 * @param {string} [folder] - Where they were built.
 * @returns {number} Their compressed size, in kB of 1000 bytes.
 * @throws {StepError} If there are none, or they are larger than they may be.
 */
export function checkPageSize(folder = path.join(root, 'out/renderer')) {
  const kB = pageKBOf(folder);
  if (kB === 0) throw new StepError('no pages were built', 'run npm run build');
  const line = `pages: ${kB.toFixed(1)} kB gzip, of ${mostPageKB} kB at most`;
  if (kB > mostPageKB) {
    throw new StepError(
      line,
      'leave a package out, or load it later: what is read at the start makes the app slow to come',
    );
  }
  say(line);
  return kB;
}

function pageKBOf(folder) {
  const bytes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => counted.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(path.join(folder, name))).length, 0);
  return bytes / 1000;
}
