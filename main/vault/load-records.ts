import type { HeadRow } from '../store/rows';
import type { VaultDatabase } from '../store/vault-database';
import { pagePlace } from './format';
import { type LoadedPage, RecordSet } from './record-set';
import { openPadded, tagOf } from './seal';
import { type SetContext, checkHead } from './set-integrity';
import type { VaultKeys } from './vault-keys';

type LoadContext = SetContext & { readonly keys: VaultKeys };

/**
 * Reads and opens all pages, and checks them against the head.
 *
 * @returns The caller wipes the records.
 * @throws CofferError `vault-damaged`; what `VaultDatabase` throws.
 */
export function loadRecords(db: VaultDatabase, context: LoadContext): { records: RecordSet; head: HeadRow } {
  const head = db.readHead();
  const records = new RecordSet();
  try {
    records.load(openedPages(db, context));
    checkHead(head, records.marks, context);
  } catch (error) {
    records.wipe();
    throw error;
  }
  return { records, head };
}

function* openedPages(db: VaultDatabase, { identity, keys }: LoadContext): Generator<LoadedPage> {
  for (const { no, revision, sealed } of db.eachPage()) {
    const content = openPadded(keys.pageKey, sealed, pagePlace(identity, no, revision));
    yield { no, revision, tag: tagOf(sealed), content };
  }
}
