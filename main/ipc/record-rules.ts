import { say } from '../../preload/words/say';
import type { CredentialKind, RecordBody } from '../credentials/descriptor';
import { type FoundRecord, findRecords, markOf, withMarkOf } from '../credentials/marks';
import { type Overview, decodeOverview } from '../credentials/overview';
import type { OverviewSource } from '../credentials/overview-source';
import { CofferError } from '../errors';
import type { Vault } from '../vault/vault';
import { linksOf } from './record-links';

const mostSame = 20;

/** The parts of an overview that follow from the body. */
export function derivedFrom(kind: CredentialKind, body: RecordBody): Pick<Overview, 'subtitle' | 'links' | 'marks'> {
  const limit = kind.limitOf(body);
  const identities = [...kind.identitiesOf(body), ...(limit === null ? [] : [groupOf(kind, limit.group)])];
  return { subtitle: kind.subtitleOf(body), links: linksOf(kind, body), marks: identities.map(markOf) };
}

/**
 * Records outside the trash that are the same credential.
 *
 * @param identities - By a kind's `identitiesOf`.
 */
export function recordsThatAre(table: OverviewSource, identities: readonly string[]): FoundRecord[] {
  return findRecords(table, identities.map(withMarkOf)).flat().filter(isLive);
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
 * @param id - Of the record; null for one that is not saved yet.
 * @throws CofferError `bad-request` with the kind's own words.
 */
export function checkLimit(table: OverviewSource, kind: CredentialKind, body: RecordBody, id: string | null): void {
  const limit = kind.limitOf(body);
  if (limit === null) return;
  const others = recordsThatAre(table, [groupOf(kind, limit.group)]).filter((found) => found.id !== id);
  if (others.length >= limit.most) throw new CofferError('bad-request', limit.refusal);
}

function groupOf({ descriptor }: CredentialKind, group: string): string {
  return `group:${descriptor.kind}:${group}`;
}
