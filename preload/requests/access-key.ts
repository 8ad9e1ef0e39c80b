import type { RequestSpec } from '../request-spec';

/** Requests of access keys. */
export const accessKeyRequests = {} as const satisfies Record<string, RequestSpec>;
