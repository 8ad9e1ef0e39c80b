import type { RequestSpec } from '../request-spec';

/** Requests of signing certificates. */
export const certificateRequests = {} as const satisfies Record<string, RequestSpec>;
