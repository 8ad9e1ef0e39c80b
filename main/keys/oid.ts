import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { derContent, derTag, type DerValue, writeDer } from './der';

/** The second arc is below 40 but under the root 2. */
const isOid = /^([01][.]([0-9]|[1-3][0-9])|2[.](0|[1-9][0-9]*))([.](0|[1-9][0-9]*))*$/;

/** Longer ones exist nowhere: an arc made of a UUID takes 19 bytes (ITU-T X.667). */
const maxOidBytes = 128;

/**
 * An OBJECT IDENTIFIER in dots. Its arcs have any size: files hold some above 2^53, at which node-forge throws.
 *
 * @param value - From a reader of DER or BER.
 * @throws CofferError `bad-key` if it is absent, of another type, empty, cut short, padded, or of more than 128 bytes.
 * @see ITU-T X.690 §8.19.
 */
export function oidOf(value: DerValue | undefined): string {
  const content = derContent(value, derTag.oid);
  const isWhole = content.length > 0 && content.length <= maxOidBytes && (content.at(-1) ?? 0) < 0x80;
  if (!isWhole) throw damaged();
  const [first = 0n, ...arcs] = subidentifiersOf(content);
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - 40n * root, ...arcs].join('.');
}

function subidentifiersOf(content: Uint8Array): bigint[] {
  const found: bigint[] = [];
  let arc = 0n;
  let isStart = true;
  for (const byte of content) {
    if (isStart && byte === 0x80) throw damaged();
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    isStart = byte < 0x80;
    if (!isStart) continue;
    found.push(arc);
    arc = 0n;
  }
  return found;
}

function damaged(): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-an-object-identifier-in-it-is'));
}

/**
 * An OBJECT IDENTIFIER, DER.
 *
 * @param dotted - Such as `1.2.840.113549`.
 * @throws TypeError for anything else: callers write constants.
 * @see ITU-T X.690 §8.19.
 */
export function writeOid(dotted: string): Uint8Array {
  if (!isOid.test(dotted)) throw new TypeError('expected an object identifier in dots');
  const [root = 0n, second = 0n, ...arcs] = dotted.split('.').map(BigInt);
  return writeDer(derTag.oid, Uint8Array.from([40n * root + second, ...arcs].flatMap(subidentifierOf)));
}

/** Seven bits a byte; all but the last have the eighth set. */
function subidentifierOf(arc: bigint): number[] {
  const bytes = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(Number(rest & 0x7fn) | 0x80);
  return bytes;
}

/**
 * Looks an object identifier up; what a file names must not reach an object's own members.
 *
 * @param table - By object identifier in dots.
 */
export function byOid<T>(table: Readonly<Record<string, T>>, dotted: string): T | undefined {
  return Object.hasOwn(table, dotted) ? table[dotted] : undefined;
}
