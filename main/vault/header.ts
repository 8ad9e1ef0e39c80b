import { say } from '../../preload/words/say';
import { concatBytes, uint32, uint64, utf8 } from '../crypto/encode';
import { hmacSha256, isEqualConstantTime, sha256 } from '../crypto/mac';
import { CofferError } from '../errors';
import type { CodeDayRow, HeaderRow } from '../store/rows';
import { ByteReader } from './byte-reader';
import { formatVersion, label } from './format';
import type { KdfLimits } from './kdf-policy';
import { tagOf } from './seal';
import type { Slot } from './slot';
import { decodeSlot, encodeSlot } from './slot-layout';
import type { VaultIdentity, VaultKeys } from './vault-keys';
import { type CodeTable, codeDayBytes, hashOfDay, maxCodeDays, maxSkewWindows } from './ways/code-table';

/** Most ways into one vault. */
export const maxSlots = 16;

/** What the header says: which vault, which epoch, the ways in, and the table for codes. */
export interface Header {
  readonly identity: VaultIdentity;
  readonly slots: readonly Slot[];
  /** Null if no way asks for codes. */
  readonly codes: CodeTable | null;
  /** Counts the writings of the sealed notes in this epoch. */
  readonly notesRevision: number;
}

const magic = utf8('COFFER');
const tagBytes = 16;

/**
 * Writes the canonical bytes, their digest and their MAC.
 *
 * @param notes - The sealed notes; the bytes hold their tag.
 */
export function makeHeaderRow(
  { identity, slots, codes, notesRevision }: Header,
  notes: Uint8Array,
  keys: Pick<VaultKeys, 'headerMacKey'>,
): HeaderRow {
  const body = concatBytes([
    magic,
    Uint8Array.of(formatVersion),
    identity.vaultId,
    uint32(identity.epoch),
    Uint8Array.of(slots.length),
    ...slots.map(encodeSlot),
    encodeCodes(codes),
    uint64(notesRevision),
    tagOf(notes),
  ]);
  return { body, digest: digestOf(body), mac: macOf(body, keys), notes };
}

/**
 * Reads a header whose digest fits: what fails here is damage, not a wrong password. No key is needed.
 *
 * @param days - Rows of the table for codes; each is compared with its hash in the header.
 * @param limits - Bounds on the costs, checked before anything is paid.
 * @throws CofferError `vault-damaged`, `newer-format`.
 */
export function readHeader(row: HeaderRow, days: readonly CodeDayRow[], limits: KdfLimits): Header {
  if (!isEqualConstantTime(digestOf(row.body), row.digest)) throw damagedHeader();
  const reader = new ByteReader(row.body);
  if (!isEqualConstantTime(reader.take(magic.length), magic)) throw damagedHeader();
  const version = reader.takeNumber(1);
  if (version > formatVersion) {
    throw new CofferError('newer-format', say('main-vault.vault-written-by-a-newer-coffer-format-update', { version }));
  }
  if (version !== formatVersion) throw damagedHeader();
  const identity = { vaultId: reader.take(16), epoch: reader.takeNumber(4) };
  const count = reader.takeNumber(1);
  if (count < 1 || count > maxSlots) throw damagedHeader();
  const slots = Array.from({ length: count }, () => decodeSlot(reader, limits));
  const codes = decodeCodes(reader, days);
  const notesRevision = reader.takeNumber(8);
  if (!isEqualConstantTime(reader.take(tagBytes), tagOf(row.notes))) throw damagedHeader();
  reader.end();
  const asksForCodes = slots.some(({ factors }) => factors.includes('totp'));
  if (asksForCodes !== (codes !== null)) throw damagedHeader();
  return { identity, slots, codes, notesRevision };
}

/**
 * Checks the header's MAC, once a slot has given the keys.
 *
 * @throws CofferError `vault-damaged`.
 */
export function checkHeaderMac(row: HeaderRow, keys: Pick<VaultKeys, 'headerMacKey'>): void {
  if (!isEqualConstantTime(macOf(row.body, keys), row.mac)) throw damagedHeader();
}

function digestOf(body: Uint8Array): Uint8Array {
  return sha256([label('header-digest'), body]);
}

function macOf(body: Uint8Array, keys: Pick<VaultKeys, 'headerMacKey'>): Uint8Array {
  return hmacSha256(keys.headerMacKey, [label('header-mac'), body]);
}

/** One byte 0; or 1, skew + 128, u64 last accepted window, number of rows, and for each row u32 day and SHA-256. */
function encodeCodes(codes: CodeTable | null): Uint8Array {
  if (codes === null) return Uint8Array.of(0);
  return concatBytes([
    Uint8Array.of(1, codes.skewWindows + 128),
    uint64(codes.lastAcceptedWindow),
    Uint8Array.of(codes.days.length),
    ...codes.days.flatMap((row) => [uint32(row.day), hashOfDay(row)]),
  ]);
}

function decodeCodes(reader: ByteReader, days: readonly CodeDayRow[]): CodeTable | null {
  const isThere = reader.takeNumber(1);
  if (isThere === 0) {
    if (days.length > 0) throw damagedCodes();
    return null;
  }
  if (isThere !== 1) throw damagedHeader();
  const skewWindows = reader.takeNumber(1) - 128;
  const lastAcceptedWindow = reader.takeNumber(8);
  const count = reader.takeNumber(1);
  if (Math.abs(skewWindows) > maxSkewWindows || count > maxCodeDays) throw damagedHeader();
  if (count !== days.length) throw damagedCodes();
  const firstDay = days[0]?.day ?? 0;
  days.forEach((row, at) => {
    const isInPlace = reader.takeNumber(4) === row.day && row.day === firstDay + at;
    const hash = reader.take(32);
    if (!isInPlace || row.offsets.length !== codeDayBytes || !isEqualConstantTime(hashOfDay(row), hash)) {
      throw damagedCodes();
    }
  });
  return { skewWindows, lastAcceptedWindow, days };
}

function damagedHeader(): CofferError {
  return new CofferError('vault-damaged', say('main-vault.header-damaged-the-password-was-not-tried-restore'));
}

function damagedCodes(): CofferError {
  return new CofferError('vault-damaged', say('main-vault.table-for-codes-damaged-the-password-was-not'));
}
