import type { RequestOf, ResponseOf, WireError } from '../../preload/contract';

/** What the app shows before anything is unlocked. */
export type AppStatus = ResponseOf<'app:status'>;
/** Colours that the user asked for. */
export type Theme = AppStatus['theme'];
/** Strength of a password, in words. */
export type PasswordStrength = ResponseOf<'password:assess'>;
/** A row of the list. */
export type RecordSummary = ResponseOf<'record:list'>['rows'][number];
/** A record without its secrets. */
export type RecordDetail = ResponseOf<'record:get'>;
/** What an update may change. */
export type RecordChanges = RequestOf<'record:update'>['changes'];
/** A credential kind with its field descriptors. */
export type KindDescriptor = ResponseOf<'kinds:list'>[number];
/** One field of a kind. */
export type FieldDescriptor = KindDescriptor['fields'][number];
/** Which records the list shows. */
export type ListView = RequestOf<'record:list'>['view'];
/** Order of the list. */
export type ListSort = RequestOf<'record:list'>['sort'];
/** A way to export a record. */
export type ExportOption = RecordDetail['exports'][number];
/** Name of an export format. */
export type ExportFormat = ExportOption['format'];
/** Where an export goes: a place picked in the system's dialog, or `~/.ssh`. */
export type ExportDestination = RequestOf<'export:run'>['destination'];
/** What an export did. */
export type ExportOutcome = ResponseOf<'export:run'>;
/** One file that an export left on disk. */
export type ExportedFile = ResponseOf<'export:list'>[number];
/** Sizes and types of new key pairs. */
export type KeyAlgorithm = RequestOf<'key-pair:generate'>['algorithm'];
/** Settings kept in the vault. */
export type Settings = ResponseOf<'settings:get'>;
/** How far the check of all records has come. */
export type IntegrityStatus = ResponseOf<'vault:integrity'>;

/** A reply of the bridge with its value spelt out; the same shape as `Reply` of the contract. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };
