import { IntlMessageFormat } from 'intl-messageformat';
import english from './en.json' with { type: 'json' };

// Of the words. Numbers are written as the system writes them, like dates (renderer/state/formats.ts).
const language = 'en';
const formatters = {
  getNumberFormat: (_: unknown, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(undefined, options),
  getDateTimeFormat: (_: unknown, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options),
  getPluralRules: (_: unknown, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(language, options),
};
// What the library has to read: values and plurals, markup, quoting.
const special = /[{<']/;

/** Name of a message, `area.what-it-says`. */
export type MessageKey = keyof typeof english;

/** What stands in the places of a message, by their names. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** Text, or what stands between two tags of a message (`<b>so</b>`). */
export type MessagePart = string | { readonly tag: string; readonly parts: readonly MessagePart[] };

// The build has taken apart what is special (scripts/lib/words.ts); in tests the library does it.
type Message = string | ReturnType<IntlMessageFormat['getAst']>;
const messages: Readonly<Record<MessageKey, Message>> = english;

// The ways that a message can be asked for: `T` is what tags give.
interface Compiled {
  format<T = never>(values?: Readonly<Record<string, string | number | ((parts: (string | T)[]) => T)>>): unknown;
}
const compiled = new Map<MessageKey, Compiled>();

/**
 * A message of the app in the language of the person.
 *
 * @param key - Which one of `en.json`.
 * @param values - For its places; a test sees that none is missing.
 */
export function say(key: MessageKey, values?: MessageValues): string {
  const message = messages[key];
  if (typeof message === 'string' && !special.test(message)) return message;
  return String(compiledOf(key, message).format(values));
}

/**
 * A message with markup in it, taken apart.
 *
 * @param key - Which one of `en.json`.
 * @param values - For its places.
 * @param tags - The names of all tags in it.
 */
export function sayInParts(key: MessageKey, values: MessageValues, tags: readonly string[]): readonly MessagePart[] {
  const parted = (tag: string) => (parts: MessagePart[]) => ({ tag, parts });
  const withTags = { ...values, ...Object.fromEntries(tags.map((tag) => [tag, parted(tag)])) };
  const parts = compiledOf(key, messages[key]).format<Exclude<MessagePart, string>>(withTags);
  return (Array.isArray(parts) ? parts : [parts]) as MessagePart[];
}

function compiledOf(key: MessageKey, message: Message): Compiled {
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made: Compiled = new IntlMessageFormat(message, language, undefined, { formatters });
  compiled.set(key, made);
  return made;
}
