import type { RequestSpec } from '../request-spec';

/** Requests of the import. */
export const importRequests = {} as const satisfies Record<string, RequestSpec>;
