import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const licenceFile = /^licen[cs]e([.-](md|txt|mit))?$/i;

/**
 * A plugin of the build that puts `notices.json` beside a bundle: the packages in it with their licences, for the app to show.
 *
 * @param root - Folder with node_modules.
 * @param loaded - Packages that are not in the bundle and are loaded by it.
 */
export function notices(root: string, loaded: readonly string[] = []): Plugin {
  return {
    name: 'coffer:notices',
    apply: 'build',
    generateBundle() {
      const bundled = [...this.getModuleIds()].map(packageOf).filter((name) => name !== null);
      const names = [...new Set([...loaded, ...bundled])].sort();
      const list = names.map((name) => noticeOf(path.join(root, 'node_modules', name)));
      this.emitFile({ type: 'asset', fileName: 'notices.json', source: JSON.stringify(list) });
    },
  };
}

/** The package that a module is of; null for code of Coffer and of the bundler. */
function packageOf(moduleId: string): string | null {
  const parts = moduleId.split('/node_modules/');
  if (parts.length === 1 || moduleId.startsWith('\0')) return null;
  return /^(@[^/]+\/)?[^/?]+/.exec(parts.at(-1) ?? '')?.[0] ?? null;
}

function noticeOf(folder: string) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const files = readdirSync(folder).filter((file) => licenceFile.test(file));
  const text = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n');
  const { name, version, license } = manifest;
  return { name, version, license: license ?? 'see its text', text };
}
