import type { DragFolder } from '../files/drag-folder';
import type { Preferences } from '../files/preferences';
import type { RecentVaults } from '../files/recent-vaults';
import type { UpdateState } from '../files/update-choice';
import type { ParsedRequestOf, ResponseOf } from '../../preload/contract';
import type { BackupKeeper } from '../vault/backup-keeper';
import type { Session } from '../vault/session';
import type { PasswordStrength } from '../vault/strength';
import type { WayChanges } from '../vault/way-changes';

/** What the user is asked for in a file dialog. */
export interface FileQuestion {
  readonly title: string;
  readonly buttonLabel: string;
  readonly suggestedPath: string;
}

/** The system's own dialogs. */
export interface Dialogs {
  askWhereToSave(question: FileQuestion): Promise<string | null>;
  askForFile(question: FileQuestion): Promise<string | null>;
  /** Any number of existing files; none if it was closed. */
  askForFiles(question: FileQuestion): Promise<readonly string[]>;
  askForFolder(question: FileQuestion): Promise<string | null>;
  /** Whether a file may be replaced; asked outside the page, which is not trusted to answer. Aborting is a no. */
  askToReplace(file: { readonly folder: string; readonly fileName: string }, signal: AbortSignal): Promise<boolean>;
  /** The same before files are deleted. */
  askToDelete(
    files: readonly { readonly folder: string; readonly fileName: string }[],
    signal: AbortSignal,
  ): Promise<boolean>;
  /** The same for an entry of this name in a file that other programs use too, such as a profile. */
  askToReplaceEntry(entry: { readonly entry: string; readonly file: string }, signal: AbortSignal): Promise<boolean>;
}

/** The system's keychain. */
export interface Keychain {
  /** Whether it can be trusted with a secret; if not, why, as a sentence for people. */
  availability(): Promise<{ isPossible: boolean; reason: string }>;
  seal(secret: Uint8Array): Promise<Uint8Array>;
  /** Null for what this computer's keychain did not seal. */
  open(sealed: Uint8Array): Promise<Uint8Array | null>;
}

/** The window that asks for a security key. */
export interface SecurityKeyPrompt {
  /**
   * Opens the window and waits for the key. Outputs are fresh, and the caller's.
   *
   * @throws CofferError `cancelled`, `not-supported`, `busy`, `io-failed`.
   */
  ask(
    task: ResponseOf<'security-key:task'>,
    signal: AbortSignal,
  ): Promise<{ credentialId: Uint8Array; first: Uint8Array }>;
  /** For the window: what to do. */
  task(): ResponseOf<'security-key:task'>;
  /** From the window: what came of it. */
  report(report: ParsedRequestOf<'security-key:report'>): void;
}

/** The window that shows a recovery code. */
export interface RecoverySheet {
  /** Opens it. The code is copied; the copy is wiped when the window closes. */
  show(content: ResponseOf<'sheet:content'>): void;
  content(): ResponseOf<'sheet:content'>;
  print(): Promise<void>;
  savePdf(questions: {
    readonly askWhere: () => Promise<string | null>;
    readonly askToReplace: (place: { folder: string; name: string }) => Promise<boolean>;
  }): Promise<{ name: string; folder: string } | null>;
  close(): void;
}

/** How the app behaves on the desktop. */
export interface Manners {
  readonly settings: ParsedRequestOf<'computer:change'>;
  /** Whether a closed window could be brought back. */
  readonly canStay: boolean;
  /** Throws CofferError `not-supported`, `no-permission`, `disk-full`, `io-failed`. */
  change(settings: ParsedRequestOf<'computer:change'>): Promise<void>;
  /** To be called when the list of recent vaults has changed. */
  refreshMenu(): void;
  /** To be called when the page lists the open vault. */
  listed(): void;
}

/** What reaches the vault from outside of its window. */
export interface Outside {
  /** The icon on the panel. */
  readonly tray: {
    readonly state: 'off' | 'looking' | 'shown' | 'missing';
    want(isWanted: boolean): void;
  };
  /** The window for quick access, and its keys. */
  readonly quickAccess: {
    /** `taken`: another program has the keys. */
    readonly shortcut: 'off' | 'ready' | 'taken';
    /** Takes other keys, as Electron names them; empty for none. */
    useKeys(keys: string): void;
    close(): void;
  };
}

/** All that handlers need of the rest of the app; handed in by the composition root. */
export interface Services {
  readonly session: Session;
  /** Locks what is open and chooses another file, whatever was begun with the one before. Throws CofferError `busy`. */
  readonly chooseVault: (chosen: { readonly file: string; readonly isNew: boolean }) => void;
  readonly recent: RecentVaults;
  readonly manners: Manners;
  readonly backups: BackupKeeper;
  readonly changes: WayChanges;
  readonly keychain: Keychain;
  /** Sealed secrets of ways that are bound to this computer, by slot id as hex. */
  readonly computerSecrets: {
    write(slotIdHex: string, sealed: Uint8Array): Promise<void>;
    read(slotIdHex: string): Uint8Array | null;
    remove(slotIdHex: string): Promise<void>;
  };
  readonly securityKeyPrompt: SecurityKeyPrompt;
  readonly sheet: RecoverySheet;
  readonly outside: Outside;
  readonly preferences: { readonly current: Preferences; update(changes: Partial<Preferences>): Promise<void> };
  readonly dialogs: Dialogs;
  /** The same, belonging to the window with the recovery sheet. */
  readonly sheetDialogs: Pick<Dialogs, 'askWhereToSave' | 'askToReplace'>;
  readonly strength: { assess(password: Uint8Array): Promise<PasswordStrength>; stop(): Promise<void> };
  /** One more, whose thread ends with what it is for. */
  readonly newStrengthMeter: () => Services['strength'];
  /** Random bytes for what handlers make: passwords and ids. */
  readonly random: (lengthBytes: number) => Uint8Array;
  /** Finds the text of QR codes; null where there is none. The bytes are the caller's, who wipes them. */
  readonly pictures: {
    readQrCode(file: Uint8Array): Promise<Uint8Array | null>;
    readQrCodeOnClipboard(): Promise<Uint8Array | null>;
  };
  /** Puts a text on the clipboard; a secret one goes by itself after some seconds, and at lock. */
  readonly copyText: (text: string, options: { isSecret: boolean }) => Promise<void>;
  readonly clipboard: {
    readonly status: ResponseOf<'clipboard:state'>;
    /** Takes the secret away now, unless something else took its place. */
    forget(): Promise<void>;
  };
  /** The check for updates. */
  readonly updates: {
    readonly isPossible: boolean;
    /** Whether the network was opened for it when the app started. */
    readonly isOnSinceStart: boolean;
    readonly choice: { readonly current: UpdateState; update(changes: Partial<UpdateState>): Promise<void> };
    readonly check: { readonly newVersion: string | null };
    readonly pageUrl: string;
  };
  /** Private folders for files that are dragged out. */
  readonly dragFolder: Pick<DragFolder, 'write' | 'removeAll'>;
  /** The system's drag of files, out of the app's window; possible while a mouse button is held down there. */
  readonly dragOut: { readonly isPossible: boolean; start(files: readonly string[]): void };
  /** Runs once what unlocking will run, while the unlock screen waits; see `warm-up.ts`. */
  readonly warmUp: () => void;
  /** Tells the page that records changed. */
  readonly announceRecords: () => void;
  readonly applyTheme: (theme: Preferences['theme']) => void;
  readonly folders: { readonly home: string; readonly documents: string; readonly downloads: string };
  /** Variables that say where files of other programs are, such as AWS_CONFIG_FILE. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly facts: {
    readonly isEvaluationRuntime: boolean;
    readonly versions: { readonly coffer: string; readonly electron: string };
  };
  /** Versions of what Coffer runs on, and the packages that it is made of. */
  readonly about: () => Omit<ResponseOf<'about:facts'>, 'isEvaluationRuntime'>;
  /** Wall clock, for dates that people see. */
  readonly nowMs: () => number;
}
