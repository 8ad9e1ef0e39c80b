import type { ExportChoice, Exported } from '../credentials/descriptor';
import { copyBytes } from '../keys/bytes';
import type { RecordId } from '../vault/record-set';
import type { Records } from './records';

/**
 * Does an export of a record. Its body is open only until it was copied: an export may take long, and the record is wiped when the
 * step ends.
 *
 * @returns Bytes are fresh, and wiped by the caller.
 * @throws CofferError `bad-request` for what its kind does not export; `not-found`.
 */
export async function writeExport(
  records: Records,
  { id, ...choice }: ExportChoice & { readonly id: RecordId },
): Promise<Exported> {
  const open = records.withBody(id, ({ kind, body }, context) => ({
    kind,
    context,
    body: new Map([...body].map(([name, value]) => [name, copyBytes(value)] as const)),
  }));
  try {
    return await open.kind.writeExport(open.body, choice, open.context);
  } finally {
    for (const value of open.body.values()) value.fill(0);
  }
}
