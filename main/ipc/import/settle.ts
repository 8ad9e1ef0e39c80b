import { say } from '../../../preload/words/say';
import { encodeText } from '../../credentials/body';
import { CofferError } from '../../errors';
import type { RecordId } from '../../vault/record-set';
import type { Records } from '../records';
import { type BodyDeps, type NewFromImport, type Owner, newFromImport } from './bodies';
import { accountToMake, newAccount } from './accounts';
import { type Candidate, describeFound } from './candidate';
import { type Held, completeKeyPair, heldOf } from './held';
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
    const made = newFromImport(found, candidate.fileName, world, owner);
    try {
      candidate.recordId = addMade(world, made);
    } finally {
      wipeBody(made.body);
    }
  }
  candidate.state = 'held';
  candidate.message = importedMessage;
  return candidate.recordId;
}

/**
 * Compares a candidate with what the vault has of this owner, where that decides whether it is held.
 *
 * @throws CofferError `bad-request` for an owner against the rules; the candidate is as it was.
 */
export function compareFor(world: ImportWorld, candidate: Candidate, owner: Owner): void {
  const isCompared = candidate.state === 'ready' || candidate.state === 'held';
  if (isCompared && candidate.recordId === null && candidate.partOf === null) compare(world, candidate, owner);
}

/** Says anew where those would be filed of which an account was to be made along; it may be there now. */
export function fileAnew(world: ImportWorld, candidates: readonly Candidate[]): void {
  for (const candidate of candidates) {
    const { found, about, fileName, recordId } = candidate;
    if (found === null || recordId !== null || about?.account !== newAccount) continue;
    candidate.about = describeFound(found, fileName, world);
  }
}

/** Adds a record, and the account that it tells of: both or neither. */
function addMade({ records }: ImportWorld, { kind, title, body, madeAlong }: NewFromImport): RecordId {
  if (madeAlong === null) return records.add({ kind, title, tags: [], body }).id;
  const { id: account } = records.add(accountToMake(madeAlong));
  try {
    const filed = new Map(body).set('account', encodeText(account));
    return records.add({ kind, title, tags: [], body: filed }).id;
  } catch (error) {
    records.setTrashed(account, true);
    records.purge(account);
    throw error;
  }
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
    // Of a user of an account that is not there yet the vault has nothing.
    const isUserOfNew = made.madeAlong !== null && candidate.found.type === 'sign-in';
    const held: Held = isUserOfNew ? { state: 'new' } : heldOf(world.records, candidate.found, made);
    candidate.state = held.state === 'held' ? 'held' : 'ready';
    candidate.hasOtherSecret = held.state === 'held' && held.hasOtherSecret;
    candidate.completes = held.state === 'public-only' ? held.id : null;
    candidate.message = candidate.found.type === 'access-key' ? candidate.found.note : '';
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
