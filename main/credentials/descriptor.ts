/** What a field is drawn as. */
export type FieldType = 'text' | 'code' | 'multiline' | 'choice' | 'tags' | 'date';

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
}

/** A credential kind as the renderer needs it. Same shape as the bridge's `kindDescriptor`. */
export interface KindDescriptor {
  readonly kind: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly fields: readonly FieldDescriptor[];
}

/** Formats that a record can be exported in. */
export type ExportFormat = 'pkcs1' | 'pkcs8' | 'openssh' | 'public';

/** A way to export a record. Same shape as the bridge's `exportOption`. */
export interface ExportOption {
  readonly format: ExportFormat;
  readonly label: string;
  /** When to choose it, or what to be careful about. */
  readonly note: string;
  /** Suggestion; safe on every system. */
  readonly fileName: string;
  readonly isPrivate: boolean;
  readonly takesComment: boolean;
}

/** The part of a record that is sealed on its own: bytes by field name, in order. Secrets are bytes, never strings. */
export type RecordBody = ReadonlyMap<string, Uint8Array>;

/** All that Coffer knows about a kind of credential. One file implements it; `kinds.ts` lists it. */
export interface CredentialKind {
  readonly descriptor: KindDescriptor;
  /** Values of all fields that are not secret, as text by field name; fields that a record does not have are absent. */
  readonly valuesOf: (body: RecordBody) => Record<string, string>;
  /** Short second line for lists; holds nothing secret. */
  readonly subtitleOf: (body: RecordBody) => string;
  /**
   * A secret field as UTF-8 bytes in an array of their own, which the caller wipes.
   * Throws CofferError `bad-request` for a field that is not secret or not there.
   */
  readonly reveal: (body: RecordBody, field: string) => Uint8Array;
  /** The text of a field that is copyable and not secret. Throws CofferError `bad-request` for another. */
  readonly copyText: (body: RecordBody, field: string) => string;
  /**
   * A body with editable fields replaced; the given one stays as it is, and unchanged values are shared with it.
   * Throws CofferError `bad-request`, naming the field, for a value against the rules or a field that is not editable.
   */
  readonly applyChanges: (body: RecordBody, values: Readonly<Record<string, string>>) => RecordBody;
  /** How this record can be exported, the usual way first. The title serves for file names if there is nothing better. */
  readonly exportsOf: (body: RecordBody, title: string) => readonly ExportOption[];
  /** Remarks for the user about this record, such as a size that EC2 does not take. */
  readonly remarksOf: (body: RecordBody) => readonly string[];
}
