import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Plugin } from 'vite';
import { pseudoMessage, pseudoText } from './pseudo';

const messagesFile = /[\\/]preload[\\/]words[\\/]([a-z-]+[.]json)$/;
const firstWords = /[\\/]preload[\\/]words[\\/]first[.]ts$/;
/** The messages as `preload/words/first.ts` gets them. */
const firstMessages = '\0coffer:first-words:';
const parser = '@formatjs/icu-messageformat-parser';
// What a message is read for; all others are text as they stand. The same as in preload/words/say.ts.
const special = /[{<']/;

/** Which half of the app a build is for. */
export type Side = 'main' | 'page';

/** Areas of messages that a side may ask for; {@link firstArea} is for the first file of the main process. */
export const areas: Readonly<Record<Side, RegExp>> = {
  main: /^(main-(?!first[.])|(common|places|shortcuts)[.])/,
  page: /^(?!main-)/,
};
/** Of what stands before the window: `preload/words/first.ts`. */
export const firstArea = /^main-first[.]/;

/**
 * A plugin of the build that takes the messages apart, so that the app neither carries nor runs the library's parser, and leaves those
 * of the other side out. A broken message ends the build.
 *
 * @param side - Which half of the app is built.
 * @param isPseudo - True for a build in a language that nobody speaks, in which what is cut off shows.
 */
export function words(side: Side, isPseudo = false): Plugin {
  const library = createRequire(import.meta.url).resolve('intl-messageformat');
  const noParser = createRequire(library).resolve(`${parser}/no-parser.js`);
  return {
    name: 'coffer:words',
    enforce: 'pre',
    apply: 'build',
    resolveId: (id, importer) => {
      if (id === parser) return noParser;
      if (importer === undefined || !firstWords.test(importer) || !id.endsWith('.json')) return null;
      return `${firstMessages}${path.resolve(path.dirname(importer), id)}.js`;
    },
    load(id) {
      if (!id.startsWith(firstMessages)) return null;
      const file = id.slice(firstMessages.length, -'.js'.length);
      this.addWatchFile(file);
      return `export default ${plain(readFileSync(file, 'utf8'), isPseudo)};`;
    },
    transform: {
      filter: { id: messagesFile },
      handler: (text) => ({ code: parted(text, areas[side], isPseudo), map: null }),
    },
  };
}

/** @param text - JSON, message by key. @returns JSON too, with what the library makes of those that it has to read. */
function parted(text: string, wanted: RegExp, isPseudo: boolean): string {
  const apart = messagesOf(text, wanted).map(([key, message]) => {
    if (isPseudo) return [key, pseudoMessage(message)];
    return [key, special.test(message) ? new IntlMessageFormat(message, 'en').getAst() : message];
  });
  return JSON.stringify(Object.fromEntries(apart));
}

/** The same of the first messages, which no library reads. */
function plain(text: string, isPseudo: boolean): string {
  const messages = messagesOf(text, firstArea);
  return JSON.stringify(
    Object.fromEntries(isPseudo ? messages.map(([key, message]) => [key, pseudoText(message)]) : messages),
  );
}

function messagesOf(text: string, wanted: RegExp): [string, string][] {
  return Object.entries(JSON.parse(text) as Record<string, string>).filter(([key]) => wanted.test(key));
}
