import { foldUser } from '../../credentials/user-rules';
import { CofferError } from '../../errors';
import { areEqual } from '../../keys/bytes';
import { describeCertificate } from '../../keys/certificate';
import { describeKey } from '../../keys/describe';
import { sha256HexOf } from '../../keys/fingerprints';
import type { Candidate } from './candidate';
import type { Found } from './found';

/** What tells candidates that go together. */
interface Facts {
  /** The same for the same credential; empty for what is none. */
  readonly identity: string;
  /** Of the public key that it has or is about; empty if there is none. */
  readonly spkiHash: string;
}

type AllFacts = ReadonlyMap<Candidate, Facts>;

/**
 * Finds out which candidates of a batch go together: a certificate gets the private key that another file holds, copies go with
 * the first, public keys with their private key. What was found to go together stays so. Keys and certificates are looked at one by
 * one, then all is put together at once.
 *
 * @param candidates - Their `partOf` is set; a certificate's `found` gets its key, which the other candidate keeps too.
 * @param goesOn - Awaited before each; false ends it, with nothing changed.
 * @returns Whether it came to its end.
 */
export async function relate(candidates: readonly Candidate[], goesOn: () => Promise<boolean>): Promise<boolean> {
  const open = candidates.filter(({ found, recordId }) => found !== null && recordId === null);
  const facts = new Map<Candidate, Facts>();
  for (const candidate of open) {
    if (!(await goesOn())) return false;
    facts.set(candidate, factsOf(candidate.found));
  }
  giveCertificatesTheirKeys(facts);
  const firsts = new Map<string, Candidate>();
  for (const [candidate, { identity }] of facts) {
    const first = firsts.get(identity);
    if (first === undefined) firsts.set(identity, candidate);
    else if (canBePart(candidate) && isSameSecret(first.found, candidate.found)) setPart(candidate, first, 'copy');
  }
  for (const [candidate, { spkiHash }] of facts) {
    if (candidate.found?.type !== 'public-key' || !canBePart(candidate)) continue;
    const whole = firsts.get(`private:${spkiHash}`);
    if (whole !== undefined) setPart(candidate, whole, 'public half');
  }
  return true;
}

/** The candidate that another one goes with at last; itself if it goes with none. */
export function wholeOf(candidate: Candidate): Candidate {
  return candidate.partOf === null ? candidate : wholeOf(candidate.partOf.whole);
}

function giveCertificatesTheirKeys(facts: AllFacts): void {
  const holders = new Map<string, Candidate>();
  const wholes = new Map<string, Candidate>();
  for (const [candidate, { identity }] of facts) {
    const { found } = candidate;
    if (found?.type === 'private-key') holders.set(identity, candidate);
    if (found?.type === 'certificate' && found.pkcs8 !== null && !wholes.has(identity)) wholes.set(identity, candidate);
  }
  for (const [candidate, { identity, spkiHash }] of facts) {
    const { found } = candidate;
    if (found?.type !== 'certificate' || found.pkcs8 !== null) continue;
    const whole = wholes.get(identity);
    const holder = holders.get(`private:${spkiHash}`);
    if (whole !== undefined) setPart(candidate, whole, 'copy');
    else if (holder?.found?.type === 'private-key' && holder.partOf === null) {
      candidate.found = { ...found, pkcs8: holder.found.pkcs8 };
      candidate.protection = holder.protection;
      setPart(holder, candidate, 'private key');
      wholes.set(identity, candidate);
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

function factsOf(found: Found | null): Facts {
  switch (found?.type) {
    case 'private-key': {
      const spkiHash = sha256HexOf(describeKey(found.pkcs8).spkiDer);
      return { identity: `private:${spkiHash}`, spkiHash };
    }
    case 'public-key': {
      const spkiHash = sha256HexOf(found.publicKey.spkiDer);
      return { identity: `public:${spkiHash}`, spkiHash };
    }
    case 'certificate':
      return {
        identity: `certificate:${sha256HexOf(found.certificateDer)}`,
        // Only one that lacks its key is asked.
        spkiHash: found.pkcs8 === null ? spkiHashOf(found.certificateDer) : '',
      };
    case 'access-key':
      return { identity: `access-key:${found.accessKeyId}`, spkiHash: '' };
    case 'sign-in':
      return {
        identity: `sign-in:${found.account.accountId || found.account.alias}/${foldUser(found.user)}`,
        spkiHash: '',
      };
    default:
      return { identity: '', spkiHash: '' };
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
