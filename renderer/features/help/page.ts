/** A part of a line of text. */
export type HelpPart =
  | { readonly type: 'text' | 'strong' | 'code'; readonly text: string }
  /** Leads to another page of the help. */
  | { readonly type: 'link'; readonly text: string; readonly page: string };

/** Text that runs on. */
export type HelpText = readonly HelpPart[];

/** What stands below the title of a page, one under the other. */
export type HelpBlock =
  | { readonly type: 'heading'; readonly depth: 2 | 3; readonly text: HelpText }
  | { readonly type: 'paragraph'; readonly text: HelpText }
  | { readonly type: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly HelpBlock[])[] }
  | { readonly type: 'table'; readonly head: readonly HelpText[]; readonly rows: readonly (readonly HelpText[])[] };

/** A page of the help: a file of `docs/user/`, as the build hands it to the app (`scripts/lib/help.ts`). */
export interface HelpPage {
  readonly title: string;
  readonly blocks: readonly HelpBlock[];
}
