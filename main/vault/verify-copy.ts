import { say } from '../../preload/words/say';
import { isEqualConstantTime } from '../crypto/mac';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { VaultDatabase } from '../store/vault-database';
import { notesPlace, secretPlace } from './format';
import { checkHeaderMac, readHeader } from './header';
import type { KdfLimits } from './kdf-policy';
import { loadRecords } from './load-records';
import { secretNoAt } from './record-id';
import { openPadded, tagOf } from './seal';
import type { VaultKeys } from './vault-keys';

/** What a verified copy holds. */
export interface CopyFacts {
  readonly records: number;
  readonly counter: number;
}

/**
 * Opens a closed vault file with its keys and checks all of it: header, notes, every page, every record's body.
 *
 * @param step - Called after each record, for progress and to give way; what it throws ends the check.
 * @throws CofferError `vault-damaged` if anything does not fit.
 */
export async function verifyCopy(
  file: string,
  keys: VaultKeys,
  limits: KdfLimits,
  step: (done: number) => Promise<void> | void,
): Promise<CopyFacts> {
  const db = VaultDatabase.open(file);
  try {
    const row = db.readHeader();
    const { identity, notesRevision } = readHeader(row, db.readCodeDays(), limits);
    checkHeaderMac(row, keys);
    wipe(openPadded(keys.notesKey, row.notes, notesPlace(identity, notesRevision)));
    const { records, head } = loadRecords(db, { identity, headerMac: row.mac, keys }, null);
    try {
      let done = 0;
      for (const { id, secretRevision, secretTag } of records.entries()) {
        const secret = db.readSecret(secretNoAt(id, 0));
        const isListed = secret?.revision === secretRevision && isEqualConstantTime(tagOf(secret.sealed), secretTag);
        if (secret === null || !isListed) throw damagedCopy();
        wipe(openPadded(keys.secretKey, secret.sealed, secretPlace(identity, id, secretRevision)));
        await step(++done);
      }
      if (db.countSecrets() !== records.size) throw damagedCopy();
      return { records: records.size, counter: head.counter };
    } finally {
      records.wipe();
    }
  } finally {
    // Also turns off the write-ahead log that a copy of a live vault is marked with.
    db.close();
  }
}

function damagedCopy(): CofferError {
  return new CofferError('vault-damaged', say('main-vault.copy-a-record-in-it-is-not-the'));
}
