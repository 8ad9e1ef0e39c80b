import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';

const nothing = z.strictObject({});

/** Requests about the secret that was copied last. */
export const clipboardRequests = {
  /** `holding`: it goes in `leftMs` of `keepMs`. `left-alone`: something else took its place, and stays. */
  'clipboard:state': unlocked(
    nothing,
    z.strictObject({
      state: z.enum(['idle', 'holding', 'cleared', 'left-alone', 'failed']),
      leftMs: z.number().min(0),
      keepMs: z.number().min(0),
    }),
  ),
  'clipboard:clear': unlocked(nothing, nothing),
} as const satisfies Record<string, RequestSpec>;
