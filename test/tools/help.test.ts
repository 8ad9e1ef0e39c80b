import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { helpPage } from '../../scripts/lib/help';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const guide = globSync('docs/user/*.md', { cwd: root });
const sources = globSync(
  [
    'renderer/**/*.{svelte,ts}',
    'main/desktop/{menu-template,tray-menu}.ts',
    'main/credentials/**/*.ts',
    'preload/words/en.json',
  ],
  { cwd: root, exclude: ['renderer/features/help/**'] },
);

/** Whether a text is a whole label there: a string of the code, or what stands between two tags. */
function isLabelIn(code: string, label: string): boolean {
  const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+');
  return new RegExp(`['"\`>&]\\s*${escaped}\\s*(\\(\\{.*)?['"\`<{]`).test(code);
}

describe('the pages of the help', () => {
  test('name what stands on the screens as it stands there', () => {
    const code = sources.map(read);
    const missing = guide.flatMap((file) =>
      [...read(file).matchAll(/\*\*(.+?)\*\*/gs)]
        .map(([, label = '']) => label.replaceAll(/\s+/g, ' '))
        .filter((label) => !code.some((text) => isLabelIn(text, label)))
        .map((label) => `${file}: ${label}`),
    );
    expect(missing).toEqual([]);
    expect(['Reveal', 'No such button'].map((label) => code.some((text) => isLabelIn(text, label)))).toEqual([
      true,
      false,
    ]);
  });

  test('are short enough to be read', () => {
    expect(guide.filter((file) => read(file).trimEnd().split('\n').length >= 120)).toEqual([]);
  });
});

describe('what the build makes of a page', () => {
  const page = (text: string) => helpPage(text, 'a.md');

  test('its text in parts, with links to other pages and no others', () => {
    const text = '# A & b\n\nTo [B](b.md), [out](https://example.org/), `c` and **D**.\n\n1. one\n\n   more\n2. two\n';
    expect(page(text)).toEqual({
      title: 'A & b',
      blocks: [
        {
          type: 'paragraph',
          text: [
            { type: 'text', text: 'To ' },
            { type: 'link', text: 'B', page: 'b' },
            { type: 'text', text: ', ' },
            { type: 'text', text: 'out (https://example.org/)' },
            { type: 'text', text: ', ' },
            { type: 'code', text: 'c' },
            { type: 'text', text: ' and ' },
            { type: 'strong', text: 'D' },
            { type: 'text', text: '.' },
          ],
        },
        {
          type: 'list',
          isOrdered: true,
          items: [
            ['one', 'more'].map((words) => ({ type: 'paragraph', text: [{ type: 'text', text: words }] })),
            [{ type: 'paragraph', text: [{ type: 'text', text: 'two' }] }],
          ],
        },
      ],
    });
  });

  test.each([
    ['no title', 'text', 'expected a heading of the first level at the top'],
    ['a second title', '# a\n\n# b', 'heading of level 1'],
    ['HTML', '# a\n\n<b>bold</b>', 'what the app can’t draw (html)'],
    ['HTML in a line', '# a\n\nnot <b>bold</b>', 'what the app can’t draw (html)'],
    ['a picture', '# a\n\n![b](c.png)', 'what the app can’t draw (image)'],
    ['a block of code', '# a\n\n```\nb\n```', 'what the app can’t draw (code)'],
  ])('refuses %s', (_name, text, message) => {
    expect(() => page(text)).toThrow(`a.md: ${message}`);
  });
});
