import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import { exportFormat } from '../format-shapes';
import * as shape from '../shapes';

/** What a button does. */
const action = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('copy'), field: z.string() }),
  z.strictObject({ type: z.literal('export'), format: exportFormat }),
  z.strictObject({ type: z.literal('open') }),
  z.strictObject({ type: z.literal('make'), kind: z.string() }),
  z.strictObject({ type: z.literal('import') }),
]);

const source = z.strictObject({
  id: z.string(),
  title: z.string(),
  steps: z.array(z.string()),
  today: z.string(),
  whenLost: z.string(),
});

const need = z.strictObject({
  id: z.string(),
  text: z.string(),
  isOptional: z.boolean(),
  state: z.enum(['held', 'unusable', 'missing']),
  candidates: z.array(
    z.strictObject({
      id: shape.recordId,
      kind: z.string(),
      title: z.string(),
      trouble: z.enum(['incomplete', 'inactive', 'expired', 'not-yet-valid']).nullable(),
      /** Labels of what it lacks; empty unless it is incomplete. */
      missing: z.array(z.string()),
      actions: z.array(action),
    }),
  ),
  others: z.int(),
  /** How many of them were not looked at: too many were before them that do not serve. */
  unseen: z.int(),
  /** What gets it; empty if it is held. */
  actions: z.array(action),
});

/** Requests of the guide. */
export const guideRequests = {
  'guide:tasks': unlocked(
    z.strictObject({}),
    z.array(
      z.strictObject({
        group: z.string(),
        tasks: z.array(
          z.strictObject({ id: z.string(), title: z.string(), about: z.string(), words: z.array(z.string()) }),
        ),
      }),
    ),
  ),
  /** What a task takes, and what the vault has of it: for one account, or for all. */
  'guide:task': unlocked(
    z.strictObject({ taskId: z.string().max(64), account: shape.recordId.nullable() }),
    z.strictObject({
      id: z.string(),
      title: z.string(),
      about: z.string(),
      today: z.string(),
      steps: z.array(z.string()),
      isReady: z.boolean(),
      needs: z.array(need),
      sources: z.array(source),
    }),
  ),
} as const satisfies Record<string, RequestSpec>;
