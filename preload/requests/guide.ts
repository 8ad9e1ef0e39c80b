import type { RequestSpec } from '../request-spec';

/** Requests of the guide. */
export const guideRequests = {} as const satisfies Record<string, RequestSpec>;
