import { systemRandom } from '../crypto/random';
import { toSecretKey } from '../crypto/secret-key';
import { associatedDataOf, pagePlace } from './format';
import type { OverviewTable } from './overview-table';
import { encodePage, maxEntriesPerPage } from './page';
import { type LoadedPage, RecordSet } from './record-set';
import { openPaddedWith, sealPadded, tagOf } from './seal';
import { type SetContext, checkHead, makeHead } from './set-integrity';

const pages = 40;

/**
 * Runs the code that opens pages over made-up records, so that the engine has compiled it before a vault is opened: that is
 * then done in half the time. Takes some tens of milliseconds; for a moment in which nobody waits.
 *
 * @param makeOverview - Gives the overview of the n-th made-up record; nothing secret.
 * @returns The made-up records; to be wiped by nobody.
 */
export function warmUpPages(makeOverview: (n: number) => Uint8Array): OverviewTable {
  const random = systemRandom;
  const key = toSecretKey(random(32));
  const identity = { vaultId: random(16), epoch: 1 };
  const loaded = Array.from({ length: pages }, (_, at): LoadedPage => {
    const entries = Array.from({ length: maxEntriesPerPage }, (_entry, n) => ({
      ...{ id: random(16), secretRevision: 1, secretTag: random(16) },
      overview: makeOverview(at * maxEntriesPerPage + n),
    }));
    const place = pagePlace(identity, at + 1, 1);
    const sealed = sealPadded(key, encodePage(entries), place, { padding: 'page', random });
    const content = openPaddedWith(key, sealed, associatedDataOf(place));
    return { no: at + 1, revision: 1, tag: tagOf(sealed), content };
  });
  const records = new RecordSet();
  records.load(loaded);
  const context: SetContext = { identity, headerMac: random(32), keys: { setMacKey: key } };
  checkHead(makeHead(1, records.marks, context), records.marks, context);
  return records;
}
