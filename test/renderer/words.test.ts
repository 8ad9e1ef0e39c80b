import { readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { say, sayInParts } from '../../preload/words/say';
import { type Source, readSource, readSources } from '../support/said';

const root = path.resolve(import.meta.dirname, '../..');
const messages = JSON.parse(readFileSync(path.join(root, 'preload/words/en.json'), 'utf8')) as Record<string, string>;
const keys = Object.keys(messages);
const read = readSources(root, 'renderer', (file) => file.startsWith('renderer/features/parts/'));
const shortcuts = 'preload/shortcuts.ts';
readSource(shortcuts, readFileSync(path.join(root, shortcuts), 'utf8'), read);

/** What the library makes of a piece of a message. */
interface Part {
  readonly type: number;
  /** Of plain text the text, of everything else the name. */
  readonly value?: string;
  readonly children?: readonly object[];
  readonly options?: Readonly<Record<string, { readonly value?: readonly object[] }>> | null;
}
const literal = 0;

/** What is no language, or is not shown, with the reason. */
const exceptions: readonly (readonly [text: RegExp, reason: string])[] = [
  [/^(Coffer|Electron|· Electron|Chromium|Node)$/, 'names of products'],
  [/^(Ed25519|OpenSSH)$/, 'names of an algorithm and of a format'],
  [/^(aws |-----BEGIN )|^\$\{\} (Ina|A)ctive$/, 'to be typed into a terminal or pasted, as it stands'],
  [/^\$\{\} (B|kB|MB)$/, 'signs of units'],
  [/^((Command|Control|CommandOrControl|Alt|Shift|Super)([+]|$))/, 'keys, as Electron names them'],
  [
    /^(Arrow)?(Up|Down|Left|Right)$|^(Page ?(Up|Down)|Home|End|Space|Plus|Key\$\{\})$/,
    'keys, as they are named or printed on',
  ],
  [/^(Enter|Escape|Esc|Backspace|Ctrl|Mac)$/, 'keys and the system, as they are named or printed on'],
  [/^(NotAllowed|Abort|NotSupported|Security)Error$/, 'errors of the browser engine'],
  [/^[.][/].*[.]svelte$|^KindIcon$/, 'names of files and of what they export'],
  [/^control select-trigger$/, 'names of styles'],
  [/^Imported$/, 'what the main process says of a candidate, compared'],
];

const isException = (text: string) => exceptions.some(([pattern]) => pattern.test(text));

describe('the file of messages', () => {
  test('is sorted by key, and each key says its area', () => {
    expect(keys).toEqual([...keys].sort());
    expect(keys.filter((key) => !/^[a-z0-9-]+[.][a-z0-9-]+$/.test(key))).toEqual([]);
  });

  test('has messages that are whole and that the library reads', () => {
    for (const [key, message] of Object.entries(messages)) {
      expect(message, key).toBe(message.trim());
      expect(message, key).not.toBe('');
      // The typographic apostrophe: the other one quotes.
      expect(message, key).not.toMatch(/'/);
      expect(() => new IntlMessageFormat(message, 'en'), key).not.toThrow();
      // The library knows no difference between them.
      const tags = [...message.matchAll(/<([a-z]+)>/g)].map(([, tag]) => tag);
      expect(
        tags.filter((tag) => new RegExp(`[{]${tag}[,}]`).test(message)),
        `${key}: values with the name of a tag`,
      ).toEqual([]);
    }
  });

  test('has no message that nothing uses', () => {
    expect(keys.filter((key) => !read.strings.has(key))).toEqual([]);
  });

  test('gets the values that each message asks for, no more and no less', () => {
    expect(read.asked.length).toBeGreaterThan(800);
    const wrong = read.asked.filter(({ key, values }) => {
      const wanted = placesOf(new IntlMessageFormat(messages[key] ?? '', 'en').getAst());
      return values !== null && [...new Set(values)].sort().join() !== [...wanted].sort().join();
    });
    expect(wrong).toEqual([]);
  });
});

describe('a message', () => {
  test('has its values in their places, and a number as the system writes it', () => {
    expect(say('common.cancel')).toBe('Cancel');
    expect(say('common.step-of', { step: 1, steps: 3 })).toBe('Step 1 of 3');
    const counted = [0, 1, 2, 12_345].map((count) => say('common.items-counted', { count }));
    expect(counted).toEqual(['0 items', '1 item', '2 items', `${(12_345).toLocaleString()} items`]);
  });

  test('with markup comes in parts, and what stands in its places is no markup', () => {
    expect(sayInParts('export.saved', { file: '<b>a', folder: "it's {here}" }, ['b', 'bdi'])).toEqual([
      'Saved ',
      { tag: 'b', parts: [{ tag: 'bdi', parts: ['<b>a'] }] },
      ' in ',
      { tag: 'bdi', parts: ["it's {here}"] },
      '.',
    ]);
  });

  test('without a value that it asks for is an error', () => {
    expect(() => say('common.step-of', { step: 1 })).toThrow(/steps/);
  });
});

describe('the screens', () => {
  test('show no words but those of the messages', () => {
    const left = read.texts.filter(({ text }) => !isException(text)).map(({ file, text }) => `${file}: ${text}`);
    expect(left).toEqual([]);
  });

  test('need every exception that is made for them', () => {
    const unneeded = exceptions.filter(([pattern]) => !read.texts.some(({ text }) => pattern.test(text)));
    expect(unneeded.map(([pattern]) => pattern.source)).toEqual([]);
  });

  test.each([
    ['<p>Locked</p>', 'Locked'],
    ['<p>{count} left</p>', 'left'],
    ['<p>{isOpen ? "open" : "close"}</p>', 'close'],
    ['<Field unit="minutes" />', 'minutes'],
    ['<Field label={isNew ? "new" : old} />', 'new'],
    ['<Field label="Copy {name}" />', 'Copy'],
    ['<Field label={`Copy ${name}`} />', 'Copy ${}'],
    ['<script lang="ts">const name = list.join(" and ");</script>', ' and '],
    ['<script lang="ts">const text = `${count} of ${all}`;</script>', '${} of ${}'],
    ['<script lang="ts">notices.show("Saved");</script>', 'Saved'],
  ])('would be caught with words in them: %s', (code, text) => {
    const found: Source = { texts: [], asked: [], strings: new Set() };
    readSource('Sample.svelte', code, found);
    expect(found.texts.map((one) => one.text)).toContain(text);
  });
});

/** Names of the values and tags of a message, those inside its plurals too. */
function placesOf(parts: readonly object[]): Set<string> {
  const names = new Set<string>();
  for (const { type, value, children = [], options = {} } of parts as readonly Part[]) {
    if (type !== literal && value !== undefined) names.add(value);
    const inside = [...children, ...Object.values(options ?? {}).flatMap((option) => option.value ?? [])];
    for (const name of placesOf(inside)) names.add(name);
  }
  for (const standard of ['b', 'bdi']) names.delete(standard);
  return names;
}
