import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import { dragFormat, recordId } from '../shapes';

const nothing = z.strictObject({});

/**
 * Requests of a drag out of the window. Two steps, because the files must lie ready before the system's drag begins, and that must not
 * begin once the mouse button was let go: it would wait for a release that was missed.
 */
export const dragRequests = {
  /** Writes the files into a private folder, for a minute at most. Null: the usual format. What lay ready before goes. */
  'drag:prepare': unlocked(
    z.strictObject({ id: recordId, format: dragFormat.nullable() }),
    z.strictObject({ fileNames: z.array(z.string()), isPrivate: z.boolean() }),
  ),
  /** Begins the drag of what lies ready. */
  'drag:start': unlocked(nothing, nothing),
  /** Removes what lies ready: the button was let go too early. */
  'drag:forget': unlocked(nothing, nothing),
} as const satisfies Record<string, RequestSpec>;
