/** The `header` row: canonical bytes, their plain SHA-256 and their MAC under the vault key. */
export interface HeaderRow {
  readonly body: Uint8Array;
  readonly digest: Uint8Array;
  readonly mac: Uint8Array;
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
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly revision: number;
  readonly sealed: Uint8Array;
}

/** What one transaction writes; the head always goes along. */
export interface Commit {
  readonly head: HeadRow;
  readonly pages?: readonly PageRow[];
  readonly removedPages?: readonly number[];
  readonly secrets?: readonly SecretRow[];
  readonly removedSecrets?: readonly Uint8Array[];
}
