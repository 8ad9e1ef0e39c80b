import { CofferError } from '../errors';

const rules: readonly [RegExp, () => CofferError][] = [
  [
    /^SQLITE_NOTADB/,
    () => new CofferError('not-a-vault', 'file: expected a Coffer vault; its first bytes are not those of one'),
  ],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    () => new CofferError('vault-in-use', 'vault: already open in another Coffer; close it there first'),
  ],
  [
    /^SQLITE_FULL/,
    () => new CofferError('disk-full', 'vault: the disk is full; nothing was changed. Make room and try again'),
  ],
  [
    /^SQLITE_(READONLY|PERM|AUTH|CANTOPEN)/,
    () =>
      new CofferError('no-permission', 'vault: the file and its folder must be writable for you; nothing was changed'),
  ],
  [
    /^SQLITE_NOMEM|^SQLITE_IOERR_NOMEM/,
    () =>
      new CofferError('not-enough-memory', 'memory: SQLite could not get what it needs; close programs and try again'),
  ],
  [/^SQLITE_IOERR_CORRUPTFS|^SQLITE_IOERR_SHORT_READ/, damaged],
  [/^SQLITE_IOERR/, () => new CofferError('io-failed', 'vault: the disk reported an error; nothing was changed')],
  [/^SQLITE_/, damaged],
];

/** Runs a database step and translates SQLite's errors; the original is kept as the cause. */
export function translatingSqliteErrors<T>(step: () => T): T {
  try {
    return step();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const rule = rules.find(([pattern]) => pattern.test(code));
    if (rule === undefined) throw cause;
    const { code: cofferCode, message } = rule[1]();
    throw new CofferError(cofferCode, message, { cause });
  }
}

/** The error for a database whose structure is not what Coffer writes. */
export function damaged(): CofferError {
  return new CofferError('vault-damaged', 'vault: the file is damaged; restore it from a backup');
}
