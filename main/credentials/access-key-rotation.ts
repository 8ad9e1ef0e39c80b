import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { showAccountId } from './account-rules';
import { encodeText } from './body';
import type { RecordBody } from './descriptor';
import { textOf } from './plain-kind';

/** What is recorded of the change from one access key to the next, in the order in which AWS advises to do it. */
export const rotationSteps = ['created', 'tested', 'deactivated', 'reactivated', 'deleted'] as const;

/** One of {@link rotationSteps}; `reactivated` undoes `deactivated`. */
export type RotationStep = (typeof rotationSteps)[number];

/** What was done to replace a key, kept in the record of the old one. */
export interface Rotation {
  /** Id of the new key's record. */
  readonly newKey: string;
  /** The earliest first; `created` is always there. */
  readonly steps: readonly { readonly step: RotationStep; readonly atMs: number }[];
}

const field = 'rotation';
/** After so many undone deactivations something else is wrong. */
const mostSteps = 64;
const statusAfter: Partial<Record<RotationStep, string>> = {
  deactivated: 'inactive',
  reactivated: 'active',
  deleted: 'deleted',
};
/** What may come after a step. Deleting is never open to a key that is still active: first one sees that nothing breaks. */
const following: Readonly<Record<RotationStep, readonly RotationStep[]>> = {
  created: ['tested'],
  tested: ['deactivated'],
  deactivated: ['deleted', 'reactivated'],
  reactivated: ['deactivated'],
  deleted: [],
};

/**
 * The rotation of a key that is being replaced.
 *
 * @param body - Of the old key.
 * @returns Null if none was begun.
 * @throws CofferError `vault-damaged` if what is there is no rotation.
 */
export function rotationOf(body: RecordBody): Rotation | null {
  if (!hasRotation(body)) return null;
  const [newKey = '', ...lines] = textOf(body, field).split('\n');
  const steps = lines.map((line) => {
    const [, name, time] = /^([a-z]+) (\d{1,15})$/.exec(line) ?? [];
    const step = rotationSteps.find((candidate) => candidate === name);
    if (step === undefined)
      throw new CofferError('vault-damaged', say('main-access-key.rotation-expected-the-steps-of-one'));
    return { step, atMs: Number(time) };
  });
  if (steps.length === 0)
    throw new CofferError('vault-damaged', say('main-access-key.rotation-expected-at-least-its-first-step'));
  return { newKey, steps };
}

/** Whether a key is being replaced. Never throws: what is there is not read. */
export function hasRotation(body: RecordBody): boolean {
  return body.has(field);
}

/** Steps that may be recorded next, the usual one first; none before a rotation was begun. */
export function nextSteps(rotation: Rotation | null): readonly RotationStep[] {
  const last = rotation?.steps.at(-1);
  return last === undefined ? [] : following[last.step];
}

/**
 * Records that the new key was made.
 *
 * @param body - Of the old key; stays as it is.
 * @param newKey - Id of the new key's record.
 * @throws CofferError `bad-request` if a rotation is under way, or the key is deleted.
 */
export function beginRotation(body: RecordBody, newKey: string, nowMs: number): RecordBody {
  requireNoRotation(body);
  return write(body, { newKey, steps: [{ step: 'created', atMs: nowMs }] });
}

/**
 * Checks that a rotation may begin.
 *
 * @throws CofferError `bad-request` if one is under way, or the key is deleted.
 */
export function requireNoRotation(body: RecordBody): void {
  if (rotationOf(body) !== null) {
    throw new CofferError('bad-request', say('main-access-key.rotation-this-key-is-being-replaced-already-go'));
  }
  if (textOf(body, 'status') === 'deleted') {
    throw new CofferError('bad-request', say('main-access-key.rotation-expected-a-key-that-is-not-deleted'));
  }
}

/**
 * Checks that the new key is of the old one's account: one of another account would leave the programs without access.
 *
 * @param oldAccountId - 12 digits; empty if they are not known, and then nothing is refused.
 * @param newAccountId - The same of the new key.
 * @throws CofferError `bad-request` that names both.
 */
export function requireSameAccount(oldAccountId: string, newAccountId: string): void {
  if (oldAccountId === '' || newAccountId === '' || oldAccountId === newAccountId) return;
  const accounts = { oldAccount: showAccountId(oldAccountId), newAccount: showAccountId(newAccountId) };
  throw new CofferError(
    'bad-request',
    say('main-access-key.access-key-id-expected-one-of-the-old-keys-account', accounts),
  );
}

/**
 * Records a step, and gives the old key the status that goes with it.
 *
 * @param body - Of the old key; stays as it is.
 * @throws CofferError `bad-request` for a step that is not next: create, test, deactivate, and only then delete.
 */
export function recordStep(body: RecordBody, step: RotationStep, nowMs: number): RecordBody {
  const rotation = rotationOf(body);
  if (rotation === null || !nextSteps(rotation).includes(step) || rotation.steps.length >= mostSteps) {
    throw new CofferError('bad-request', say('main-access-key.step-expected-the-next-one-create-test-deactivate'));
  }
  const changed = write(body, { ...rotation, steps: [...rotation.steps, { step, atMs: nowMs }] });
  const status = statusAfter[step];
  return status === undefined ? changed : new Map(changed).set('status', encodeText(status));
}

/**
 * Ends a rotation that is not wanted any more; the new key's record stays.
 *
 * @param body - Of the old key; stays as it is.
 * @throws CofferError `bad-request` if there is none, or the old key is deleted.
 */
export function endRotation(body: RecordBody): RecordBody {
  const rotation = rotationOf(body);
  if (rotation === null || rotation.steps.at(-1)?.step === 'deleted') {
    throw new CofferError('bad-request', say('main-access-key.rotation-expected-one-that-is-under-way'));
  }
  const changed = new Map(body);
  changed.delete(field);
  return changed;
}

function write(body: RecordBody, { newKey, steps }: Rotation): RecordBody {
  const text = [newKey, ...steps.map(({ step, atMs }) => `${step} ${atMs}`)].join('\n');
  return new Map(body).set(field, encodeText(text));
}
