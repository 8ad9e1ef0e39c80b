import type { Preferences } from '../files/preferences';
import type { Session } from '../vault/session';
import type { PasswordStrength } from '../vault/strength';

/** What the user is asked for in a file dialog. */
export interface FileQuestion {
  readonly title: string;
  readonly buttonLabel: string;
  readonly suggestedPath: string;
}

/** All that handlers need of the rest of the app; handed in by the composition root. */
export interface Services {
  readonly session: Session;
  readonly preferences: { readonly current: Preferences; update(changes: Partial<Preferences>): Promise<void> };
  readonly dialogs: {
    askWhereToSave(question: FileQuestion): Promise<string | null>;
    askForFile(question: FileQuestion): Promise<string | null>;
    /** Whether a file may be replaced; asked outside the page, which is not trusted to answer. Aborting is a no. */
    askToReplace(file: { readonly folder: string; readonly fileName: string }, signal: AbortSignal): Promise<boolean>;
  };
  readonly strength: { assess(password: Uint8Array): Promise<PasswordStrength>; stop(): Promise<void> };
  readonly copyText: (text: string) => Promise<void>;
  /** Tells the page that records changed. */
  readonly announceRecords: () => void;
  readonly applyTheme: (theme: Preferences['theme']) => void;
  readonly folders: { readonly home: string; readonly documents: string };
  readonly facts: {
    readonly isEvaluationRuntime: boolean;
    readonly versions: { readonly coffer: string; readonly electron: string };
  };
  /** Wall clock, for dates that people see. */
  readonly nowMs: () => number;
}
