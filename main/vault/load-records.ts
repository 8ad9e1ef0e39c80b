import { watchPlace } from '../files/same-file';
import { pagePlace } from './format';
import { type LoadedPage, RecordSet } from './record-set';
import { openPadded, tagOf } from './seal';
import { checkHead } from './set-integrity';
import { Vault, type VaultParts } from './vault';

/** A database whose keys are known. */
export type OpenedDatabase = Pick<VaultParts, 'db' | 'identity' | 'keys' | 'random'> & {
  /** The vault file's own path, links resolved. */
  readonly path: string;
};

/**
 * Reads and opens all pages, checks them against the head, and begins the write-ahead log.
 *
 * @param opened - Stays the caller's, who closes the database if this fails.
 * @throws CofferError `vault-damaged`, and what `VaultDatabase` throws.
 */
export function openWithKeys({ db, path, identity, keys, random }: OpenedDatabase): Vault {
  const head = db.readHead();
  const records = new RecordSet();
  try {
    records.load(openedPages({ db, identity, keys }));
    checkHead(head, records.marks, identity, keys);
  } catch (error) {
    records.wipe();
    throw error;
  }
  db.startWriting();
  return new Vault({ db, isInPlace: watchPlace(path), identity, keys, records, counter: head.counter, random });
}

function* openedPages({ db, identity, keys }: Pick<OpenedDatabase, 'db' | 'identity' | 'keys'>): Generator<LoadedPage> {
  for (const { no, revision, sealed } of db.eachPage()) {
    const content = openPadded(keys.pageKey, sealed, pagePlace(identity, no, revision));
    yield { no, revision, tag: tagOf(sealed), content };
  }
}
