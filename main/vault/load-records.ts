import type { HeadRow } from '../store/rows';
import type { VaultDatabase } from '../store/vault-database';
import { pagePlace } from './format';
import { decodePage } from './page';
import { RecordSet } from './record-set';
import { openPadded, tagOf } from './seal';
import { type SetContext, checkHead } from './set-integrity';
import type { VaultKeys } from './vault-keys';

/**
 * Reads, checks and opens all pages.
 *
 * @throws CofferError `vault-damaged`; what `VaultDatabase` throws.
 */
export function loadRecords(
  db: VaultDatabase,
  context: SetContext & { readonly keys: VaultKeys },
): { records: RecordSet; head: HeadRow } {
  const { identity, keys } = context;
  const records = new RecordSet();
  const rows = db.readPages();
  const head = db.readHead();
  const marks = rows.map(({ no, revision, sealed }) => ({ no, revision, tag: tagOf(sealed) }));
  checkHead(head, marks, context);
  for (const { no, revision, sealed } of rows) {
    const content = openPadded(keys.pageKey, sealed, pagePlace(identity, no, revision));
    records.apply([{ no, revision, tag: tagOf(sealed), entries: decodePage(content) }]);
  }
  return { records, head };
}
