import * as z from 'zod';
import { always } from '../request-spec';

const nothing = z.strictObject({});
const byRecentId = z.strictObject({ id: z.int().min(0).max(100_000) });

/** What a notification of the desktop may be about; the preferences' own list, which a test compares. */
const notificationKind = z.enum(['locked-by-itself', 'clipboard-cleared', 'backup-failed', 'copy-failed']);

/** Settings of this computer, kept outside the vaults. */
const computerSettings = {
  startsAtLogin: z.boolean(),
  /** Whether a start at login shows no window. */
  startsHidden: z.boolean(),
  whenLastWindowCloses: z.enum(['quit', 'stay']),
  /** What the user wants to be told of; none to begin with. */
  notifications: z.array(notificationKind).max(notificationKind.options.length).readonly(),
};

/** Vaults that were opened here, settings of this computer, and what Coffer is made of. */
export const computerRequests = {
  /** From the one that was opened last back. An id stands for a path, which does not come from the page. */
  'vault:recent': always(
    nothing,
    z.strictObject({
      rows: z
        .array(
          z.strictObject({
            id: z.int(),
            name: z.string(),
            folder: z.string(),
            atMs: z.number(),
            /** Whether it is the one that the app is at. */
            isChosen: z.boolean(),
            /** Looked up when the list is asked for. */
            isThere: z.boolean(),
          }),
        )
        .max(10),
    }),
  ),
  'vault:choose-recent': always(byRecentId, nothing),
  /** Takes it out of the list; the file stays. */
  'vault:forget-recent': always(byRecentId, nothing),
  /** Puts the one that was taken out last back where it was. */
  'vault:put-recent-back': always(byRecentId, nothing),

  /** `canStay`: whether a closed window could be brought back. */
  'computer:settings': always(nothing, z.strictObject({ ...computerSettings, canStay: z.boolean() })),
  'computer:change': always(z.strictObject(computerSettings), nothing),

  'about:facts': always(
    nothing,
    z.strictObject({
      coffer: z.string(),
      electron: z.string(),
      chromium: z.string(),
      node: z.string(),
      sqlite: z.string(),
      isEvaluationRuntime: z.boolean(),
      /** Packages that Coffer is made of. */
      notices: z.array(
        z.strictObject({ name: z.string(), version: z.string(), license: z.string(), text: z.string() }),
      ),
    }),
  ),
  'about:copy-versions': always(nothing, nothing),
};
