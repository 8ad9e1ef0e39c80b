import { IntlMessageFormat } from 'intl-messageformat';

/** What the library takes a message apart into, as far as it matters here. */
interface Element {
  readonly type: number;
  readonly value: string;
  /** Of markup. */
  readonly children?: readonly Element[];
  /** Of a plural or a choice. */
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
}

// Types of elements, as the library numbers them: text, and the `#` of a plural.
const literal = 0;
const pound = 7;

/** Around each message, so that one can be seen to be whole, and text that is none to be none. */
export const pseudoMarks = ['⟦', '⟧'] as const;

const accented: Readonly<Record<string, string>> = {
  ...{ a: 'áá', e: 'éé', i: 'íí', o: 'óó', u: 'úú', y: 'ý', c: 'ç', n: 'ñ', s: 'š', z: 'ž', l: 'ł', t: 'ţ', d: 'ð' },
  ...{ A: 'Áá', E: 'Éé', I: 'Íí', O: 'Óó', U: 'Úú', C: 'Ç', N: 'Ñ', S: 'Š', Z: 'Ž', L: 'Ł', T: 'Ţ', D: 'Ð' },
};

/**
 * A message in a language that nobody speaks: readable, with accents, and longer by a third and more, as German is than English.
 *
 * @param message - In ICU MessageFormat.
 * @returns Taken apart, as the build keeps messages.
 */
export function pseudoMessage(message: string): Element[] {
  return [marked(pseudoMarks[0]), ...pseudoElements(partsOf(message)), marked(pseudoMarks[1])];
}

/**
 * The same of a message with nothing but values in it, as text.
 *
 * @param message - In ICU MessageFormat, without markup and plurals.
 */
export function pseudoText(message: string): string {
  return pseudoMessage(message)
    .map(({ type, value }) => (type === literal ? value : `{${value}}`))
    .join('');
}

/** What a text in the pseudo-language says, in English. */
export function englishOf(text: string): string {
  const plain = pseudoMarks.reduce((left, mark) => left.replaceAll(mark, ''), text);
  return Object.entries(accented).reduce((left, [letter, pseudo]) => left.replaceAll(pseudo, letter), plain);
}

/** Finds what a text of the app is called in the pseudo-language. */
export class PseudoWords {
  readonly #messages: readonly { readonly english: RegExp; readonly source: string; readonly pseudo: Element[] }[];

  /** @param messages - Message by key, in ICU MessageFormat. */
  constructor(messages: Readonly<Record<string, string>>) {
    this.#messages = Object.values(messages)
      // Those that are nothing but values say nothing of their own.
      .filter((message) => /[A-Za-z]{2}/.test(message.replace(/[{][^{}]*[}]/g, '')))
      .map((message) => ({
        english: new RegExp(`^${patternOf(partsOf(message), () => '(.*?)')}$`, 's'),
        source: message,
        pseudo: pseudoMessage(message),
      }));
  }

  /**
   * A pattern for a whole text, as it stands or in the pseudo-language: names of the user's own are not translated, nor is what items store.
   *
   * @param text - As the English app shows it.
   */
  whole(text: string): RegExp {
    return new RegExp(`^\\s*${this.#eitherOf(text)}\\s*$`, 's');
  }

  /**
   * A pattern for a part of a text, whose message has it as it stands.
   *
   * @param text - As the English app shows it.
   */
  part(text: string): RegExp {
    const lowered = text.toLowerCase();
    const having = this.#messages
      .filter(({ source }) => source.toLowerCase().includes(lowered))
      .map(({ pseudo }) => patternOf(pseudo, () => '.*?'));
    return new RegExp([this.#eitherOf(text), ...having].join('|'), 'is');
  }

  #eitherOf(text: string): string {
    const found = this.#messages.flatMap(({ english, pseudo }) => {
      const values = english.exec(text)?.slice(1);
      if (values === undefined) return [];
      // A value may be a message, too.
      return [patternOf(pseudo, () => this.#valuePattern(values.shift(), text))];
    });
    return `(?:${[escaped(text), ...found].join('|')})`;
  }

  #valuePattern(value: string | undefined, whole: string): string {
    return value === undefined || value.length >= whole.length ? '.*?' : this.#eitherOf(value);
  }
}

function partsOf(message: string): Element[] {
  return new IntlMessageFormat(message, 'en').getAst() as unknown as Element[];
}

function marked(value: string): Element {
  return { type: literal, value };
}

function pseudoElements(elements: readonly Element[]): Element[] {
  return elements.map((element) => {
    if (element.type === literal) return { ...element, value: accentedText(element.value) };
    if (element.children !== undefined) return { ...element, children: pseudoElements(element.children) };
    if (element.options === undefined) return element;
    const options = Object.entries(element.options).map(([name, option]) => {
      return [name, { ...option, value: pseudoElements(option.value) }] as const;
    });
    return { ...element, options: Object.fromEntries(options) };
  });
}

function accentedText(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => accented[letter] ?? letter);
}

/** @param argument - Called for each value, in the order in which they stand. */
function patternOf(elements: readonly Element[], argument: () => string): string {
  return elements
    .map((element) => {
      if (element.type === literal) return escaped(element.value);
      if (element.type === pound) return '[\\d.,\\s]+';
      if (element.children !== undefined) return patternOf(element.children, argument);
      if (element.options === undefined) return argument();
      const either = Object.values(element.options).map(({ value }) => patternOf(value, argument));
      return `(?:${either.join('|')})`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/g, '\\s+');
}
