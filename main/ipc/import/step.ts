/** How far a step of an import has come. */
export interface ImportProgress {
  readonly step: 'reading' | 'comparing' | 'importing';
  readonly done: number;
  /** 0 while it is not known how much there is. */
  readonly total: number;
}

/** Who follows a step, and may give it up. */
export interface Watch {
  readonly tell: (progress: ImportProgress) => void;
  /** Its reason is what the step throws. */
  readonly signal: AbortSignal;
}

/** What is looked at. */
export interface Looking extends Watch {
  /** How many files there are; 0 if that is not known. */
  readonly total: number;
  /** Leaves out the files that are not taken, except those that seem to hold a private key or an access key. */
  readonly isLook?: boolean;
}
