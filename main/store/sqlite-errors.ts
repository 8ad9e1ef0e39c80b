import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

const rules: readonly [RegExp, () => CofferError][] = [
  [
    /^SQLITE_NOTADB/,
    () => new CofferError('not-a-vault', say('main-store.file-expected-a-coffer-vault-its-first-bytes')),
  ],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    () => new CofferError('vault-in-use', say('main-store.vault-already-open-in-another-coffer-close-it')),
  ],
  [/^SQLITE_FULL/, () => new CofferError('disk-full', say('main-store.vault-the-disk-is-full-nothing-was-changed'))],
  [
    /^SQLITE_(READONLY|PERM|AUTH|CANTOPEN)/,
    () => new CofferError('no-permission', say('main-store.vault-the-file-and-its-folder-must-be')),
  ],
  [
    /^SQLITE_NOMEM|^SQLITE_IOERR_NOMEM/,
    () => new CofferError('not-enough-memory', say('main-store.memory-sqlite-could-not-get-what-it-needs')),
  ],
  [/^SQLITE_IOERR_CORRUPTFS|^SQLITE_IOERR_SHORT_READ/, damaged],
  [/^SQLITE_IOERR/, () => new CofferError('io-failed', say('main-store.vault-the-disk-reported-an-error-nothing-was'))],
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
  return new CofferError('vault-damaged', say('main-store.vault-the-file-is-damaged-restore-it-from'));
}
