/** Finds files that are too long to be read in one go. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The hard limit; half of it is the aim. */
export const maxLines = 300;

const sources = /\.(ts|svelte|mjs|cjs|js|css|html|md|ya?ml|sh|py)$|^run$/;
// A reference is looked up, not read in one go.
const references = new Set(['docs/FORMAT.md']);
// Not written by hand: what tools make, and published vectors.
const skipped = new Set(['node_modules', 'out', 'dist', '.runtime', '.git', 'demo-out', 'test-results', 'coverage']);

/** @returns {{ file: string, lines: number }[]} Source files below the folder with more than the allowed number of lines. */
export function findLongFiles(folder) {
  const files = [];
  const visit = (relative) => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const file = path.join(relative, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) visit(file);
      else if (entry.isFile() && sources.test(entry.name) && !references.has(file)) files.push(file);
    }
  };
  visit('');
  return files
    .map((file) => ({ file, lines: countLines(readFileSync(path.join(folder, file), 'utf8')) }))
    .filter(({ lines }) => lines > maxLines);
}

function countLines(text) {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
