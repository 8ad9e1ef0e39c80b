import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import * as shape from '../shapes';

const finding = z.strictObject({
  check: z.enum([
    'weak-password',
    'reused-password',
    'no-mfa',
    'old-access-key',
    'two-active-keys',
    'certificate-ends',
    'small-rsa',
    'open-export',
    'no-backup',
    'codes-end',
  ]),
  /** Null for what is about the vault itself. */
  recordId: shape.recordId.nullable(),
  /** Of that record; empty for what is about the vault itself, or a file. */
  kind: z.string(),
  title: z.string(),
  /** The facts, in a sentence. */
  text: z.string(),
  /** Of the exported file that it is about. */
  exportId: shape.recordId.nullable(),
  /** True if its mending was begun already, as a rotation. */
  isUnderWay: z.boolean(),
});

/** Requests about the health of what the vault holds. */
export const healthRequests = {
  /** Looks through all records; nothing secret comes back. At most 5,000 findings of `total`. */
  'health:scan': unlocked(z.strictObject({}), z.strictObject({ findings: z.array(finding).max(5000), total: z.int() })),
} as const satisfies Record<string, RequestSpec>;
