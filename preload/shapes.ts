import * as z from 'zod';
import { dragChoice, exportDestination, exportFormat } from './format-shapes';

/** Longest password or passphrase that crosses the bridge, in UTF-8 bytes. */
const maxPasswordBytes = 1024;
/** Longest secret that a form sends, in bytes. */
const maxSecretBytes = 65_536;
/** Longest title, tag list or note; far above what people type, far below what would hurt. */
const maxTextLength = 100_000;

/** A password or passphrase as UTF-8 bytes; the receiver wipes them after use. */
export const passwordBytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= maxPasswordBytes,
  { error: `expected at most ${maxPasswordBytes} bytes` },
);

/** Bytes of any length; the handler bounds them. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, { error: 'expected bytes' });

/** A record's id: 16 random bytes as lower-case hex. */
export const recordId = z.string().regex(/^[0-9a-f]{32}$/, { error: 'expected 32 hex digits' });

/** The id of another record, or nothing. */
export const linkedId = z.string().regex(/^([0-9a-f]{32})?$/, { error: 'expected 32 hex digits, or nothing' });

/** Title shown in lists. */
export const title = z.string().min(1).max(maxTextLength);
/** Tags to add or take away. */
export const tagList = z.array(z.string().min(1).max(maxTextLength)).max(100);
/** Tags, shown and searched; order is kept. */
/** The tags that a record had and has. */
export const retagged = z.strictObject({ id: recordId, before: tagList, after: tagList });

/** What came of one step for many records. `isOver`: what failed would fail for all others, too. */
export const bulkOutcome = z.strictObject({
  done: z.int(),
  refused: z.int(),
  reason: z.string(),
  isOver: z.boolean(),
});

const tags = tagList;
/** Free text; sealed with the secrets, not searched. */
const notes = z.string().max(maxTextLength);
/** The three sizes that EC2 takes today. */
export const keyAlgorithm = z.enum(['rsa-2048', 'rsa-4096', 'ed25519']);
/** Light, dark, or as the system says. */
export const theme = z.enum(['system', 'light', 'dark']);
/** Texts that a form sends, by field name. */
export const typedValues = z.record(z.string().max(64), z.string().max(maxTextLength));
/** Secrets that a form sends, as UTF-8 bytes by field name; an empty one takes the field away. */
export const typedSecrets = z.record(
  z.string().max(64),
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= maxSecretBytes, {
    error: `expected at most ${maxSecretBytes} bytes`,
  }),
);

/** What the app shows before anything is unlocked. */
export const appStatus = z.strictObject({
  /** `none`: no vault chosen yet; the first screen offers create and open. `renewing`: opened by the recovery code, new ways in are due. */
  state: z.enum(['none', 'new', 'locked', 'renewing', 'unlocked']),
  /** The backup that the next unlock restores; null: unlocking just unlocks. */
  restoring: z.strictObject({ fileName: z.string(), atMs: z.number() }).nullable(),
  /** File name without its ending, for titles; empty for `none`. */
  vaultName: z.string(),
  /** Folder of the vault, to be shown to the user. */
  vaultFolder: z.string(),
  /** How many vaults besides the chosen one were opened lately; `vault:recent` names them. */
  otherVaults: z.int(),
  theme,
  isEvaluationRuntime: z.boolean(),
  versions: z.strictObject({ coffer: z.string(), electron: z.string() }),
});

/** Result of zxcvbn, in words. */
export const passwordStrength = z.strictObject({
  /** 0 (guessed at once) to 4 (out of reach). */
  score: z.int().min(0).max(4),
  /** True if the password has the 12 characters that Coffer asks for. */
  isLongEnough: z.boolean(),
  /** How long a thief with the file would need, in words. */
  crackTime: z.string(),
  warning: z.string(),
  suggestions: z.array(z.string()),
});

/** A row of the list. */
export const recordSummary = z.strictObject({
  id: recordId,
  kind: z.string(),
  title: z.string(),
  /** A short second line, made by the kind. */
  subtitle: z.string(),
  tags: z.array(z.string()),
  isFavourite: z.boolean(),
  updatedAtMs: z.number(),
  /** Null unless the record is in the trash. */
  trashedAtMs: z.number().nullable(),
});

/** What can be copied of a record in one step. */
export const quickAction = z.strictObject({
  name: z.string(),
  /** Follows the word "Copy". */
  label: z.string(),
  isSecret: z.boolean(),
});

/** One field of a kind, from which form and detail view are drawn. */
const fieldDescriptor = z.strictObject({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  type: z.enum(['text', 'code', 'multiline', 'choice', 'date', 'link']),
  isSecret: z.boolean(),
  isEditable: z.boolean(),
  isCopyable: z.boolean(),
  maxLength: z.int(),
  /** For `choice`; `suggestions` of a text field otherwise. */
  choices: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  isRequired: z.boolean(),
  /** For `link`: kinds of the records that it may point to. */
  linksTo: z.array(z.string()),
});

/** A credential kind, as the renderer needs it. */
export const kindDescriptor = z.strictObject({
  kind: z.string(),
  label: z.string(),
  labelPlural: z.string(),
  /** Whether records are made by filling in the fields. */
  isTyped: z.boolean(),
  /** Whether its records can be dragged out of the window as files. */
  isDraggable: z.boolean(),
  fields: z.array(fieldDescriptor),
});

/** A way to export a record. */
export const exportOption = z.strictObject({
  format: exportFormat,
  label: z.string(),
  /** When to choose it, or what to be careful about. */
  note: z.string(),
  fileName: z.string(),
  isPrivate: z.boolean(),
  takesComment: z.boolean(),
  passphrase: z.enum(['none', 'optional', 'required']),
  /** The usual one first. */
  destinations: z.array(exportDestination),
  /** What is asked for besides. */
  fields: z.array(fieldDescriptor),
});

/** Records that one points to, by field. */
export const recordLinks = z.array(z.strictObject({ field: z.string(), ...recordSummary.shape }));

/** A record without its secrets. */
export const recordDetail = z.strictObject({
  ...recordSummary.shape,
  createdAtMs: z.number(),
  /** Values of all fields that are not secret, by field name; all as text. Secret fields are absent. */
  values: z.record(z.string(), z.string()),
  /** Names of the secret fields that it has. */
  secrets: z.array(z.string()),
  exports: z.array(exportOption),
  /** How it can be dragged out of the window, the usual way first. */
  drags: z.array(dragChoice),
  /** Remarks of the kind about this record, e.g. a size that EC2 does not take. */
  remarks: z.array(z.string()),
  /** Records that this one points to, by field; those in the trash too. */
  links: recordLinks,
  /** Records outside the trash that point to this one, at most 100. */
  linkedFrom: z.array(recordSummary),
  linkedFromTotal: z.int(),
  /** Other records outside the trash that are the same credential. */
  sameAs: z.array(recordSummary),
  /** What it was before, the newest first; `changed` names the fields. */
  versions: z.array(
    z.strictObject({ endedAtMs: z.number(), isTitleChanged: z.boolean(), changed: z.array(z.string()) }),
  ),
});

/** What `record:update` may change; absent members stay as they are. */
export const recordChanges = z.strictObject({
  title: title.optional(),
  tags: tags.optional(),
  isFavourite: z.boolean().optional(),
  notes: notes.optional(),
  /** Editable fields of the kind, by name. */
  values: typedValues.optional(),
  secrets: typedSecrets.optional(),
});

/** Whether a form is saved: then it is no draft any more, and what was typed into it before the lock is saved with it. */
export const usesDraft = z.boolean().default(false);

/** A record that is filled in by hand. */
export const newRecord = z.strictObject({
  usesDraft,
  kind: z.string().max(255),
  title,
  tags,
  values: typedValues,
  secrets: typedSecrets,
});

/** Narrows a list; null for what is not asked for. */
const listFilter = z.strictObject({
  kind: z.string().max(255).nullable(),
  /** Id of an account's record. */
  account: recordId.nullable(),
  tag: z.string().max(maxTextLength).nullable(),
});

/** What a list shows, and in which order. */
export const listSelection = z.strictObject({
  query: z.string().max(1000),
  view: z.enum(['all', 'favourites', 'trash']),
  filter: listFilter.default({ kind: null, account: null, tag: null }),
  sort: z.enum(['title', 'updated', 'created']),
});

/** Part of the list: rows from `offset` on, and how many match in all. */
export const listQuery = listSelection.extend({
  offset: z.int().min(0),
  limit: z.int().min(1).max(200),
});

/** What the list can be narrowed by: records outside the trash, counted. At most 500 accounts and 500 tags, by name. */
export const listFacets = z.strictObject({
  total: z.int(),
  favourites: z.int(),
  trashed: z.int(),
  kinds: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
  accounts: z.array(z.strictObject({ id: recordId, title: z.string(), count: z.int() })),
  tags: z.array(z.strictObject({ tag: z.string(), count: z.int() })),
});

/** What a new key pair is called and where it belongs. */
export const keyPairLabels = {
  title,
  /** EC2's name for it: at most 255 ASCII characters, no leading or trailing space. */
  keyName: z.string().max(maxTextLength),
  /** AWS Region code, or empty. */
  region: z.string().max(maxTextLength),
  comment: z.string().max(maxTextLength),
  tags,
  notes,
};

/** What an export did. */
export const exportOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('written'),
    fileName: z.string(),
    folder: z.string(),
    /** Name of the file as it was before, beside it; empty if there is none. */
    backup: z.string(),
    /** What the user should know about what was written, in sentences. */
    remarks: z.array(z.string()),
  }),
  z.strictObject({ outcome: z.literal('copied') }),
  z.strictObject({ outcome: z.literal('cancelled') }),
]);

/** One file that an export left on disk. */
export const exportedFile = z.strictObject({
  id: recordId,
  recordId,
  recordTitle: z.string(),
  format: exportFormat,
  fileName: z.string(),
  folder: z.string(),
  atMs: z.number(),
  hasPassphrase: z.boolean(),
  /** Of an entry that was merged into another program's file: the profile, or the alias of the host; empty for a whole file. */
  section: z.string(),
  /** True for another program's file as it was before Coffer changed it. */
  isBackup: z.boolean(),
  /**
   * Looked up when the list is asked for. `changed`: a file or entry of this name is there, but not what Coffer wrote. `unreadable`:
   * it can't be looked at, such as on a disk that is not connected. `dragged`: out of the window; its folder is empty, as the copy is
   * wherever it was dropped.
   */
  state: z.enum(['there', 'changed', 'unreadable', 'gone', 'dragged']),
});

/** How far the check of all sealed records has come, and what else the user should know about the open vault. */
export const integrityStatus = z.strictObject({
  state: z.enum(['checking', 'whole', 'damaged']),
  checked: z.int(),
  total: z.int(),
  warnings: z.array(
    z.strictObject({
      kind: z.enum(['older-copy', 'read-only', 'backup-failed', 'codes-end-soon', 'password-alone', 'no-recovery']),
      message: z.string(),
    }),
  ),
});
