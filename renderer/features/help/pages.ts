import type { HelpPage } from './page';

/** Page with which the help begins. */
export const firstPage = 'README';

const files = import.meta.glob<HelpPage>('../../../docs/user/*.md', { eager: true, import: 'page' });

/** All pages by name: the file's, without its ending. */
export const pages: Readonly<Record<string, HelpPage>> = Object.fromEntries(
  Object.entries(files).map(([file, page]) => [file.replace(/^.*[/](.+)[.]md$/, '$1'), page]),
);
