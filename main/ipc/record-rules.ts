import { say } from '../../preload/words/say';
import type { CredentialKind, RecordBody } from '../credentials/descriptor';
import { kindOf } from '../credentials/kinds';
import { type FoundRecord, markOf, withMarkOf } from '../credentials/marks';
import { type Overview, decodeOverview } from '../credentials/overview';
import { CofferError } from '../errors';
import type { Vault } from '../vault/vault';
import { linksOf } from './record-links';
import { type Finding, type OwnerWorld, isSameOwner, ownerIdentities, recordsOfOwner } from './record-owners';

const mostSame = 20;

/** The kind of a name that a page gave. Throws CofferError `bad-request`. */
export function knownKind(name: string): CredentialKind {
  const kind = kindOf(name);
  if (kind === null) throw new CofferError('bad-request', say('main-records.kind-not-known'));
  return kind;
}

/** The parts of an overview that follow from the body. */
export function derivedFrom(kind: CredentialKind, body: RecordBody): Pick<Overview, 'subtitle' | 'links' | 'marks'> {
  const limit = kind.limitOf(body);
  const identities = [...kind.identitiesOf(body), ...(limit === null ? [] : ownerIdentities(kind, limit.owner))];
  return { subtitle: kind.subtitleOf(body), links: linksOf(kind, body), marks: identities.map(markOf) };
}

/**
 * Records outside the trash that are the same credential.
 *
 * @param find - Finds records by their marks.
 * @param identities - By a kind's `identitiesOf`.
 */
export function recordsThatAre(find: Finding, identities: readonly string[]): FoundRecord[] {
  return find(identities.map(withMarkOf)).flat().filter(isLive);
}

/**
 * Those of some records that are others, outside the trash, at most {@link mostSame}, each once.
 *
 * @param found - Records that are the same credential.
 * @param id - Of the record itself; null for one that is not saved yet.
 */
export function othersAmong(found: readonly FoundRecord[], id: string | null): FoundRecord[] {
  const others = found.filter((one) => isLive(one) && one.id !== id);
  return others.filter((one, at) => others.findIndex((other) => other.id === one.id) === at).slice(0, mostSame);
}

function isLive({ overview }: FoundRecord): boolean {
  return overview.trashedAtMs === null;
}

/**
 * Links go to records that are there, of a kind that the field takes.
 *
 * @throws CofferError `bad-request`, naming the field.
 */
export function checkLinks(vault: Pick<Vault, 'overviewOf'>, kind: CredentialKind, body: RecordBody): void {
  for (const [name, target] of Object.entries(linksOf(kind, body))) {
    const field = kind.descriptor.fields.find((candidate) => candidate.name === name);
    const bytes = vault.overviewOf(target);
    if (bytes === null || field?.linksTo.includes(decodeOverview(bytes).kind) !== true) {
      throw new CofferError(
        'bad-request',
        say('main-records.expected-an-item-of-this-vault-or-nothing', { label: field?.label ?? name }),
      );
    }
  }
}

/**
 * A kind may take no more than so many for one user.
 *
 * @param world - The vault, and what finds records in it by their marks.
 * @param id - Of the record; null for one that is not saved yet.
 * @param before - What the record was, if it is changed. Where it counted for the same user already it is not refused: there may be too
 *   many by what was changed in the account's record, and each of them is still to be edited.
 * @throws CofferError `bad-request` with the kind's own words.
 */
export function checkLimit(
  world: OwnerWorld,
  kind: CredentialKind,
  body: RecordBody,
  id: string | null,
  before: RecordBody | null = null,
): void {
  const limit = kind.limitOf(body);
  const ownerBefore = before === null ? null : (kind.limitOf(before)?.owner ?? null);
  if (limit === null || (ownerBefore !== null && isSameOwner(ownerBefore, limit.owner))) return;
  const others = recordsOfOwner(world, kind, limit.owner).filter((found) => isLive(found) && found.id !== id);
  if (others.length >= limit.most) throw new CofferError('bad-request', limit.refusal);
}
