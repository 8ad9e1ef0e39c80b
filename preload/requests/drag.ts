import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import { dragFormat, exportFormat } from '../format-shapes';
import { recordId } from '../shapes';

/**
 * Requests of a drag out of the window. Two steps, because the files must lie ready when the system's drag begins, and that must begin in
 * the turn in which it is asked for (`main/desktop/drag.ts`).
 */
export const dragRequests = {
  /** Writes the files into a private folder, for a minute at most. Null: the usual format. What lay ready before goes. */
  'drag:prepare': unlocked(z.strictObject({ id: recordId, format: dragFormat.nullable() }), z.strictObject({})),
  /** Begins the drag of what lies ready, and says what it was; if the mouse button was let go already, removes it instead. */
  'drag:start': unlocked(
    z.strictObject({}),
    z.strictObject({
      files: z.array(z.strictObject({ recordId, format: exportFormat, fileName: z.string(), isPrivate: z.boolean() })),
    }),
  ),
} as const satisfies Record<string, RequestSpec>;
