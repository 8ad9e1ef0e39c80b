import { concatBytes, uint32, utf8 } from '../crypto/encode';
import { hmacSha256, isEqualConstantTime, sha256 } from '../crypto/mac';
import { CofferError } from '../errors';
import type { HeaderRow } from '../store/rows';
import { ByteReader } from './byte-reader';
import { formatVersion, label } from './format';
import { type KdfLimits, isWithinLimits } from './kdf-policy';
import { type PasswordSlot, slotLengths } from './slot';
import type { VaultIdentity, VaultKeys } from './vault-keys';

/** Most ways into one vault. */
const maxSlots = 16;

/** What the header says: which vault, which epoch, and the ways in. */
export interface Header {
  readonly identity: VaultIdentity;
  readonly slots: readonly PasswordSlot[];
}

const magic = utf8('COFFER');
const kindPassword = 1;

/** Writes the canonical bytes, their digest and their MAC. */
export function makeHeaderRow(header: Header, keys: Pick<VaultKeys, 'headerMacKey'>): HeaderRow {
  const body = concatBytes([
    magic,
    Uint8Array.of(formatVersion),
    header.identity.vaultId,
    uint32(header.identity.epoch),
    Uint8Array.of(header.slots.length),
    ...header.slots.map(encodeSlot),
  ]);
  return { body, digest: digestOf(body), mac: macOf(body, keys) };
}

/**
 * Reads a header whose digest fits: what fails here is damage, not a wrong password. No key is needed.
 *
 * @param limits - Bounds on the costs, checked before anything is paid.
 * @throws CofferError `vault-damaged`, `newer-format`.
 */
export function readHeader(row: HeaderRow, limits: KdfLimits): Header {
  if (!isEqualConstantTime(digestOf(row.body), row.digest)) throw damagedHeader();
  const reader = new ByteReader(row.body);
  if (!isEqualConstantTime(reader.take(magic.length), magic)) throw damagedHeader();
  const version = reader.takeNumber(1);
  if (version > formatVersion) {
    throw new CofferError(
      'newer-format',
      `vault: written by a newer Coffer (format ${version}); update Coffer to open it`,
    );
  }
  if (version !== formatVersion) throw damagedHeader();
  const identity = { vaultId: reader.take(16), epoch: reader.takeNumber(4) };
  const count = reader.takeNumber(1);
  if (count < 1 || count > maxSlots) throw damagedHeader();
  const slots = Array.from({ length: count }, () => decodeSlot(reader, limits));
  reader.end();
  return { identity, slots };
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

function encodeSlot(slot: PasswordSlot): Uint8Array {
  return concatBytes([
    Uint8Array.of(kindPassword),
    slot.id,
    uint32(slot.costs.memoryKiB),
    uint32(slot.costs.timeCost),
    uint32(slot.costs.parallelism),
    Uint8Array.of(slot.salt.length),
    slot.salt,
    slot.commitment,
    slot.nonce,
    slot.wrapped,
  ]);
}

function decodeSlot(reader: ByteReader, limits: KdfLimits): PasswordSlot {
  if (reader.takeNumber(1) !== kindPassword) throw damagedHeader();
  const id = reader.take(slotLengths.id);
  const costs = {
    memoryKiB: reader.takeNumber(4),
    timeCost: reader.takeNumber(4),
    parallelism: reader.takeNumber(4),
  };
  const saltLength = reader.takeNumber(1);
  if (!isWithinLimits(costs, limits) || saltLength < slotLengths.minSalt || saltLength > slotLengths.maxSalt) {
    throw new CofferError(
      'vault-damaged',
      'slot: its costs are outside what Coffer accepts; the file is damaged or hostile',
    );
  }
  return {
    kind: 'password',
    id,
    costs,
    salt: reader.take(saltLength),
    commitment: reader.take(slotLengths.commitment),
    nonce: reader.take(slotLengths.nonce),
    wrapped: reader.take(slotLengths.wrapped),
  };
}

function damagedHeader(): CofferError {
  return new CofferError(
    'vault-damaged',
    'header: damaged; the password was not tried. Restore the vault from a backup',
  );
}
