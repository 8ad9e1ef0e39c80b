import { Bits } from './bits';
import { visitContaining } from './marks';
import { type OverviewSource, listedKindAt, overviewAt } from './overview-source';

/** Narrows a list; null for what is not asked for. */
export interface Filter {
  /** Name of a kind. */
  readonly kind: string | null;
  /** Id of an account's record: what belongs to it, and the record itself. */
  readonly account: string | null;
  readonly tag: string | null;
}

/** A filter that lets everything through. */
export const noFilter: Filter = { kind: null, account: null, tag: null };

/**
 * Records that pass a filter, kept from one list to the next: going through all overviews takes some milliseconds at 100,000 records.
 * Only the last filter is kept.
 */
export class RecordFilter {
  readonly #source: OverviewSource;
  #filter = noFilter;
  #passing: Bits | null = null;

  constructor(source: OverviewSource) {
    this.#source = source;
  }

  /** The set of those that pass; null if all do. It stays this object's own, and may hold records that are not listed. */
  passing(filter: Filter): Bits | null {
    const isSame = filter.kind === this.#filter.kind && filter.account === this.#filter.account;
    if (!isSame || filter.tag !== this.#filter.tag) {
      this.#filter = filter;
      this.#passing = isNone(filter) ? null : this.#find();
    }
    return this.#passing;
  }

  /** To be called for each record that was saved or removed. */
  note(handle: number): void {
    if (this.#passing === null) return;
    const { kind, account, tag } = this.#filter;
    this.#passing.set(
      handle,
      this.#source.has(handle) &&
        (kind === null || this.#isOfKind(handle, kind)) &&
        (account === null || this.#belongsTo(handle, account)) &&
        (tag === null || this.#isTagged(handle, tag)),
    );
  }

  #find(): Bits {
    const { kind, account, tag } = this.#filter;
    const source = this.#source;
    const sets: Bits[] = [];
    if (kind !== null) {
      const ofKind = new Bits(source.handleLimit);
      source.visit((handle, bytes, start) => {
        if (listedKindAt(bytes, start)?.descriptor.kind === kind) ofKind.set(handle, true);
      });
      sets.push(ofKind);
    }
    if (account !== null) {
      const ofAccount = this.#collect(account, (handle) => this.#belongsTo(handle, account));
      source.visit((handle) => {
        if (source.idOf(handle) === account) ofAccount.set(handle, true);
      });
      sets.push(ofAccount);
    }
    if (tag !== null) sets.push(this.#collect(tag, (handle) => this.#isTagged(handle, tag)));
    const [first = new Bits(), ...others] = sets;
    for (const other of others) first.keep(other);
    return first;
  }

  #collect(needle: string, isMeant: (handle: number) => boolean): Bits {
    const found = new Bits(this.#source.handleLimit);
    visitContaining(this.#source, [needle], (handle) => {
      if (isMeant(handle)) found.set(handle, true);
    });
    return found;
  }

  #isOfKind(handle: number, kind: string): boolean {
    return listedKindAt(this.#source.bytesOf(handle), this.#source.startOf(handle))?.descriptor.kind === kind;
  }

  #belongsTo(handle: number, account: string): boolean {
    return this.#source.idOf(handle) === account || overviewAt(this.#source, handle).links['account'] === account;
  }

  #isTagged(handle: number, tag: string): boolean {
    return overviewAt(this.#source, handle).tags.includes(tag);
  }
}

function isNone({ kind, account, tag }: Filter): boolean {
  return kind === null && account === null && tag === null;
}
