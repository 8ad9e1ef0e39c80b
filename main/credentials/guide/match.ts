import type { GuideAction, Need, Offer, Task } from './shapes';

/** What the guide knows of a record; holds nothing secret. */
export interface HeldRecord {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** Id of the account record that it belongs to; its own for an account; null if it belongs to none. */
  readonly accountId: string | null;
  /** Names of fields that are not empty, secret ones among them. */
  readonly fields: ReadonlySet<string>;
  /** As the record says; null for a kind that has no status. */
  readonly status: string | null;
  /** Milliseconds since 1970; null if it has no such date. */
  readonly notBeforeMs: number | null;
  /** Milliseconds since 1970; null if it never ends. */
  readonly notAfterMs: number | null;
}

/** Why a record does not serve, or what to mind about one that does. */
export type Trouble = 'incomplete' | 'inactive' | 'expired' | 'not-yet-valid';

/** A record that serves a need, or could. */
export interface Candidate {
  readonly record: HeldRecord;
  readonly offer: Offer;
  /** Null: it serves as it is. */
  readonly trouble: Trouble | null;
  /** Fields that it would need besides; empty unless it is incomplete. */
  readonly missingFields: readonly string[];
}

/** How a need is met. */
export interface MetNeed {
  readonly need: Need;
  /** `held`: a record serves. `unusable`: there are some, none of which serves. `missing`: there is none. */
  readonly state: 'held' | 'unusable' | 'missing';
  /** Those that serve first, then those of the chosen account, then by title; at most {@link mostCandidates}. */
  readonly candidates: readonly Candidate[];
  /** How many more there are. */
  readonly others: number;
  /** What gets it; empty if it is held. */
  readonly actions: readonly GuideAction[];
}

/** What the vault has for a task. */
export interface MetTask {
  readonly needs: readonly MetNeed[];
  /** True if every need that the task can't do without is held. */
  readonly isReady: boolean;
}

/** Most records that are shown for one need. */
export const mostCandidates = 20;

/**
 * Says what the vault has of what a task needs.
 *
 * @param task - A row of the guide's table.
 * @param records - Those in the trash left out.
 * @param accountId - The chosen account record: its own records count, and those that belong to none. Null: all of them. For
 * what the other party has, records of all accounts count but the chosen one's.
 * @param nowMs - Decides what has expired.
 */
export function matchTask(
  task: Task,
  records: readonly HeldRecord[],
  accountId: string | null,
  nowMs: number,
): MetTask {
  const needs = task.needs.map((need) => {
    const inScope = records.filter((record) => isInScope(record, need, accountId));
    return meet(need, inScope, accountId, nowMs);
  });
  return { needs, isReady: needs.every(({ need, state }) => need.isOptional || state === 'held') };
}

function isInScope(record: HeldRecord, { whose }: Need, accountId: string | null): boolean {
  if (accountId === null) return true;
  if (whose === 'theirs') return record.accountId !== accountId;
  return record.accountId === accountId || record.accountId === null;
}

function meet(need: Need, records: readonly HeldRecord[], accountId: string | null, nowMs: number): MetNeed {
  const all = records.flatMap((record) => candidateOf(record, need, nowMs) ?? []);
  const rank = (one: Candidate) => [
    one.trouble === null ? 0 : 1,
    need.anyOf.indexOf(one.offer),
    one.record.accountId === accountId ? 0 : 1,
  ];
  all.sort((a, b) => compareNumbers(rank(a), rank(b)) || compareTexts(a.record, b.record));
  const isHeld = all.some(({ trouble }) => trouble === null);
  return {
    need,
    state: isHeld ? 'held' : all.length > 0 ? 'unusable' : 'missing',
    candidates: all.slice(0, mostCandidates),
    others: Math.max(0, all.length - mostCandidates),
    actions: isHeld ? [] : need.whenMissing,
  };
}

/** By the first offer that the record serves; otherwise by the one that it comes nearest to. Null if none is of its kind. */
function candidateOf(record: HeldRecord, { anyOf }: Need, nowMs: number): Candidate | null {
  const tries = anyOf
    .filter(({ kind }) => kind === record.kind)
    .map((offer) => ({ offer, missingFields: offer.fields.filter((field) => !record.fields.has(field)) }));
  const [best] = tries.sort((a, b) => a.missingFields.length - b.missingFields.length);
  if (best === undefined) return null;
  const trouble = best.missingFields.length > 0 ? 'incomplete' : troubleOf(record, nowMs);
  return { record, ...best, trouble };
}

function troubleOf({ status, notBeforeMs, notAfterMs }: HeldRecord, nowMs: number): Trouble | null {
  if (status === 'inactive') return 'inactive';
  if (notAfterMs !== null && notAfterMs <= nowMs) return 'expired';
  return notBeforeMs !== null && notBeforeMs > nowMs ? 'not-yet-valid' : null;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The same everywhere, whatever the system's language. */
function compareTexts(a: HeldRecord, b: HeldRecord): number {
  if (a.title !== b.title) return a.title < b.title ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
