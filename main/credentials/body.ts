import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import type { RecordBody } from './descriptor';

const version = 1;
const maxNameBytes = 0xffff;
const maxValueBytes = 0xffffffff;

/**
 * Writes a record's body: version as one byte, then for each field its name (u16 length, UTF-8) and its value (u32 length).
 * Numbers are big-endian. Names that a version of Coffer does not know are kept by it.
 *
 * @param fields - Not changed; order is kept.
 * @returns Bytes that hold the secrets; the caller owns them and wipes them.
 * @throws CofferError `bad-request` for a name of no or more than 65,535 bytes, or a value of 4 GiB.
 */
export function encodeBody(fields: RecordBody): Uint8Array {
  const named = [...fields].map(([name, value]) => ({ name: new TextEncoder().encode(name), value }));
  if (
    named.some(({ name, value }) => name.length === 0 || name.length > maxNameBytes || value.length > maxValueBytes)
  ) {
    throw new CofferError('bad-request', say('main-records.field-expected-a-name-of-1-to-bytes', { maxNameBytes }));
  }
  const bytes = new Uint8Array(named.reduce((sum, { name, value }) => sum + 6 + name.length + value.length, 1));
  const view = new DataView(bytes.buffer);
  bytes[0] = version;
  let offset = 1;
  for (const { name, value } of named) {
    view.setUint16(offset, name.length);
    bytes.set(name, offset + 2);
    offset += 2 + name.length;
    view.setUint32(offset, value.length);
    bytes.set(value, offset + 4);
    offset += 4 + value.length;
  }
  return bytes;
}

/**
 * Reads what {@link encodeBody} wrote.
 *
 * @param bytes - Not changed.
 * @returns Views into the bytes, so that wiping these wipes the values.
 * @throws CofferError `vault-damaged` for a field that is cut short, comes twice or has no proper name; `newer-format` for
 * another version.
 */
export function decodeBody(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const names = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const fields = new Map<string, Uint8Array>();
  if (bytes.length === 0) throw damaged();
  if (bytes[0] !== version)
    throw new CofferError('newer-format', say('main-records.record-it-was-written-by-a-newer-version'));
  let offset = 1;
  const take = (length: number): Uint8Array => {
    if (offset + length > bytes.length) throw damaged();
    offset += length;
    return bytes.subarray(offset - length, offset);
  };
  while (offset < bytes.length) {
    take(2);
    const nameBytes = take(view.getUint16(offset - 2));
    take(4);
    const value = take(view.getUint32(offset - 4));
    const name = decodeName(names, nameBytes);
    if (name === '' || fields.has(name)) throw damaged();
    fields.set(name, value);
  }
  return fields;
}

/**
 * Writes a text that is not secret so that every JavaScript string comes back as it was, halves of surrogate pairs included:
 * as JSON.
 *
 * @param text - Any string.
 */
export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(text));
}

/**
 * Reads what {@link encodeText} wrote.
 *
 * @param bytes - Undefined for a field that is not there.
 * @returns The text; empty for undefined.
 * @throws CofferError `vault-damaged` if it is no such text.
 */
export function decodeText(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  let text: unknown;
  try {
    text = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The cause is left out: JSON's message quotes the text.
    throw damaged();
  }
  if (typeof text !== 'string') throw damaged();
  return text;
}

function decodeName(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw damaged();
  }
}

function damaged(): CofferError {
  return new CofferError('vault-damaged', say('main-records.record-its-content-is-not-what-coffer-wrote'));
}
