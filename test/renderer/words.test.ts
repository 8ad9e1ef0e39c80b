import { describe, expect, test } from 'vitest';
import { say, sayInParts } from '../../preload/words/say';
import { areas } from '../../scripts/lib/words';
import { readScreens, wronglyAsked } from '../support/messages';
import { noSource, readSource } from '../support/said';

const read = readScreens();

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
];

const isException = (text: string) => exceptions.some(([pattern]) => pattern.test(text));

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
  test('give the values that each message asks for, no more and no less', () => {
    expect(read.asked.length).toBeGreaterThan(800);
    expect(wronglyAsked(read)).toEqual([]);
  });

  test('ask for no message that their build leaves out', () => {
    expect(read.asked.filter(({ key }) => !areas.page.test(key))).toEqual([]);
  });

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
    const found = noSource();
    readSource('Sample.svelte', code, found);
    expect(found.texts.map((one) => one.text)).toContain(text);
  });
});
