import { CofferError } from '../../errors';
import { areEqual } from '../../keys/bytes';
import { describeCertificate } from '../../keys/certificate';
import { describeKey } from '../../keys/describe';
import { sha256HexOf } from '../../keys/fingerprints';
import type { Candidate } from './candidate';
import type { Found } from './found';

/**
 * Finds out which candidates of a batch go together: a certificate gets the private key that another file holds, copies go with
 * the first, public keys with their private key. What was found to go together stays so.
 *
 * @param candidates - Their `partOf` is set; a certificate's `found` gets its key, which the other candidate keeps too.
 */
export function relate(candidates: readonly Candidate[]): void {
  const open = candidates.filter(({ found, recordId }) => found !== null && recordId === null);
  giveCertificatesTheirKeys(open);
  const firsts = new Map<string, Candidate>();
  for (const candidate of open) {
    const identity = identityOf(candidate.found);
    const first = firsts.get(identity);
    if (first === undefined) firsts.set(identity, candidate);
    else if (canBePart(candidate) && isSameSecret(first.found, candidate.found)) setPart(candidate, first, 'copy');
  }
  for (const candidate of open) {
    if (candidate.found?.type !== 'public-key' || !canBePart(candidate)) continue;
    const whole = firsts.get(`private:${sha256HexOf(candidate.found.publicKey.spkiDer)}`);
    if (whole !== undefined) setPart(candidate, whole, 'public half');
  }
}

/** The candidate that another one goes with at last; itself if it goes with none. */
export function wholeOf(candidate: Candidate): Candidate {
  return candidate.partOf === null ? candidate : wholeOf(candidate.partOf.whole);
}

function giveCertificatesTheirKeys(candidates: readonly Candidate[]): void {
  const holders = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (candidate.found?.type === 'private-key') holders.set(identityOf(candidate.found), candidate);
  }
  const wholes = candidates.filter(({ found }) => found?.type === 'certificate' && found.pkcs8 !== null);
  for (const candidate of candidates) {
    const { found } = candidate;
    if (found?.type !== 'certificate' || found.pkcs8 !== null) continue;
    const whole = wholes.find(
      ({ found: other }) => other?.type === 'certificate' && areEqual(other.certificateDer, found.certificateDer),
    );
    const holder = holders.get(`private:${spkiHashOf(found.certificateDer)}`);
    if (whole !== undefined) setPart(candidate, whole, 'copy');
    else if (holder?.found?.type === 'private-key' && holder.partOf === null) {
      candidate.found = { ...found, pkcs8: holder.found.pkcs8 };
      candidate.protection = holder.protection;
      setPart(holder, candidate, 'private key');
      wholes.push(candidate);
    }
  }
}

/** One that others go with stays a row of its own. */
function canBePart(candidate: Candidate): boolean {
  return candidate.partOf === null && candidate.found !== null;
}

function setPart(part: Candidate, whole: Candidate, as: NonNullable<Candidate['partOf']>['as']): void {
  if (wholeOf(whole) !== part) part.partOf = { whole, as };
}

/** What tells copies: the same for the same credential. */
function identityOf(found: Found | null): string {
  switch (found?.type) {
    case 'private-key':
      return `private:${sha256HexOf(describeKey(found.pkcs8).spkiDer)}`;
    case 'public-key':
      return `public:${sha256HexOf(found.publicKey.spkiDer)}`;
    case 'certificate':
      return `certificate:${sha256HexOf(found.certificateDer)}`;
    case 'access-key':
      return `access-key:${found.accessKeyId}`;
    case 'sign-in':
      return `sign-in:${found.accountId}/${found.user}`;
    default:
      return '';
  }
}

/** Two passwords of one user are two findings, of which the user picks one. */
function isSameSecret(a: Found | null, b: Found | null): boolean {
  if (a?.type === 'access-key' && b?.type === 'access-key') return areEqual(a.secretAccessKey, b.secretAccessKey);
  if (a?.type === 'sign-in' && b?.type === 'sign-in') return areEqual(a.password, b.password);
  return a?.type === b?.type && a?.type !== 'not-taken';
}

/** Empty for a certificate that can't be read. */
function spkiHashOf(certificateDer: Uint8Array): string {
  try {
    return sha256HexOf(describeCertificate(certificateDer).spkiDer);
  } catch (error) {
    if (error instanceof CofferError) return '';
    throw error;
  }
}
