import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import { listSelection } from '../shapes';

const kept = z.strictObject({ sort: listSelection.shape.sort, filter: listSelection.shape.filter.unwrap() });

/** Requests about what the list of all items showed last. */
export const listRequests = {
  /** A filter that names what is no longer there is told as none. */
  'list:remembered': unlocked(z.strictObject({}), kept),
  'list:remember': unlocked(kept, z.strictObject({})),
} as const satisfies Record<string, RequestSpec>;
