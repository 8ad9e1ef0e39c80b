import type { RequestOf, ResponseOf, WireError } from '../../preload/contract';

/** A vault that was opened on this computer. */
export type RecentVault = ResponseOf<'vault:recent'>['rows'][number];
/** Settings of this computer. */
export type ComputerSettings = RequestOf<'computer:change'>;
/** What a notification may be about. */
export type NotificationKind = ComputerSettings['notifications'][number];
/** Versions, and the packages that Coffer is made of. */
export type AboutFacts = ResponseOf<'about:facts'>;
/** What the app shows before anything is unlocked. */
export type AppStatus = ResponseOf<'app:status'>;
/** The check for updates, and what it found. */
export type UpdateStatus = ResponseOf<'update:status'>;
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
/** What narrows the list. */
export type ListFilter = NonNullable<RequestOf<'record:list'>['filter']>;
/** What the list can be narrowed by, counted. */
export type ListFacets = ResponseOf<'record:facets'>;
/** Something that should be mended. */
export type HealthFinding = ResponseOf<'health:scan'>['findings'][number];
/** Something that was done with the vault. */
export type ActivityEvent = ResponseOf<'activity:list'>['events'][number];
/** A step that many records take at once. */
export type BulkAction = RequestOf<'record:bulk'>['action'];
/** Order of the list. */
export type ListSort = RequestOf<'record:list'>['sort'];
/** A way to export a record. */
export type ExportOption = RecordDetail['exports'][number];
/** Name of an export format. */
export type ExportFormat = ExportOption['format'];
/** A way to drag a record out of the window. */
export type DragChoice = RecordDetail['drags'][number];
/** Name of such a way. */
export type DragFormat = DragChoice['format'];
/** Where an export goes: a place picked in the system's dialog, or `~/.ssh`. */
export type ExportDestination = RequestOf<'export:run'>['destination'];
/** What an export did. */
export type ExportOutcome = ResponseOf<'export:run'>;
/** One file that an export left on disk. */
export type ExportedFile = ResponseOf<'export:list'>[number];
/** Sizes and types of new key pairs. */
export type KeyAlgorithm = RequestOf<'key-pair:generate'>['algorithm'];
/** One key pair of EC2, and what the vault has of it. */
export type ComparedKeyPair = NonNullable<ResponseOf<'key-pair:compare'>>['rows'][number];
/** What is known of the secret that was copied last. */
export type ClipboardStatus = ResponseOf<'clipboard:state'>;
/** A form that was open when the vault locked. */
export type DraftRow = ResponseOf<'draft:list'>[number];
/** What such a form holds, without its secrets. */
export type OpenedDraft = ResponseOf<'draft:open'>;
/** Settings kept in the vault. */
export type Settings = ResponseOf<'settings:get'>;
/** How far the check of all records has come. */
export type IntegrityStatus = ResponseOf<'vault:integrity'>;
/** What the user should know about the open vault. */
export type VaultWarning = IntegrityStatus['warnings'][number];
/** What a way in may ask for besides a password. */
export type Factor = RequestOf<'ways:replace'>['factors'][number];
/** A way in, as the locked file tells it. */
export type LockedWay = ResponseOf<'vault:ways'>['ways'][number];
/** All that the screen of the ways in shows. */
export type WaysOverview = ResponseOf<'ways:list'>;
/** One way into the open vault. */
export type WayRow = WaysOverview['ways'][number];
/** How far a change of the ways in has come. */
export type WaysProgress = ResponseOf<'ways:progress'>;
/** A key file that was picked or made. */
export type KeyFileChoice = NonNullable<ResponseOf<'ways:pick-key-file'>>;
/** One backup in the list. */
export type BackupRow = ResponseOf<'backup:list'>['rows'][number];
/** What the window for security keys has to do. */
export type SecurityKeyTask = ResponseOf<'security-key:task'>;
/** What that window found. */
export type SecurityKeyReport = RequestOf<'security-key:report'>;
/** A record in the window for quick access. */
export type QuickRecord = ResponseOf<'quick:search'>[number];
/** What can be copied of it in one step. */
export type QuickAction = QuickRecord['actions'][number];
/** The icon on the panel. */
export type TrayStatus = ResponseOf<'tray:status'>;
/** The keys that open quick access. */
export type ShortcutStatus = ResponseOf<'shortcut:status'>;
/** What the recovery sheet says. */
export type SheetContent = ResponseOf<'sheet:content'>;

/** A reply of the bridge with its value spelt out; the same shape as `Reply` of the contract. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };
