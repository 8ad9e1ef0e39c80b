import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import * as shape from '../shapes';

/** Requests of the command palette, besides those of lists. */
export const paletteRequests = {
  /** What can be done with a record in one step: nothing is copied of one that is in the trash; nothing at all is done with one that is gone. */
  'palette:actions': unlocked(
    z.strictObject({ id: shape.recordId }),
    z.strictObject({
      copies: z.array(shape.quickAction).max(100),
      isExportable: z.boolean(),
      steps: z.array(z.enum(['edit', 'favour', 'unfavour', 'trash', 'restore', 'delete'])).max(6),
    }),
  ),
  /** Copies one of them; the value does not enter the page. */
  'palette:copy': unlocked(
    z.strictObject({ id: shape.recordId, action: z.string().min(1).max(64) }),
    z.strictObject({}),
  ),
} as const satisfies Record<string, RequestSpec>;
