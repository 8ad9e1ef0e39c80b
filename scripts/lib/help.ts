import { type MarkedToken, type Token, type Tokens, lexer } from 'marked';
import type { Plugin } from 'vite';
import type { HelpBlock, HelpPage, HelpPart, HelpText } from '../../renderer/features/help/page';

const pageFile = /[\\/]docs[\\/]user[\\/][A-Za-z-]+[.]md$/;
/** A page of the same folder. */
const pageLink = /^([A-Za-z-]+)[.]md$/;
const outsideLink = /^https?:/;

/** A plugin of the build that makes modules of the pages in `docs/user/`: their text in parts, with no HTML in it. */
export function help(): Plugin {
  return {
    name: 'coffer:help',
    transform: {
      filter: { id: pageFile },
      handler: (text, file) => ({
        code: `export const page = ${JSON.stringify(helpPage(text, file))};`,
        map: null,
        moduleType: 'js',
      }),
    },
  };
}

/**
 * Takes a page apart.
 *
 * @param text - Markdown: one first heading, then headings of two levels, paragraphs, lists and tables.
 * @param file - For messages.
 * @throws Error if there is something that the app could not draw, so that no page is built with a hole in it.
 */
export function helpPage(text: string, file: string): HelpPage {
  const fail = (what: string): never => {
    throw new Error(`${file}: ${what}`);
  };
  const [title, ...rest] = lexer(text).filter(({ type }) => type !== 'space') as MarkedToken[];
  if (title?.type !== 'heading' || title.depth !== 1) return fail('expected a heading of the first level at the top');
  return { title: title.text, blocks: rest.map((token) => blockOf(token, fail)) };
}

type Fail = (what: string) => never;

function blockOf(token: MarkedToken, fail: Fail): HelpBlock {
  switch (token.type) {
    case 'heading':
      if (token.depth !== 2 && token.depth !== 3) return fail(`heading of level ${token.depth}`);
      return { type: 'heading', depth: token.depth, text: textOf(token.tokens, fail) };
    case 'paragraph':
      return { type: 'paragraph', text: textOf(token.tokens, fail) };
    case 'text':
      return { type: 'paragraph', text: textOf(token.tokens ?? [], fail) };
    case 'list':
      return {
        type: 'list',
        isOrdered: token.ordered,
        items: token.items.map(({ tokens }) =>
          tokens.filter(({ type }) => type !== 'space').map((inner) => blockOf(inner as MarkedToken, fail)),
        ),
      };
    case 'table': {
      const line = (cells: readonly Tokens.TableCell[]) => cells.map(({ tokens }) => textOf(tokens, fail));
      return { type: 'table', head: line(token.header), rows: token.rows.map(line) };
    }
    default:
      return fail(`what the app can’t draw (${token.type})`);
  }
}

function textOf(tokens: readonly Token[], fail: Fail): HelpText {
  return (tokens as readonly MarkedToken[]).map((token): HelpPart => {
    switch (token.type) {
      case 'text':
      case 'escape':
        return { type: 'text', text: token.text };
      case 'strong':
        return { type: 'strong', text: token.text };
      case 'codespan':
        return { type: 'code', text: token.text };
      case 'link':
        return linkOf(token);
      default:
        return fail(`what the app can’t draw (${token.type})`);
    }
  });
}

/** Nothing leads out of the app: what lies elsewhere is named. */
function linkOf({ href, text }: Tokens.Link): HelpPart {
  const page = pageLink.exec(href)?.[1];
  if (page !== undefined) return { type: 'link', text, page };
  return { type: 'text', text: outsideLink.test(href) && href !== text ? `${text} (${href})` : text };
}
