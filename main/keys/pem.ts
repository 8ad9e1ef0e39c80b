import { say } from '../../preload/words/say';
import { concatBytes, utf8 } from '../crypto/encode';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { asBuffer, fromBase64, isSpace, toBase64 } from './bytes';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Header lines are `Proc-Type` and `DEK-Info`; the rest is room for comments. */
const maxHeaderLines = 32;

/** One block between a BEGIN and its END line, not decoded yet. */
export interface PemBlock {
  /** What stands behind BEGIN, such as `RSA PRIVATE KEY`. */
  readonly label: string;
  /** What stands between the two lines; a view into the file. */
  readonly inner: Uint8Array;
}

/** A decoded block. */
export interface PemContent {
  /** Header lines by lower-case name (RFC 1421 §4.4). */
  readonly headers: ReadonlyMap<string, string>;
  /** The bytes that were base64; owned by the caller, who wipes them. */
  readonly der: Uint8Array;
}

/**
 * Writes a PEM block with LF line ends and a final one.
 *
 * @param label - Such as `PRIVATE KEY`.
 * @param der - Not changed.
 * @param columns - Line width: 64 for PKCS, 70 for OpenSSH.
 * @param headers - Lines that go before the base64.
 * @returns ASCII bytes that the caller owns, and wipes if the key is not encrypted.
 * @see RFC 7468 §3.
 */
export function writePem(label: string, der: Uint8Array, columns = 64, headers: readonly string[] = []): Uint8Array {
  const base64 = toBase64(der);
  const head = utf8([`-----BEGIN ${label}-----`, ...headers, ...(headers.length > 0 ? [''] : []), ''].join('\n'));
  const parts = [head];
  for (let offset = 0; offset < base64.length; offset += columns) {
    parts.push(base64.subarray(offset, offset + columns), Uint8Array.of(lineFeed));
  }
  parts.push(utf8(`-----END ${label}-----\n`));
  try {
    return concatBytes(parts);
  } finally {
    wipe(base64);
  }
}

/**
 * Finds the PEM blocks of a file. Any text may stand around them; the time taken grows with the file's length alone.
 *
 * @param file - Not changed; the result holds views into it.
 * @throws CofferError `bad-key` if a block begins and its END line is missing.
 */
export function findPemBlocks(file: Uint8Array): PemBlock[] {
  const text = asBuffer(file);
  const blocks: PemBlock[] = [];
  let offset = text.indexOf('-----BEGIN ');
  while (offset >= 0) {
    const labelStart = offset + '-----BEGIN '.length;
    const labelEnd = text.indexOf('-----', labelStart);
    const isLabel = labelEnd > labelStart && labelEnd - labelStart <= 64;
    const label = isLabel ? text.subarray(labelStart, labelEnd).toString('latin1') : '';
    const innerStart = labelEnd + '-----'.length;
    const end = text.indexOf('-----END ', innerStart);
    const closing = `-----END ${label}-----`;
    if (!isLabel || end < 0 || text.subarray(end, end + closing.length).toString('latin1') !== closing) {
      throw new CofferError('bad-key', say('main-keys.key-file-expected-an-end-line-that-belongs'));
    }
    blocks.push({ label, inner: file.subarray(innerStart, end) });
    offset = text.indexOf('-----BEGIN ', end + closing.length);
  }
  return blocks;
}

/**
 * Decodes a block: header lines, if there are any, then base64 in lines of any width.
 *
 * @param block - From {@link findPemBlocks}.
 * @returns Fresh bytes; the caller wipes them.
 * @throws CofferError `bad-key` if it is not base64.
 */
export function decodePem(block: PemBlock): PemContent {
  const headers = new Map<string, string>();
  let base64 = block.inner;
  let [name, count] = ['', 0];
  for (let line = firstLine(base64); line !== null && count < maxHeaderLines; line = firstLine(base64), count++) {
    const colon = line.text.indexOf(0x3a);
    const isContinuation = name !== '' && isSpace(line.text[0] ?? 0);
    if (colon < 0 && !isContinuation) break;
    const value = asBuffer(line.text)
      .subarray(isContinuation ? 0 : colon + 1)
      .toString('latin1')
      .trim();
    name = isContinuation ? name : asBuffer(line.text).subarray(0, colon).toString('latin1').trim().toLowerCase();
    headers.set(name, (headers.get(name) ?? '') + value);
    base64 = line.rest;
  }
  return { headers, der: fromBase64(base64) };
}

/** The first line that is not empty, or null if no line ends. */
function firstLine(bytes: Uint8Array): { readonly text: Uint8Array; readonly rest: Uint8Array } | null {
  let start = 0;
  while (bytes[start] === lineFeed || bytes[start] === carriageReturn) start++;
  const end = bytes.findIndex((byte, index) => index > start && (byte === lineFeed || byte === carriageReturn));
  return end < 0 ? null : { text: bytes.subarray(start, end), rest: bytes.subarray(end) };
}
