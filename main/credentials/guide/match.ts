import { FirstRecords } from './first-records';
import type { GuideAction, Need, Offer, Task } from './shapes';

/** What the guide knows of a record without opening it. */
export interface ListedRecord {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** Id of the account record that it belongs to; its own for an account; null if it belongs to none. */
  readonly accountId: string | null;
}

/** What the guide knows of a record that was opened; holds nothing secret. */
export interface HeldRecord extends ListedRecord {
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
  /**
   * Those that serve first, then those of the chosen account, then by title; at most {@link mostCandidates}. Once so many were
   * found to serve, no more are opened.
   */
  readonly candidates: readonly Candidate[];
  /** How many more there are. */
  readonly others: number;
  /** How many were not opened because {@link mostLookedAt} were before them, and too few of those serve; usually 0. */
  readonly unseen: number;
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
/** Most records that are looked at for one need, where fewer than {@link mostCandidates} of them serve. */
export const mostLookedAt = 1000;

/** What records are matched against, and how they are opened. */
export interface MatchWorld {
  /** Opens a record: slow, so only as many are opened as the answer takes. Null if it is gone. */
  readonly open: (record: ListedRecord) => HeldRecord | null;
  /**
   * The chosen account record: its own records count, and those that belong to none. Null: all of them. For what the other party has,
   * records of all accounts count but the chosen one's.
   */
  readonly accountId: string | null;
  /** Decides what has expired. */
  readonly nowMs: number;
  /** Awaited between two records, so that others get their turn. */
  readonly giveWay: () => Promise<void>;
}

/**
 * Says what the vault has of what a task needs. For each need at most {@link mostLookedAt} records are opened.
 *
 * @param task - A row of the guide's table.
 * @param records - Those in the trash left out; of kinds that the task has no use for, too, if that is easier.
 */
export async function matchTask(task: Task, records: Iterable<ListedRecord>, world: MatchWorld): Promise<MetTask> {
  const { accountId, giveWay } = world;
  const opened = new Map<string, HeldRecord | null>();
  const open = (record: ListedRecord) => {
    const held = opened.has(record.id) ? (opened.get(record.id) ?? null) : world.open(record);
    opened.set(record.id, held);
    return held;
  };
  const isOwn = (record: ListedRecord) => (record.accountId === accountId ? 0 : 1);
  const compare = (a: ListedRecord, b: ListedRecord) => isOwn(a) - isOwn(b) || compareTexts(a, b);
  const wanted = task.needs.map((need) => ({
    need,
    kinds: new Set(need.anyOf.map(({ kind }): string => kind)),
    first: new FirstRecords(mostLookedAt, compare),
  }));
  for (const record of records) {
    await giveWay();
    for (const { need, kinds, first } of wanted) {
      if (kinds.has(record.kind) && isInScope(record, need, accountId)) first.add(record);
    }
  }
  const needs: MetNeed[] = [];
  for (const { need, first } of wanted) needs.push(await meet(need, first, { ...world, open }));
  return { needs, isReady: needs.every(({ need, state }) => need.isOptional || state === 'held') };
}

function isInScope(record: ListedRecord, { whose }: Need, accountId: string | null): boolean {
  if (accountId === null) return true;
  if (whose === 'theirs') return record.accountId !== accountId;
  return record.accountId === accountId || record.accountId === null;
}

/** @param first - Records of the need's kinds, in the order in which they are tried. */
async function meet(
  need: Need,
  first: FirstRecords<ListedRecord>,
  { open, nowMs, giveWay }: MatchWorld,
): Promise<MetNeed> {
  const found: Candidate[] = [];
  let serving = 0;
  for (const record of first.inOrder()) {
    if (serving === mostCandidates) break;
    await giveWay();
    const held = open(record);
    const candidate = held === null ? null : candidateOf(held, need, nowMs);
    if (candidate === null) continue;
    found.push(candidate);
    if (candidate.trouble === null) serving += 1;
  }
  const rank = ({ trouble, offer }: Candidate) =>
    (trouble === null ? 0 : need.anyOf.length) + need.anyOf.indexOf(offer);
  found.sort((a, b) => rank(a) - rank(b));
  const candidates = found.slice(0, mostCandidates);
  const isHeld = serving > 0;
  return {
    need,
    state: isHeld ? 'held' : found.length > 0 ? 'unusable' : 'missing',
    candidates,
    others: first.count - candidates.length,
    unseen: serving === mostCandidates ? 0 : Math.max(0, first.count - mostLookedAt),
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

/** The same everywhere, whatever the system's language. */
function compareTexts(a: ListedRecord, b: ListedRecord): number {
  if (a.title !== b.title) return a.title < b.title ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
