import type { CredentialKind, RecordBody } from '../credentials/descriptor';
import { dragChoicesOf } from '../credentials/drag-choices';
import { versionsOf } from '../credentials/history';
import { kindOf } from '../credentials/kinds';
import { linkedTo, withMarkOf } from '../credentials/marks';
import { type Overview, decodeOverview } from '../credentials/overview';
import type { RecordId } from '../vault/record-set';
import type { ParsedRequestOf, ResponseOf } from '../../preload/contract';
import { linksOf } from './record-links';
import { type Surroundings, contextOf } from './record-context';
import type { Finding } from './record-owners';
import { othersAmong } from './record-rules';

/** A record as the page sees it. */
export type Detail = ResponseOf<'record:get'>;
/** What the page may change of it. */
export type Changes = ParsedRequestOf<'record:update'>['changes'];

/** A record with its body open. */
export interface OpenRecord {
  readonly overview: Overview;
  readonly body: RecordBody;
  readonly kind: CredentialKind;
}

/** Most records that are told to point to one. */
const mostLinks = 100;

/** A row of the list. */
export function summaryOf(id: RecordId, overview: Overview) {
  const { kind, title, subtitle, tags, isFavourite, updatedAtMs, trashedAtMs } = overview;
  return { id, kind, title, subtitle, tags: [...tags], isFavourite, updatedAtMs, trashedAtMs };
}

/** A record without its secrets, with what it points to and what points to it. */
export function detailOf(
  surroundings: Surroundings & { readonly find: Finding },
  id: RecordId,
  { overview, kind, body }: OpenRecord,
): Detail {
  const context = contextOf(surroundings, id, body);
  const { vault } = surroundings;
  const identities = overview.trashedAtMs === null ? kind.identitiesOf(body) : [];
  const [linked = [], ...same] = surroundings.find([linkedTo(id), ...identities.map(withMarkOf)]);
  const usedBy = linked.filter((found) => found.overview.trashedAtMs === null && kindOf(found.overview.kind) !== null);
  const options = kind.exportsOf(body, overview.title);
  return {
    ...summaryOf(id, overview),
    createdAtMs: overview.createdAtMs,
    values: kind.valuesOf(body),
    secrets: [...kind.secretsOf(body)],
    // Options are constants of the same shape; the contract's parser copies them.
    exports: options as unknown as Detail['exports'],
    drags: dragChoicesOf(options).map(({ format, label, files }) => ({
      ...{ format, label },
      fileNames: files.map(({ fileName }) => fileName),
      isPrivate: files.some(({ isPrivate }) => isPrivate),
    })),
    remarks: [...kind.remarksOf(body, context)],
    links: linkedBy(vault, kind, body),
    linkedFrom: usedBy.slice(0, mostLinks).map((found) => summaryOf(found.id, found.overview)),
    linkedFromTotal: usedBy.length,
    // Of one in the trash nobody asks.
    sameAs: othersAmong(same.flat(), id).map((found) => summaryOf(found.id, found.overview)),
    versions: versionsOf(body).map(({ endedAtMs, title, values, absent }) => ({
      endedAtMs,
      isTitleChanged: title !== null,
      changed: [...values.keys(), ...absent],
    })),
  };
}

/** Records that a body points to, by field; those in the trash too, but not those that are gone. */
export function linkedBy(vault: Surroundings['vault'], kind: CredentialKind, body: RecordBody): Detail['links'] {
  return Object.entries(linksOf(kind, body)).flatMap(([field, target]) => {
    const bytes = vault.overviewOf(target);
    return bytes === null ? [] : [{ field, ...summaryOf(target, decodeOverview(bytes)) }];
  });
}
