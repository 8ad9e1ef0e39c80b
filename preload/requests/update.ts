import * as z from 'zod';
import { always } from '../request-spec';

const updateStatus = z.strictObject({
  /** False where there is nobody to ask, and for the evaluation runtime. */
  isPossible: z.boolean(),
  isOn: z.boolean(),
  /** The network is opened or closed at the start only. */
  isRestartDue: z.boolean(),
  /** A newer version, as a signed note says; null for none. */
  newVersion: z.string().nullable(),
  /** Where a person finds it. Text: nothing is opened. */
  pageUrl: z.string(),
});

/** The check for updates: off unless the user turns it on. */
export const updateRequests = {
  'update:status': always(z.strictObject({}), updateStatus),
  'update:set': always(z.strictObject({ isOn: z.boolean() }), updateStatus),
};
