import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import type { RecordId } from '../../vault/record-set';
import type { Records } from '../records';
import { type BodyDeps, type Owner, newFromImport } from './bodies';
import { type Candidate, describeFound } from './candidate';
import { completeKeyPair, heldOf } from './held';
import { relate, wholeOf } from './relations';

/** What candidates are compared with, and taken into. */
export interface ImportWorld extends BodyDeps {
  readonly records: Records;
}

/** What is said of a candidate that was taken in. */
const importedMessage = say('common.imported');

/**
 * Finds out which candidates go together, and says of each what the vault has of it, or why no record can be made of it.
 *
 * @param goesOn - Awaited before each; false ends it.
 */
export async function settleAll(
  world: ImportWorld,
  candidates: readonly Candidate[],
  goesOn: () => Promise<boolean>,
): Promise<void> {
  if (!(await relate(candidates, goesOn))) return;
  for (const candidate of candidates) {
    if (!(await goesOn())) return;
    settle(world, candidate);
  }
  settleParts(candidates);
}

/** Those that are a part of another one go its way. */
export function settleParts(candidates: readonly Candidate[]): void {
  for (const candidate of candidates) {
    if (candidate.partOf !== null && candidate.recordId === null) settlePart(candidate, candidate.partOf.as);
  }
}

/**
 * Takes a ready candidate in: makes its record, or completes the one that has its public key.
 *
 * @param owner - Null for what the file itself tells.
 * @returns Null if the vault turned out to have it; the candidate says so then.
 * @throws CofferError `bad-request`, `bad-key` with the reason why it can't be.
 */
export function takeIn(world: ImportWorld, candidate: Candidate, owner: Owner | null): RecordId | null {
  const { found } = candidate;
  // An earlier one of the same run may have been the same credential; so may one of this owner.
  compare(world, candidate, owner);
  if (found === null || candidate.state !== 'ready') return null;
  if (candidate.completes !== null && found.type === 'private-key') {
    completeKeyPair(world.records, candidate.completes, found);
    candidate.recordId = candidate.completes;
  } else {
    const { kind, title, body } = newFromImport(found, candidate.fileName, world, owner);
    try {
      candidate.recordId = world.records.add({ kind, title, tags: [], body }).id;
    } finally {
      wipeBody(body);
    }
  }
  candidate.state = 'held';
  candidate.message = importedMessage;
  return candidate.recordId;
}

function settle(world: ImportWorld, candidate: Candidate): void {
  const { found, fileName } = candidate;
  if (found === null || candidate.recordId !== null) return;
  try {
    candidate.about = describeFound(found, fileName, world);
    compare(world, candidate, null);
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
    candidate.about = null;
    candidate.state = 'refused';
    candidate.message = error.message;
  }
}

/** Compares with the vault; makes nothing. */
function compare(world: ImportWorld, candidate: Candidate, owner: Owner | null): void {
  if (candidate.found === null) return;
  const made = newFromImport(candidate.found, candidate.fileName, world, owner);
  try {
    const held = heldOf(world.records, candidate.found, made);
    candidate.state = held.state === 'held' ? 'held' : 'ready';
    candidate.hasOtherSecret = held.state === 'held' && held.hasOtherSecret;
    candidate.completes = held.state === 'public-only' ? held.id : null;
    candidate.message = '';
    if (held.state === 'held') candidate.message = heldMessage(held.title, held.hasOtherSecret);
    if (held.state === 'public-only')
      candidate.message = say('main-import.completes-which-has-only-the-public', { title: held.title });
  } finally {
    wipeBody(made.body);
  }
}

const partMessages = {
  copy: 'main-import.the-same-as',
  'public half': 'main-import.the-public-half-of',
  'private key': 'main-import.the-private-key-of',
} as const;

function settlePart(part: Candidate, as: NonNullable<Candidate['partOf']>['as']): void {
  const whole = wholeOf(part);
  part.state = whole.state === 'ready' ? 'part' : whole.state;
  part.recordId = whole.recordId;
  if (as === 'private key') part.about = whole.about;
  if (whole.recordId !== null) {
    part.message = as === 'private key' ? importedMessage : heldMessage(whole.about?.title ?? '', false);
  } else if (whole.state === 'ready') {
    const other = whole.fileName === part.fileName ? say('main-import.another-entry') : whole.fileName;
    part.message = say(partMessages[as], { other });
  } else part.message = whole.message;
}

function heldMessage(title: string, hasOtherSecret: boolean): string {
  if (!hasOtherSecret) return say('main-import.held-already', { title });
  return say('main-import.held-already-with-another-secret-than-in-this', { title });
}

function wipeBody(body: ReadonlyMap<string, Uint8Array>): void {
  for (const value of body.values()) value.fill(0);
}
