import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import * as shape from '../shapes';

const nothing = z.strictObject({});
const byId = z.strictObject({ id: shape.recordId });

/** What a form is about. */
const target = {
  /** The record that is edited; null for one that is yet to be made. */
  recordId: shape.recordId.nullable(),
  kind: z.string().max(255),
};
const texts = {
  title: z.string().max(100_000),
  tags: shape.tagList,
  /** Fields that are not secret, notes among them. */
  values: shape.typedValues,
};

/** Requests about forms that are not saved yet. The vault keeps what is in them when it locks. */
export const draftRequests = {
  /** What the form holds now; takes the place of what it held before. */
  'draft:keep': unlocked(z.strictObject({ ...target, ...texts, secrets: shape.typedSecrets }), nothing),
  /** The form was closed without saving. */
  'draft:drop': unlocked(nothing, nothing),
  /** Forms that were open when the vault locked, the newest first; nothing of what is in them. */
  'draft:list': unlocked(nothing, z.array(z.strictObject({ id: shape.recordId, atMs: z.number(), ...target })).max(20)),
  /** Goes on with one. Its secrets stay in the main process; `secrets` names them. The next save with `usesDraft` has them. */
  'draft:open': unlocked(byId, z.strictObject({ ...target, ...texts, secrets: z.array(z.string()) })),
  'draft:discard': unlocked(byId, nothing),
} as const satisfies Record<string, RequestSpec>;
