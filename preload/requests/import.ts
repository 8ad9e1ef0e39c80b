import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import * as shape from '../shapes';

const nothing = z.strictObject({});
const candidateId = z.string().regex(/^[0-9a-f]{16}$/, { error: 'expected 16 hex digits' });
/** Most files of a batch. */
const mostFiles = 500;
/** Longest file that crosses from the page, in bytes. */
const maxFileBytes = 1024 * 1024;

const fileBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= maxFileBytes, {
  error: `expected at most ${maxFileBytes} bytes`,
});

/** One credential that was found, or a file that is not taken. */
const candidate = z.strictObject({
  id: candidateId,
  fileName: z.string(),
  /** Empty for what was pasted or dropped. */
  folder: z.string(),
  /**
   * `held`: the vault has it already. `passphrase`: it is needed first. `part`: goes with another one, as `message` says.
   * `refused`: `message` says why.
   */
  state: z.enum(['ready', 'held', 'passphrase', 'part', 'refused']),
  /** Name of the kind; empty unless it is known. */
  kind: z.string(),
  title: z.string(),
  /** The kind's second line. */
  subtitle: z.string(),
  /** What protects it in the file; empty if nothing in it is secret, or that is not known. */
  protection: z.enum(['passphrase', 'passphrase-no-mac', 'none', '']),
  /** Makes a record whole of which only the public key is here. */
  completes: z.boolean(),
  /** Id of the account's record that it would be filed under, `new` for one that is made along, or empty. */
  account: z.string(),
  /** The ID or alias of the account that its file tells of and the vault has not; or empty. */
  newAccount: z.string(),
  /** IAM user that it would be filed under; empty for root, and for kinds without. */
  user: z.string(),
  /** True for an access key that is the root user's for certain. */
  isRoot: z.boolean(),
  fingerprints: z.array(z.string()).max(5),
  message: z.string(),
});

/** `isComplete`: false if there is more than was looked at. */
const batch = z.strictObject({ candidates: z.array(candidate).max(2000), isComplete: z.boolean() });

/** A dropped file, or why the page does not send it. */
const droppedFile = z.union([
  z.strictObject({ name: z.string().max(1024), bytes: fileBytes }),
  z.strictObject({ name: z.string().max(1024), problem: z.enum(['too-large', 'unreadable']) }),
]);

/** Whose something is that is taken in; `account` as in {@link candidate}. */
const owner = z.strictObject({ id: candidateId, account: z.string().max(32), user: z.string().max(64) });

/** A file that an import made needless. */
const original = z.strictObject({ id: candidateId, fileName: z.string(), folder: z.string() });

/** Requests of the import. What was found stays in the main process until it is imported, forgotten, or the vault is locked. */
export const importRequests = {
  /** Opens a file dialog. Null: closed. */
  'import:open': unlocked(nothing, batch.nullable()),
  /** Text as UTF-8 bytes. */
  'import:paste': unlocked(z.strictObject({ text: fileBytes }), batch),
  /** Contents of files that were dropped on the window; no path crosses. */
  'import:drop': unlocked(z.strictObject({ files: z.array(droppedFile).max(mostFiles) }), batch),
  /** Looks at ~/.ssh, ~/.aws, ~/.ec2, the folder of downloads, and files that variables of AWS name. */
  'import:look': unlocked(nothing, batch),
  /** Tries a passphrase for one file; answers the whole batch. */
  'import:passphrase': unlocked(z.strictObject({ id: candidateId, passphrase: shape.passwordBytes }), batch),
  /** Compares one with what the vault has of an owner; answers the whole batch. */
  'import:compare': unlocked(owner, batch),
  /** Takes in the chosen ones; those that fail say why in the batch. Whose they are is told where it differs from the batch. */
  'import:run': unlocked(
    z.strictObject({ ids: z.array(candidateId).min(1).max(2000), owners: z.array(owner).max(2000).default([]) }),
    z.strictObject({
      imported: z.array(z.strictObject({ id: candidateId, recordId: shape.recordId })),
      /** Files that could be deleted now; never those in ~/.ssh and ~/.aws. */
      originals: z.array(original),
      batch,
      /** True if `import:cancel` came before all of them were looked at; what was taken in stays. */
      isCancelled: z.boolean(),
    }),
  ),
  /** Makes a backup, then deletes files of {@link original} that still are what was read. */
  'import:delete-originals': unlocked(
    z.strictObject({ ids: z.array(candidateId).min(1).max(2000) }),
    z.strictObject({ deleted: z.int(), refused: z.int(), reason: z.string() }),
  ),
  /** How far the step that is under way has come; `total` is 0 while it is not known how much there is. */
  'import:progress': unlocked(
    nothing,
    z.strictObject({
      step: z.enum(['idle', 'reading', 'comparing', 'importing']),
      done: z.int().min(0),
      total: z.int().min(0),
    }),
  ),
  /**
   * Gives up the step that is under way. One that looks at files, or tries a passphrase (once the derivation that runs has ended, a
   * second at most), answers `cancelled`; `import:run` answers with what it has taken in.
   */
  'import:cancel': unlocked(nothing, nothing),
  'import:forget': unlocked(nothing, nothing),
} as const satisfies Record<string, RequestSpec>;
