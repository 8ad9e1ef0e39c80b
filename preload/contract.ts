import * as z from 'zod';
import { accessKeyRequests } from './requests/access-key';
import { activityRequests } from './requests/activity';
import { certificateRequests } from './requests/certificate';
import { clipboardRequests } from './requests/clipboard';
import { draftRequests } from './requests/draft';
import { computerRequests } from './requests/computer';
import { dragRequests } from './requests/drag';
import { guideRequests } from './requests/guide';
import { healthRequests } from './requests/health';
import { quickRequests } from './requests/quick';
import { listRequests } from './requests/list';
import { paletteRequests } from './requests/palette';
import { importRequests } from './requests/import';
import { settingsRequests } from './requests/settings';
import { signInRequests } from './requests/sign-in';
import { updateRequests } from './requests/update';
import { windowsPasswordRequests } from './requests/windows-password';
import { type RequestSpec, always, changingWays, inWindow, unlocked } from './request-spec';
import type { Channel, EventName } from './channels';
import { exportDestination, exportFormat } from './format-shapes';
import * as shape from './shapes';
import * as way from './way-shapes';

export type { Channel, EventName } from './channels';

/** Codes of the errors that cross the bridge. */
export const wireErrorCodes = [
  'bad-key',
  'bad-request',
  'busy',
  'cancelled',
  'clock-wrong',
  'code-used',
  'codes-ended',
  'disk-full',
  'file-exists',
  'internal',
  'io-failed',
  'newer-format',
  'no-permission',
  'not-a-vault',
  'not-enough-memory',
  'not-found',
  'not-supported',
  'passphrase-needed',
  'read-only',
  'refused',
  'too-many-tries',
  'vault-damaged',
  'vault-in-use',
  'vault-locked',
  'weak-password',
  'wrong-code',
  'wrong-passphrase',
  'wrong-password',
] as const;

/** An error as a value: a code to branch on and a sentence for the user that holds no secret. */
export interface WireError {
  readonly code: (typeof wireErrorCodes)[number];
  readonly message: string;
}

const nothing = z.strictObject({});
const byId = z.strictObject({ id: shape.recordId });
const fieldOfRecord = z.strictObject({ id: shape.recordId, field: z.string().min(1).max(64) });
const versionOfRecord = z.strictObject({ id: shape.recordId, version: z.int().min(0).max(9) });
const place = z.strictObject({ name: z.string(), folder: z.string() });

export type { Needs, RequestSpec, WindowName } from './request-spec';

/** One line per request; its name is in `channels.ts`, too. This list is the attack surface. */
export const requests = {
  ...signInRequests,
  ...accessKeyRequests,
  ...certificateRequests,
  ...windowsPasswordRequests,
  ...importRequests,
  ...guideRequests,
  ...healthRequests,
  ...activityRequests,
  ...clipboardRequests,
  ...draftRequests,
  ...settingsRequests,
  ...computerRequests,
  ...quickRequests,
  ...paletteRequests,
  ...listRequests,
  ...updateRequests,
  ...dragRequests,

  'app:status': always(nothing, shape.appStatus),
  'app:set-theme': always(z.strictObject({ theme: shape.theme }), nothing),

  // The user picks places in the system's own dialogs; no path comes from the renderer. Null: the dialog was closed.
  'vault:choose-new': always(nothing, place.nullable()),
  'vault:choose-existing': always(nothing, place.nullable()),
  'password:assess': always(z.strictObject({ password: shape.passwordBytes }), shape.passwordStrength),
  'vault:create': always(z.strictObject({ password: shape.passwordBytes }), nothing),
  /** What the chosen, locked file says about its ways in. */
  'vault:ways': always(nothing, way.lockedWays),
  /** Opens a file dialog; the file's digest stays in the main process for the next `vault:unlock`. */
  'vault:pick-key-file': always(nothing, z.strictObject({ fileName: z.string() }).nullable()),
  'vault:unlock': always(way.unlockRequest, nothing),
  /** Gives up a running `vault:unlock` or `vault:create`, which then answers `cancelled`, unless it is as good as done. */
  'vault:cancel': always(nothing, nothing),
  'vault:lock': always(nothing, nothing),
  'vault:integrity': unlocked(nothing, shape.integrityStatus),

  'ways:list': changingWays(nothing, way.waysIn),
  /** Makes a secret for an authenticator app. It counts once two codes of it were proved and a `ways:replace` asks for `totp`. */
  'ways:begin-codes': changingWays(nothing, way.codeEnrolment),
  'ways:prove-codes': changingWays(z.strictObject({ first: way.typedCode, second: way.typedCode }), nothing),
  'ways:set-horizon': unlocked(z.strictObject({ days: z.int().min(30).max(90) }), nothing),
  'ways:pick-key-file': changingWays(nothing, way.keyFileChoice.nullable()),
  'ways:make-key-file': changingWays(nothing, way.keyFileChoice.nullable()),
  /** Opens the window for security keys. */
  'ways:enrol-security-key': changingWays(nothing, nothing),
  /** Forgets what was begun: secret, key file, security key. */
  'ways:forget-begun': changingWays(nothing, nothing),
  /** Starts a new epoch; then the window with the recovery sheet opens. */
  'ways:replace': changingWays(way.replaceWays, nothing),
  'ways:add': unlocked(way.addWay, nothing),
  /** A recovery code for a vault that has none; one that has one gets a new code by `ways:replace`. */
  'ways:add-recovery': unlocked(z.strictObject({ currentPassword: shape.passwordBytes }), nothing),
  /**
   * Gives up a running change, which then answers `cancelled`; the ways in are as they were. Comes too late once `ways:progress`
   * says `publishing`.
   */
  'ways:cancel': changingWays(nothing, nothing),
  'ways:progress': always(nothing, way.waysProgress),

  'security-key:task': inWindow('security-key', nothing, way.securityKeyTask),
  'security-key:report': inWindow('security-key', way.securityKeyReport, nothing),
  'sheet:content': inWindow('sheet', nothing, way.sheetContent),
  'sheet:print': inWindow('sheet', nothing, nothing),
  'sheet:save-pdf': inWindow('sheet', nothing, place.nullable()),
  'sheet:close': inWindow('sheet', nothing, nothing),

  /** Backups of the chosen vault, locked or not, from the newest down. */
  'backup:list': always(nothing, z.strictObject({ folder: z.string(), rows: z.array(way.backupRow).max(100) })),
  'backup:make': unlocked(nothing, nothing),
  'backup:choose-folder': unlocked(nothing, z.strictObject({ folder: z.string() }).nullable()),
  /** `restored`: done, by the open vault's own key. `sign-in`: locked now; the next `vault:unlock` opens and restores it. */
  'backup:restore': always(
    z.strictObject({ id: z.string().max(64) }),
    z.strictObject({ outcome: z.enum(['restored', 'sign-in']) }),
  ),
  'backup:cancel-restore': always(nothing, nothing),
  'backup:save-copy': unlocked(nothing, place.nullable()),

  'kinds:list': unlocked(nothing, z.array(shape.kindDescriptor)),
  'record:list': unlocked(
    shape.listQuery,
    z.strictObject({ rows: z.array(shape.recordSummary).max(200), total: z.int() }),
  ),
  /** Ids of part of a list, for steps that many records take at once. */
  'record:ids': unlocked(
    shape.listSelection.extend({ offset: z.int().min(0), limit: z.int().min(1).max(10_000) }),
    z.strictObject({ ids: z.array(shape.recordId).max(10_000) }),
  ),
  'record:facets': unlocked(nothing, shape.listFacets),
  'record:get': unlocked(byId, shape.recordDetail),
  'record:create': unlocked(shape.newRecord, shape.recordDetail),
  'record:update': unlocked(
    z.strictObject({ id: shape.recordId, changes: shape.recordChanges, usesDraft: shape.usesDraft }),
    shape.recordDetail,
  ),
  'record:trash': unlocked(byId, nothing),
  'record:restore': unlocked(byId, nothing),
  'record:purge': unlocked(byId, nothing),
  /** Copies a field that is marked copyable; its value does not enter the renderer. */
  'record:copy': unlocked(fieldOfRecord, nothing),
  /** With `record:reveal-version` the way in which a secret reaches the renderer: one field of one record, as UTF-8 bytes, for a limited time. */
  'record:reveal': unlocked(fieldOfRecord, z.strictObject({ value: shape.bytes, hideAfterSeconds: z.int() })),
  /** Records of some kinds whose title, tags or second line match, for choosing one to link to. */
  'record:pick': unlocked(
    z.strictObject({ kinds: z.array(z.string().max(255)).max(20), query: z.string().max(1000) }),
    z.strictObject({ rows: z.array(shape.recordSummary).max(50), total: z.int() }),
  ),
  /** Records that would be the same credential as one that is being filled in; `id` is of the one that is edited. */
  'record:same': unlocked(
    z.strictObject({ kind: z.string().max(255), id: shape.recordId.nullable(), values: shape.typedValues }),
    z.strictObject({ rows: z.array(shape.recordSummary) }),
  ),
  /** What a record was, without its secrets; `version` 0 is the newest of the earlier ones. */
  'record:version': unlocked(
    versionOfRecord,
    z.strictObject({
      title: z.string(),
      values: z.record(z.string(), z.string()),
      secrets: z.array(z.string()),
      links: shape.recordLinks,
    }),
  ),
  'record:reveal-version': unlocked(
    versionOfRecord.extend({ field: z.string().min(1).max(64) }),
    z.strictObject({ value: shape.bytes, hideAfterSeconds: z.int() }),
  ),
  'record:restore-version': unlocked(versionOfRecord, shape.recordDetail),
  /** One step for many records; those that are gone or refuse are told by number, and the first reason by its sentence. */
  'record:bulk': unlocked(
    z.strictObject({
      ids: z.array(shape.recordId).min(1).max(500),
      action: z.discriminatedUnion('type', [
        z.strictObject({ type: z.enum(['trash', 'restore', 'purge']) }),
        z.strictObject({ type: z.literal('tag'), add: shape.tagList, remove: shape.tagList }),
      ]),
    }),
    /** `retagged`: of a change of tags, what it would take to undo it. */
    shape.bulkOutcome.extend({ retagged: z.array(shape.retagged).max(500) }),
  ),
  /** Gives records the tags of before a change of many; one that has got others since is refused. */
  'record:put-tags-back': unlocked(
    z.strictObject({ items: z.array(shape.retagged).min(1).max(500) }),
    shape.bulkOutcome,
  ),

  'key-pair:generate': unlocked(
    z.strictObject({ algorithm: shape.keyAlgorithm, ...shape.keyPairLabels, account: shape.linkedId }),
    shape.recordDetail,
  ),
  /** Gives up a running `key-pair:generate`, which then answers `cancelled`. */
  'key-pair:cancel': unlocked(nothing, nothing),

  /** A file that stands in the way is replaced only after a yes in a window of the system's, which no page can give. */
  'export:run': unlocked(
    z.strictObject({
      id: shape.recordId,
      format: exportFormat,
      /** Null: written without a passphrase. */
      passphrase: shape.passwordBytes.nullable(),
      comment: z.string().max(1024),
      destination: exportDestination,
      /** Values of the option's fields. */
      values: shape.typedValues.default({}),
    }),
    shape.exportOutcome,
  ),
  'export:list': unlocked(nothing, z.array(shape.exportedFile).max(1000)),
  /** Of an entry in another program's file: undoes the merge. `copy`: name of the file as it was, beside it; empty if there is none. */
  'export:delete-file': unlocked(byId, z.strictObject({ copy: z.string() })),
  /** Takes a row off the list; the file stays as it is. */
  'export:forget': unlocked(byId, nothing),
} as const satisfies Record<Channel, RequestSpec>;

/** What a caller sends. */
export type RequestOf<C extends Channel> = z.input<(typeof requests)[C]['input']>;
/** What a handler receives: the parsed request. */
export type ParsedRequestOf<C extends Channel> = z.output<(typeof requests)[C]['input']>;
/** What a handler answers. */
export type ResponseOf<C extends Channel> = z.output<(typeof requests)[C]['output']>;
/** Answers are values, because Electron drops `code` from a thrown error. */
export type Reply<C extends Channel> =
  { readonly ok: true; readonly value: ResponseOf<C> } | { readonly ok: false; readonly error: WireError };

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;
type NounOf<C extends Channel> = C extends `${infer Noun}:${string}` ? Noun : never;
type VerbsOf<Noun extends string> = Extract<Channel, `${Noun}:${string}`>;

/** `window.coffer`: `coffer.keyPair.generate({...})` sends `key-pair:generate`. */
export type CofferApi = {
  readonly [Noun in NounOf<Channel> as Camel<Noun>]: {
    readonly [C in VerbsOf<Noun> as C extends `${Noun}:${infer Verb}` ? Camel<Verb> : never]: (
      request: RequestOf<C>,
    ) => Promise<Reply<C>>;
  };
} & {
  /** Calls back on each message; returns the function that ends it. */
  readonly on: (event: EventName, callback: () => void) => () => void;
};
