import { createRequire } from 'node:module';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Plugin } from 'vite';
import { pseudoMessage } from './pseudo';

const messagesFile = /[\\/]preload[\\/]words[\\/][a-z-]+[.]json$/;
const parser = '@formatjs/icu-messageformat-parser';
// What a message is read for; all others are text as they stand. The same as in preload/words/say.ts.
const special = /[{<']/;

/**
 * A plugin of the build that takes the messages of the screens apart, so that the app neither carries nor runs the library's parser. A broken
 * message ends the build.
 *
 * @param isPseudo - True for a build in a language that nobody speaks, in which what is cut off shows.
 */
export function words(isPseudo = false): Plugin {
  const library = createRequire(import.meta.url).resolve('intl-messageformat');
  const noParser = createRequire(library).resolve(`${parser}/no-parser.js`);
  return {
    name: 'coffer:words',
    enforce: 'pre',
    apply: 'build',
    resolveId: (id) => (id === parser ? noParser : null),
    transform: {
      filter: { id: messagesFile },
      handler: (text) => ({ code: parted(text, isPseudo), map: null }),
    },
  };
}

/** @param text - JSON, message by key. @returns JSON too, with what the library makes of those that it has to read. */
function parted(text: string, isPseudo: boolean): string {
  const messages = Object.entries(JSON.parse(text) as Record<string, string>);
  const apart = messages.map(([key, message]) => {
    if (isPseudo) return [key, pseudoMessage(message)];
    return [key, special.test(message) ? new IntlMessageFormat(message, 'en').getAst() : message];
  });
  return JSON.stringify(Object.fromEntries(apart));
}
