import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import * as shape from '../shapes';

const event = z.strictObject({
  atMs: z.number(),
  /** What was done; a later version may have noted what this one does not know. */
  what: z.string(),
  /** Empty where it is about no record. */
  recordId: z.string(),
  /** Title of the record at that time. */
  title: z.string(),
  /** Field, format or number. Never a value. */
  detail: z.string(),
  /** Titles of many records that it is about, one a line; mostly empty. */
  names: z.string(),
});

/** A record that is still there, under its present title. */
const record = z.strictObject({ id: shape.recordId, kind: z.string(), title: z.string(), isInTrash: z.boolean() });

/** Requests about what was done with the vault. */
export const activityRequests = {
  /** The newest first. Records that are gone are missing in `records`. */
  'activity:list': unlocked(
    z.strictObject({}),
    z.strictObject({ events: z.array(event).max(2000), records: z.array(record).max(2000) }),
  ),
  /** Forgets for ever what is older; null: all of it. */
  'activity:clear': unlocked(
    z.strictObject({ olderThanDays: z.int().min(1).max(3650).nullable() }),
    z.strictObject({}),
  ),
} as const satisfies Record<string, RequestSpec>;
