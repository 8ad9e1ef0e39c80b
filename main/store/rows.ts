/** The `header` row: canonical bytes, their plain SHA-256, their MAC under the vault key, and sealed notes on the ways in. */
export interface HeaderRow {
  readonly body: Uint8Array;
  readonly digest: Uint8Array;
  readonly mac: Uint8Array;
  readonly notes: Uint8Array;
}

/** A row of `code_day`: what turns the codes of one day into the target. */
export interface CodeDayRow {
  /** Days since 1970-01-01, UTC. */
  readonly day: number;
  /** Three bytes for each time window of 30 s. */
  readonly offsets: Uint8Array;
}

/** The `head` row: how many commits there were, and the MAC over all pages. */
export interface HeadRow {
  readonly counter: number;
  readonly mac: Uint8Array;
}

/** A row of `page`. */
export interface PageRow {
  readonly no: number;
  readonly revision: number;
  readonly sealed: Uint8Array;
}

/** A row of `secret`. */
export interface SecretRow {
  /** 1 or more. */
  readonly no: number;
  readonly revision: number;
  readonly sealed: Uint8Array;
}

/** What one transaction writes; the head always goes along. */
export interface Commit {
  readonly head: HeadRow;
  /** Written where the ways in or their notes change. */
  readonly header?: HeaderRow;
  /** All rows of the table for codes, which replace those that are there; absent: they stay. */
  readonly codeDays?: readonly CodeDayRow[];
  readonly pages?: readonly PageRow[];
  readonly removedPages?: readonly number[];
  readonly secrets?: readonly SecretRow[];
  readonly removedSecrets?: readonly number[];
}
