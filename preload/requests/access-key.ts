import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import * as shape from '../shapes';

const byId = z.strictObject({ id: shape.recordId });
const step = z.enum(['created', 'tested', 'deactivated', 'reactivated', 'deleted']);

/** What was done to replace a key. Null: no rotation was begun. */
const rotation = z
  .strictObject({
    newKey: shape.recordId,
    /** Empty if the new key's record is gone. */
    newKeyTitle: z.string(),
    steps: z.array(z.strictObject({ step, atMs: z.number() })),
    /** What may be recorded next, the usual one first. */
    next: z.array(step),
  })
  .nullable();

/** Requests of access keys; `id` is the old key's. */
export const accessKeyRequests = {
  'access-key:rotation': unlocked(byId, rotation),
  /** Keeps the new key that was made at AWS, linked to the old one, and begins the record of the rotation. Answers the old key's detail. */
  'access-key:begin-rotation': unlocked(
    z.strictObject({ id: shape.recordId, accessKeyId: z.string().max(64), secretAccessKey: shape.passwordBytes }),
    shape.recordDetail,
  ),
  /** Records a step that the user did at AWS; refused out of order. */
  'access-key:record-step': unlocked(z.strictObject({ id: shape.recordId, step }), shape.recordDetail),
  'access-key:end-rotation': unlocked(byId, shape.recordDetail),
} as const satisfies Record<string, RequestSpec>;
