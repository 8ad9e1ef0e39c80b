import type { RequestSpec } from '../request-spec';

/** Requests of sign-ins and accounts. */
export const signInRequests = {} as const satisfies Record<string, RequestSpec>;
