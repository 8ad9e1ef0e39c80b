import type { ExportFormat } from '../descriptor';

/** Kinds of records that the guide speaks of. */
export type GuideKind = 'account' | 'sign-in' | 'access-key' | 'certificate' | 'key-pair' | 'windows-password';

/** Headings under which tasks stand, in the order of the screen. */
export type TaskGroup = 'account' | 'interfaces' | 'instances' | 'sharing' | 'images' | 'credentials' | 'lost';

/** What a button beside a record or a need does. */
export type GuideAction =
  /** Copies a field of the record. */
  | { readonly type: 'copy'; readonly field: string }
  /** Opens the export of the record with this format chosen. */
  | { readonly type: 'export'; readonly format: ExportFormat }
  /** Opens the record: what is to be done is done there, such as showing a code or decrypting. */
  | { readonly type: 'open' }
  /** Opens the form for a new record of the kind. */
  | { readonly type: 'make'; readonly kind: GuideKind }
  /** Opens the import, for what AWS or another tool handed out as a file. */
  | { readonly type: 'import' };

/** What a record must have to serve a need. */
export interface Offer {
  readonly kind: GuideKind;
  /** Names of fields that must not be empty; a secret one counts if the record holds it. */
  readonly fields: readonly string[];
  /** What to do with a record that serves. */
  readonly use: readonly GuideAction[];
}

/** One thing that a task needs. */
export interface Need {
  /** Unique within its task. */
  readonly id: string;
  /** In the user's words, such as "Access key of a user". */
  readonly text: string;
  /** True if the task can be done without it. */
  readonly isOptional: boolean;
  /** `theirs`: of the other party, so that records of every account are looked at. */
  readonly whose: 'mine' | 'theirs';
  /** Any one of these serves; the recommended one first. */
  readonly anyOf: readonly Offer[];
  /** What to do if nothing serves. */
  readonly whenMissing: readonly GuideAction[];
  /** Id of the {@link Source} that says how to get it from AWS. */
  readonly source: string;
}

/** How to get one credential from AWS, with today's names. */
export interface Source {
  readonly id: string;
  readonly title: string;
  /** In order; each is one thing to do. Text between backquotes is to be typed as it stands. */
  readonly steps: readonly string[];
  /** What changed since AWS's older guides, or what AWS recommends instead; empty if nothing. */
  readonly today: string;
  /** What to do when it is lost. */
  readonly whenLost: string;
}

/** One thing that a user may want to do. */
export interface Task {
  /** Stable: links and docs/GUIDE.md name it. */
  readonly id: string;
  readonly group: TaskGroup;
  /** In the user's words; finishes "I want to …". */
  readonly title: string;
  /** One or two sentences: what it is, which credential it takes and why. */
  readonly about: string;
  /** What changed since AWS's older guides; empty if nothing. */
  readonly today: string;
  readonly needs: readonly Need[];
  /** What to do once everything is there; in order. Text between backquotes is to be typed as it stands. */
  readonly steps: readonly string[];
  /** Ids of sources that the task is about besides those of its needs. */
  readonly sources: readonly string[];
  /** Further words that a search should find it by, old names among them. */
  readonly words: readonly string[];
}
