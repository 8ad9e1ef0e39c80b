import type { RequestSpec } from '../request-spec';

/** Requests of Windows passwords, and which key pairs of EC2 are held. */
export const windowsPasswordRequests = {} as const satisfies Record<string, RequestSpec>;
