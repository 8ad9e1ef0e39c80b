import { say } from '../../preload/words/say';
import { concatBytes } from '../crypto/encode';
import { CofferError } from '../errors';
import { derTag, type DerValue, readDerHead } from './der';

/** A PKCS#12 file has some ten levels. */
const maxDepth = 32;
const maxValues = 10_000;
const constructed = 0x20;

/**
 * Reads the values that follow each other in some bytes, like `readDerValues`, but lets a value say "until the end mark" in
 * place of a length, as NSS, Bouncy Castle and old Windows write PKCS#12.
 *
 * @param bytes - Not changed; the result holds views into it, without the end marks.
 * @throws CofferError `bad-key` unless the bytes are at most 10,000 whole values with one-byte tags, at most 32 deep.
 * @see ITU-T X.690 §8.1.3.6 (indefinite form) and §8.1.5 (end-of-contents octets).
 */
export function readBerValues(bytes: Uint8Array): DerValue[] {
  const found: DerValue[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const { tag, start, end, next } = boundsOf(bytes, offset);
    if (found.length >= maxValues) return refuse();
    found.push({ tag, content: bytes.subarray(start, end) });
    offset = next;
  }
  return found;
}

/**
 * Reads bytes that are exactly one SEQUENCE.
 *
 * @param bytes - Not changed; the result holds views into it.
 * @returns The values inside.
 * @throws CofferError `bad-key` for anything else.
 */
export function readBerSequence(bytes: Uint8Array): DerValue[] {
  const [outer, ...more] = readBerValues(bytes);
  if (outer?.tag !== derTag.sequence || more.length > 0) return refuse();
  return readBerValues(outer.content);
}

/**
 * True if the bytes are exactly one SEQUENCE; what a wrong passphrase makes of one is not.
 *
 * @param bytes - Not changed.
 */
export function isBerSequence(bytes: Uint8Array): boolean {
  try {
    readBerSequence(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes the bytes of an OCTET STRING, which BER may cut into pieces.
 *
 * @param value - From {@link readBerValues}.
 * @param tag - Its tag if it is in one piece: OCTET STRING, or the context's.
 * @returns A view if it is in one piece, and a copy otherwise.
 * @throws CofferError `bad-key` if it is absent or of another type.
 * @see ITU-T X.690 §8.7.
 */
export function berOctets(value: DerValue | undefined, tag: number = derTag.octetString): Uint8Array {
  if (value?.tag === tag) return value.content;
  if (value?.tag !== (tag | constructed)) return refuse();
  // The depth of pieces in pieces is bounded by readBerValues for definite lengths too: each level is read on its own.
  return concatBytes(piecesOf(value.content, 0));
}

function piecesOf(content: Uint8Array, depth: number): Uint8Array[] {
  if (depth > maxDepth) return refuse();
  return readBerValues(content).flatMap((piece) => {
    if (piece.tag === derTag.octetString) return [piece.content];
    return piece.tag === (derTag.octetString | constructed) ? piecesOf(piece.content, depth + 1) : refuse();
  });
}

/** Where the content of a value begins and ends, and where the next value begins. */
function boundsOf(bytes: Uint8Array, offset: number): { tag: number; start: number; end: number; next: number } {
  const { tag, start, length } = readDerHead(bytes, offset);
  if (length !== null) return { tag, start, end: start + length, next: start + length };
  if ((tag & constructed) === 0) return refuse();
  let [at, open] = [start, 1];
  // Values of definite length are stepped over; those of indefinite length are entered and counted.
  for (;;) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) {
      open--;
      if (open === 0) return { tag, start, end: at, next: at + 2 };
      at += 2;
      continue;
    }
    const inner = readDerHead(bytes, at);
    if (inner.length === null) open++;
    if (open > maxDepth) return refuse();
    at = inner.start + (inner.length ?? 0);
  }
}

function refuse(): never {
  throw new CofferError('bad-key', say('main-keys.pkcs-12-its-content-is-damaged-or-cut'));
}
