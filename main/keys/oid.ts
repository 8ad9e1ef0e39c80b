import forge from 'node-forge';
import { asBuffer } from './bytes';
import { derContent, derTag, type DerValue, writeDer } from './der';

const { asn1 } = forge;

/**
 * An OBJECT IDENTIFIER in dots.
 *
 * @param value - From a reader of DER or BER.
 * @throws CofferError `bad-key` if it is absent or of another type.
 */
export function oidOf(value: DerValue | undefined): string {
  return asn1.derToOid(asBuffer(derContent(value, derTag.oid)).toString('latin1'));
}

/**
 * An OBJECT IDENTIFIER, DER.
 *
 * @param dotted - Such as `1.2.840.113549`.
 */
export function writeOid(dotted: string): Uint8Array {
  return writeDer(derTag.oid, Uint8Array.from(Buffer.from(asn1.oidToDer(dotted).getBytes(), 'latin1')));
}

/**
 * Looks an object identifier up; what a file names must not reach an object's own members.
 *
 * @param table - By object identifier in dots.
 */
export function byOid<T>(table: Readonly<Record<string, T>>, dotted: string): T | undefined {
  return Object.hasOwn(table, dotted) ? table[dotted] : undefined;
}
