import type { HeadRow } from '../store/rows';
import type { VaultDatabase } from '../store/vault-database';
import { associatedDataOf, pagePlace } from './format';
import { ReadAhead } from './read-ahead';
import { type LoadedPage, RecordSet } from './record-set';
import { openPaddedWith, tagOf } from './seal';
import { type SetContext, checkHead } from './set-integrity';
import type { VaultKeys } from './vault-keys';

type LoadContext = SetContext & { readonly keys: VaultKeys };

/**
 * Reads and opens all pages, and checks them against the head.
 *
 * @param ahead - What was read of them before, from the same database; null if nobody waits.
 * @returns The caller wipes the records.
 * @throws CofferError `vault-damaged`; what `VaultDatabase` throws.
 */
export function loadRecords(
  db: VaultDatabase,
  context: LoadContext,
  ahead: ReadAhead | null,
): { records: RecordSet; head: HeadRow } {
  const head = db.readHead();
  const records = new RecordSet();
  try {
    records.load(openedPages(ahead ?? new ReadAhead(db), context));
    checkHead(head, records.marksWith(), context);
  } catch (error) {
    records.wipe();
    throw error;
  }
  return { records, head };
}

function* openedPages(ahead: ReadAhead, { identity, keys }: LoadContext): Generator<LoadedPage> {
  // Of the associated data only number and revision differ from page to page: u64 each, at the end but for the field's name.
  const associatedData = associatedDataOf(pagePlace(identity, 0, 0));
  const view = new DataView(associatedData.buffer, associatedData.byteOffset, associatedData.length);
  const revisionAt = associatedData.length - 8;
  const noAt = revisionAt - 4 - pagePlace(identity, 0, 0).field.length - 4 - 8;
  for (const { no, revision, sealed } of ahead.pages()) {
    view.setBigUint64(noAt, BigInt(no));
    view.setBigUint64(revisionAt, BigInt(revision));
    const content = openPaddedWith(keys.pageKey, sealed, associatedData);
    const tag = tagOf(sealed);
    yield { no, revision, tag, content: ahead.replace(sealed, content) };
  }
}
