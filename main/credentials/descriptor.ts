/** What a field is drawn as. */
export type FieldType = 'text' | 'code' | 'multiline' | 'choice' | 'date' | 'link';

/** A value that a field may have, with its text for people. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One field of a kind, from which form and detail view are drawn. Same shape as the bridge's `fieldDescriptor`. */
export interface FieldDescriptor {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly type: FieldType;
  readonly isSecret: boolean;
  readonly isEditable: boolean;
  readonly isCopyable: boolean;
  /** In UTF-16 code units. */
  readonly maxLength: number;
  /** Allowed values of a `choice`; suggestions for a text field otherwise. */
  readonly choices: readonly Choice[];
  /** True if a record of the kind can't be without it. */
  readonly isRequired: boolean;
  /** For a `link`: kinds of the records that it may point to. Its value is such a record's id, or empty. */
  readonly linksTo: readonly string[];
}

/** A credential kind as the renderer needs it. Same shape as the bridge's `kindDescriptor`. */
export interface KindDescriptor {
  readonly kind: string;
  readonly label: string;
  readonly labelPlural: string;
  /** Whether records are made by filling in its fields; false for those that only a dialog of their own makes. */
  readonly isTyped: boolean;
  /** Whether records can be dragged out of the window: true if one has an option that `dragChoicesOf` takes. */
  readonly isDraggable: boolean;
  readonly fields: readonly FieldDescriptor[];
}

/** Formats that a record can be exported in. Each kind knows some of them. */
export const exportFormats = [
  'pkcs1',
  'pkcs8',
  'openssh',
  'public',
  'ppk2',
  'ppk3',
  'authorized-keys',
  'cloud-init',
  'ssh-config',
  'x509-key',
  'x509-cert',
  'pkcs12',
  'pkcs12-legacy',
  'env-ec2-sh',
  'env-ec2-powershell',
  'env-ec2-fish',
  'aws-credentials',
  'aws-config',
  'access-key-csv',
  'env-sh',
  'env-powershell',
  'env-fish',
  'rdp',
] as const;

/** One of {@link exportFormats}. */
export type ExportFormat = (typeof exportFormats)[number];

/**
 * Where an export may go: a place picked in the system's dialog, a folder of the user's, the clipboard, or into a file that
 * other programs read (`merge`).
 */
export type ExportDestination = 'dialog' | 'ssh-folder' | 'ec2-folder' | 'clipboard' | 'merge';

/** A way to export a record. Same shape as the bridge's `exportOption`. */
export interface ExportOption {
  readonly format: ExportFormat;
  readonly label: string;
  /** When to choose it, or what to be careful about. */
  readonly note: string;
  /** Suggestion; safe on every system. */
  readonly fileName: string;
  /** True if the file holds a secret. */
  readonly isPrivate: boolean;
  readonly takesComment: boolean;
  readonly passphrase: 'none' | 'optional' | 'required';
  /** The usual one first. */
  readonly destinations: readonly ExportDestination[];
  /** What is asked for besides: such as the name of a profile. Drawn like the fields of a record. */
  readonly fields: readonly FieldDescriptor[];
}

/** What the user chose for an export. */
export interface ExportChoice {
  readonly format: ExportFormat;
  /** UTF-8; null for none. Stays the caller's, who wipes it. */
  readonly passphrase: Uint8Array | null;
  readonly comment: string;
  /** Values of the option's fields, as text; absent ones are empty. */
  readonly values: Readonly<Record<string, string>>;
}

/** Files of other programs into which Coffer merges an entry of its own. */
export type MergeTarget = 'aws-credentials' | 'aws-config' | 'ssh-config';

/** What an export comes to. Bytes are fresh, and wiped by whoever asked. */
export type Exported =
  | { readonly type: 'file'; readonly bytes: Uint8Array }
  | {
      readonly type: 'merge';
      readonly target: MergeTarget;
      /** Name of the profile, or alias of the host. */
      readonly section: string;
      /** Settings of the section, in order; values are UTF-8. */
      readonly settings: readonly { readonly name: string; readonly value: Uint8Array }[];
    };

/** The part of a record that is sealed on its own: bytes by field name, in order. Secrets are bytes, never strings. */
export type RecordBody = ReadonlyMap<string, Uint8Array>;

/** Another record, as much of it as is not secret. */
export interface LinkedRecord {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What a kind may look at besides the record itself. */
export interface RecordContext {
  /** Wall clock. */
  readonly nowMs: number;
  /** The record that a link field points to; null if it is empty, or the record is in the trash or gone. */
  readonly linked: (field: string) => LinkedRecord | null;
  /** Paths that exports write to, for settings that name a file: where the last export of this record in that format lies. */
  readonly exportedPath: (format: ExportFormat) => string | null;
}

/** The user at AWS whose credential a record is, as far as the record itself tells. One of the two members that name the account is not empty. */
export interface RecordOwner {
  /** 12 digits that the credential itself holds; empty if it holds none. */
  readonly accountId: string;
  /** Id of the account's record; empty if it is filed under none. */
  readonly account: string;
  /** As it is written; compared by `foldUser`. */
  readonly user: string;
}

/** At most so many records of a kind for one user, such as access keys. */
export interface RecordLimit {
  readonly owner: RecordOwner;
  readonly most: number;
  /** What the user is told who adds one more: why not, and the way out. */
  readonly refusal: string;
}

/** Values that a form sends: texts, and secrets as UTF-8. Secrets stay the caller's, who wipes them. */
export interface TypedValues {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Uint8Array>>;
  /** Wall clock, for what a kind keeps dates of; 0 if absent. */
  readonly nowMs?: number;
}

/** What may be wrong with a record by itself. */
export type RecordCheck = 'no-mfa' | 'old-access-key' | 'certificate-ends' | 'small-rsa';

/** What a finding may rest on besides the record itself. */
export interface FindingTimes {
  /** Wall clock. */
  readonly nowMs: number;
  /** Since when the vault has the record. */
  readonly createdAtMs: number;
}

/** Something about a record that should be mended. */
export interface Finding {
  readonly check: RecordCheck;
  /** One sentence with the facts, such as `Made 120 days ago.` */
  readonly text: string;
  /** True if its mending was begun already: a rotation that is not at its end. */
  readonly isUnderWay?: boolean;
}

/** A record that should be the only one of its user in use. */
export interface Single {
  readonly owner: RecordOwner;
  /** When the credential was made, as far as the record tells. */
  readonly madeAtMs: number | null;
  /** True if another one is about to take its place. */
  readonly isUnderWay: boolean;
}

/** Something of a record that is copied in one step, such as from a menu. */
export interface QuickCopy {
  /** Name of a field, or another name that only the kind knows. */
  readonly name: string;
  /** What a menu says after the word "Copy". */
  readonly label: string;
  readonly isSecret: boolean;
}

/** All that Coffer knows about a kind of credential. One file implements it; `kinds.ts` lists it. */
export interface CredentialKind {
  readonly descriptor: KindDescriptor;
  /**
   * The body of a new record, from a form. The caller owns it and wipes it.
   * Throws CofferError `bad-request`, naming the field, for a value against the rules, or if {@link KindDescriptor.isTyped} is false.
   */
  readonly make: (typed: TypedValues) => RecordBody;
  /** Values of all fields that are not secret, as text by field name; fields that a record does not have are absent. */
  readonly valuesOf: (body: RecordBody) => Record<string, string>;
  /** Names of the secret fields that this record has. */
  readonly secretsOf: (body: RecordBody) => readonly string[];
  /** Short second line for lists; holds nothing secret. */
  readonly subtitleOf: (body: RecordBody) => string;
  /**
   * A secret field as UTF-8 bytes in an array of their own, which the caller wipes.
   * Throws CofferError `bad-request` for a field that is not secret or not there.
   */
  readonly reveal: (body: RecordBody, field: string) => Uint8Array;
  /**
   * The text of a copyable field, as other programs want it. A secret one becomes a string here, because clipboards take
   * strings only. Throws CofferError `bad-request` for a field that is not copyable or not there.
   */
  readonly copyText: (body: RecordBody, field: string) => string;
  /** What of this record is copied in one step, the most important first. */
  readonly quickCopiesOf: (body: RecordBody) => readonly QuickCopy[];
  /**
   * The text of one of {@link quickCopiesOf}. Throws CofferError `bad-request` or `not-found` for what is none of them.
   *
   * @param nowMs - Wall clock, for what changes with it.
   */
  readonly quickText: (body: RecordBody, name: string, nowMs: number) => string;
  /**
   * A body with editable fields replaced; the given one stays as it is, and unchanged values are shared with it.
   * Throws CofferError `bad-request`, naming the field, for a value against the rules or a field that is not editable.
   */
  readonly applyChanges: (body: RecordBody, typed: TypedValues) => RecordBody;
  /** What makes two records the same credential: `key:SHA256:…`, `access-key:AKIA…`. Nothing secret. */
  readonly identitiesOf: (body: RecordBody) => readonly string[];
  /** Null: no limit. */
  readonly limitOf: (body: RecordBody) => RecordLimit | null;
  /** How this record can be exported, the usual way first. The title serves for file names if there is nothing better. */
  readonly exportsOf: (body: RecordBody, title: string) => readonly ExportOption[];
  /** Does one of {@link exportsOf}. Throws CofferError `bad-request` for what is none of them, or a value against the rules. */
  readonly writeExport: (body: RecordBody, choice: ExportChoice, context: RecordContext) => Promise<Exported>;
  /** What of this record should be mended; absent for a kind of which nothing can be said. */
  readonly findingsOf?: (body: RecordBody, times: FindingTimes) => readonly Finding[];
  /** Name of the secret field that people choose: it should be strong, and no other record should have the same. */
  readonly chosenSecret?: string;
  /** Of the records of one user here only one should be in use, as of access keys; null if it does not matter. */
  readonly singleOf?: (body: RecordBody) => Single | null;
  /** Remarks for the user about this record, such as a size that EC2 does not take. */
  readonly remarksOf: (body: RecordBody, context: RecordContext) => readonly string[];
}
