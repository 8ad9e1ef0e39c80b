import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import HelpBlocks from '../../renderer/features/help/HelpBlocks.svelte';
import type { HelpBlock, HelpPage, HelpText } from '../../renderer/features/help/page';
import { firstPage, pages } from '../../renderer/features/help/pages';
import { shortcutSheet } from '../../renderer/state/shortcuts';

const names = Object.keys(pages);
const pageOf = (name: string): HelpPage => pages[name]!;
const wordsOf = (text: HelpText) => text.map((part) => part.text).join('');

function textsOf(blocks: readonly HelpBlock[]): HelpText[] {
  return blocks.flatMap((block) => {
    if (block.type === 'list') return block.items.flatMap(textsOf);
    return block.type === 'table' ? [...block.head, ...block.rows.flat()] : [block.text];
  });
}

const linksOf = (name: string) =>
  textsOf(pageOf(name).blocks)
    .flat()
    .flatMap((part) => (part.type === 'link' ? [part.page] : []));

/** As the page is drawn, without what Svelte puts between the tags. */
function draw(name: string, level: 1 | 2): string {
  const props = { blocks: pageOf(name).blocks, level, onopen: () => undefined };
  return render(HelpBlocks, { props }).body.replaceAll(/<!--.*?-->/g, '');
}

/** What a reader sees of HTML. */
function seen(html: string): string {
  const text = html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return text.replaceAll(/\s+/g, '');
}

describe('the help', () => {
  test('has all of its pages, and each can be reached from the first', () => {
    const reached = [firstPage];
    for (const name of reached) reached.push(...new Set(linksOf(name).filter((page) => !reached.includes(page))));
    expect([...reached].sort()).toEqual([...names].sort());
    expect(names.length).toBeGreaterThan(5);
  });

  test.each(names)('%s is drawn whole: all of its words, and every link leads to a page', (name) => {
    const html = draw(name, 1);
    for (const text of textsOf(pageOf(name).blocks)) expect(seen(html)).toContain(wordsOf(text).replaceAll(/\s+/g, ''));
    expect(linksOf(name).filter((page) => !names.includes(page))).toEqual([]);
    expect(html.match(/<button/g) ?? []).toHaveLength(linksOf(name).length);
    expect(html).not.toMatch(/<a |<script|<img|undefined/);
  });

  test.each(names)('the headings of %s stand in order below its title, as a screen and as a dialog', (name) => {
    for (const level of [1, 2] as const) {
      const levels = [...draw(name, level).matchAll(/<h(\d)/g)].map(([, digit]) => Number(digit));
      const steps = levels.map((depth, index) => depth - (levels[index - 1] ?? level));
      expect(Math.max(0, ...steps)).toBeLessThanOrEqual(1);
      expect(levels.every((depth) => depth > level)).toBe(true);
    }
  });

  test('lists the keys of the app as the sheet of shortcuts does', () => {
    const { blocks } = pageOf('every-day');
    const tables = shortcutSheet('CommandOrControl+Shift+Space', false).map(({ name: group }) => {
      const heading = blocks.findIndex((block) => block.type === 'heading' && wordsOf(block.text) === group);
      const table = blocks[heading + 1];
      const rows = table?.type === 'table' ? table.rows : [];
      return { group, rows: rows.map((row) => row.map(wordsOf)) };
    });
    const expected = shortcutSheet('CommandOrControl+Shift+Space', false).map(({ name: group, lines }) => ({
      group,
      rows: lines.map(({ label, keys }) => [label, keys.join(' or ')]),
    }));
    expect(tables).toEqual(expected);
  });
});
