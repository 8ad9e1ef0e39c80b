import { Cursor, Unreadable, hkdf, hmac, label, LP, ascii, openGcm, sha256, unsigned } from './primitives';

/** Section 2. */
export interface Slot {
  readonly kind: number;
  readonly factors: number;
  readonly id: Buffer;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
  readonly commitment: Buffer;
  readonly nonce: Buffer;
  readonly wrapped: Buffer;
}

export interface CodeDay {
  readonly day: number;
  readonly offsets: Buffer;
}

export interface Header {
  readonly vaultId: Buffer;
  readonly epoch: number;
  readonly slots: readonly Slot[];
  readonly codes: { readonly skew: number; readonly lastAccepted: number } | null;
  readonly notesRevision: number;
}

export interface HeaderRow {
  readonly body: Buffer;
  readonly digest: Buffer;
  readonly mac: Buffer;
  readonly notes: Buffer;
}

/** All that can be checked without a key (section 8, step 3). */
export function readHeader({ body, digest, notes }: HeaderRow, days: readonly CodeDay[]): Header {
  if (!sha256(label('header-digest'), body).equals(digest)) throw new Unreadable('header: digest');
  const cursor = new Cursor(body);
  if (cursor.take(6).toString('latin1') !== 'COFFER' || cursor.number(1) !== 1) throw new Unreadable('header: format');
  const vaultId = cursor.take(16);
  const epoch = cursor.number(4);
  const count = cursor.number(1);
  if (count < 1 || count > 16) throw new Unreadable('header: slots');
  const slots = Array.from({ length: count }, () => readSlot(cursor));
  const codes = readCodes(cursor, days);
  if (slots.some(({ factors }) => (factors & 1) !== 0) !== (codes !== null)) throw new Unreadable('header: codes');
  const notesRevision = cursor.number(8);
  if (!cursor.take(16).equals(notes.subarray(-16))) throw new Unreadable('header: notes');
  cursor.end();
  return { vaultId, epoch, slots, codes, notesRevision };
}

function readSlot(cursor: Cursor): Slot {
  const [kind, factors] = [cursor.number(1), cursor.number(1)];
  if ((kind !== 1 && kind !== 2) || factors > 15 || (kind === 2 && factors !== 0)) throw new Unreadable('slot: kind');
  const id = cursor.take(16);
  const [memoryKiB, passes, lanes] = [cursor.number(4), cursor.number(4), cursor.number(4)];
  const isPayable = within(memoryKiB, 65_536, 1_048_576) && within(passes, 2, 16) && within(lanes, 1, 8);
  if (!isPayable || memoryKiB * passes > 4_194_304) throw new Unreadable('slot: costs');
  const saltLength = cursor.number(1);
  if (saltLength < 16 || saltLength > 64) throw new Unreadable('slot: salt');
  const salt = cursor.take(saltLength);
  const [commitment, nonce, wrapped] = [cursor.take(32), cursor.take(12), cursor.take(48)];
  if ((factors & 4) !== 0) {
    const length = cursor.number(2);
    if (length < 1 || length > 1023) throw new Unreadable('slot: credential id');
    cursor.take(length);
    cursor.take(32);
  }
  return { kind, factors, id, memoryKiB, passes, lanes, salt, commitment, nonce, wrapped };
}

const within = (value: number, least: number, most: number) => value >= least && value <= most;

function readCodes(cursor: Cursor, days: readonly CodeDay[]): Header['codes'] {
  const isThere = cursor.number(1);
  if (isThere === 0) {
    if (days.length > 0) throw new Unreadable('codes: rows without a table');
    return null;
  }
  if (isThere !== 1) throw new Unreadable('codes');
  const skew = cursor.number(1) - 128;
  const lastAccepted = cursor.number(8);
  const count = cursor.number(1);
  if (Math.abs(skew) > 20 || count > 92 || count !== days.length) throw new Unreadable('codes: rows');
  for (const [at, row] of days.entries()) {
    const day = cursor.number(4);
    if (day !== row.day || day !== (days[0]?.day ?? 0) + at || row.offsets.length !== 8640)
      throw new Unreadable('codes: day');
    if (!cursor.take(32).equals(sha256(label('code-day'), unsigned(4, day), row.offsets)))
      throw new Unreadable('codes: hash');
  }
  return { skew, lastAccepted };
}

/** Section 4, subkeys. */
export function subkey(vaultKey: Uint8Array, { vaultId, epoch }: Header, purpose: string): Buffer {
  return hkdf(vaultKey, Buffer.concat([vaultId, unsigned(4, epoch)]), label(purpose), 32);
}

export const headerMac = (key: Uint8Array, body: Uint8Array) => hmac(key, label('header-mac'), body);

/** Section 4, associated data. */
export function associatedData(
  { vaultId, epoch }: Pick<Header, 'vaultId' | 'epoch'>,
  [table, row, field, revision]: readonly [string, Uint8Array, string, number],
): Buffer {
  return LP(label('sealed'), vaultId, unsigned(4, epoch), ascii(table), row, ascii(field), unsigned(8, revision));
}

/** Opens a sealed value and takes the padding off. */
export function openSealed(key: Uint8Array, sealed: Buffer, place: Uint8Array): Buffer {
  const padded = openGcm(key, sealed.subarray(0, 12), sealed.subarray(12), place);
  const length = padded.readUInt32BE(0);
  if (length > padded.length - 4) throw new Unreadable('sealed value: length');
  return padded.subarray(4, 4 + length);
}
