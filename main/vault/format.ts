import { lengthPrefixed, uint32, uint64, utf8 } from '../crypto/encode';

/** Version of the file format; part of every label and all associated data. */
export const formatVersion = 1;

/** What a sealed value belongs to: a value moved elsewhere, or an older one put back, does not open. */
export interface SealedPlace {
  /** 16 random bytes, made with the vault. */
  readonly vaultId: Uint8Array;
  /** Counts the vault keys that the file has had. */
  readonly epoch: number;
  readonly table: 'slot' | 'header' | 'page' | 'secret';
  /** Row key: slot id, header row or page number (u64), or record id. */
  readonly rowId: Uint8Array;
  readonly field: 'vault-key' | 'notes' | 'overviews' | 'body';
  /** Counts the writings of this row. */
  readonly revision: number;
}

/** Associated data of a sealed value: format, vault id, epoch, table, row id, field, revision, each length-prefixed. */
export function associatedDataOf(place: SealedPlace): Uint8Array {
  return lengthPrefixed([
    label('sealed'),
    place.vaultId,
    uint32(place.epoch),
    utf8(place.table),
    place.rowId,
    utf8(place.field),
    uint64(place.revision),
  ]);
}

/** Place of a page. */
export function pagePlace(
  { vaultId, epoch }: Pick<SealedPlace, 'vaultId' | 'epoch'>,
  no: number,
  revision: number,
): SealedPlace {
  return { vaultId, epoch, table: 'page', rowId: uint64(no), field: 'overviews', revision };
}

/** Place of the sealed notes on the ways in. */
export function notesPlace({ vaultId, epoch }: Pick<SealedPlace, 'vaultId' | 'epoch'>, revision: number): SealedPlace {
  return { vaultId, epoch, table: 'header', rowId: uint64(1), field: 'notes', revision };
}

/** Place of a record's body. */
export function secretPlace(
  { vaultId, epoch }: Pick<SealedPlace, 'vaultId' | 'epoch'>,
  id: Uint8Array,
  revision: number,
): SealedPlace {
  return { vaultId, epoch, table: 'secret', rowId: id, field: 'body', revision };
}

/**
 * A label for key derivation and hashing, distinct for each purpose.
 *
 * @param purpose - For example `page-key`.
 * @returns `coffer/1/<purpose>` as UTF-8.
 */
export function label(purpose: string): Uint8Array {
  return utf8(`coffer/${formatVersion}/${purpose}`);
}
