import { CofferError } from '../errors';

/** A value from the bus. A dictionary is an array of pairs; a variant is what it holds. */
export type BusValue = boolean | number | bigint | string | readonly BusValue[];

const maxDepth = 16;
const alignments: Readonly<Record<string, number>> = {
  ...{ y: 1, g: 1, v: 1, n: 2, q: 2, b: 4, i: 4, u: 4, h: 4, s: 4, o: 4, a: 4 },
  ...{ x: 8, t: 8, d: 8, '(': 8, '{': 8 },
};

/**
 * Reads values of the D-Bus wire format out of one message. Nothing in it is trusted: each read is bounded by the message's end, and
 * nesting by a small number. Methods throw CofferError `bad-request` for what does not fit.
 *
 * @see D-Bus Specification, "Marshaling (Wire Format)".
 */
export class WireReader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #isLittle: boolean;
  #at: number;

  /** @param message - From its first byte on, since values are aligned to that. */
  constructor(message: Uint8Array, { isLittle, at }: { readonly isLittle: boolean; readonly at: number }) {
    this.#bytes = message;
    this.#view = new DataView(message.buffer, message.byteOffset, message.length);
    this.#isLittle = isLittle;
    this.#at = at;
  }

  /** Goes on to a multiple of a number of bytes. */
  align(bytes: number): void {
    this.#at = Math.ceil(this.#at / bytes) * bytes;
  }

  /** Reads one value for each complete type of a signature. */
  readAll(signature: string): BusValue[] {
    const values: BusValue[] = [];
    for (let at = 0; at < signature.length;) {
      const end = endOfType(signature, at);
      values.push(this.#read(signature.slice(at, end), 0));
      at = end;
    }
    return values;
  }

  #read(type: string, depth: number): BusValue {
    if (depth > maxDepth) throw misfit('nested less deeply');
    const [first = ''] = type;
    this.align(alignments[first] ?? 1);
    switch (first) {
      case 'a':
        return this.#readArray(type.slice(1), depth);
      case '(':
      case '{':
        return this.#readMembers(type.slice(1, -1), depth);
      case 'v': {
        const signature = this.#readText(this.#take(1));
        if (signature === '' || endOfType(signature, 0) !== signature.length) throw misfit('of one type');
        return this.#read(signature, depth + 1);
      }
      default:
        return this.#readBasic(first);
    }
  }

  #readBasic(type: string): BusValue {
    switch (type) {
      case 'y':
        return this.#view.getUint8(this.#take(1));
      case 'b':
        return this.#readUint32() === 1;
      case 'n':
        return this.#view.getInt16(this.#take(2), this.#isLittle);
      case 'q':
        return this.#view.getUint16(this.#take(2), this.#isLittle);
      case 'i':
        return this.#view.getInt32(this.#take(4), this.#isLittle);
      case 'u':
      case 'h':
        return this.#readUint32();
      case 'x':
        return this.#view.getBigInt64(this.#take(8), this.#isLittle);
      case 't':
        return this.#view.getBigUint64(this.#take(8), this.#isLittle);
      case 'd':
        return this.#view.getFloat64(this.#take(8), this.#isLittle);
      case 's':
      case 'o':
        return this.#readTextOf(this.#readUint32());
      case 'g':
        return this.#readText(this.#take(1));
      default:
        throw misfit('of a known type');
    }
  }

  #readArray(type: string, depth: number): BusValue[] {
    const length = this.#readUint32();
    this.align(alignments[type[0] ?? ''] ?? 1);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw misfit('within the message');
    const values: BusValue[] = [];
    // Each value takes at least a byte: no signature is without content (`endOfType`).
    while (this.#at < end) values.push(this.#read(type, depth + 1));
    if (this.#at !== end) throw misfit('as long as it says');
    return values;
  }

  #readMembers(signature: string, depth: number): BusValue[] {
    const values: BusValue[] = [];
    for (let at = 0; at < signature.length;) {
      const end = endOfType(signature, at);
      values.push(this.#read(signature.slice(at, end), depth + 1));
      at = end;
    }
    return values;
  }

  #readUint32(): number {
    return this.#view.getUint32(this.#take(4), this.#isLittle);
  }

  /** A signature: its length is one byte. */
  #readText(at: number): string {
    return this.#readTextOf(this.#view.getUint8(at));
  }

  #readTextOf(length: number): string {
    const at = this.#take(length + 1);
    if (this.#bytes[at + length] !== 0) throw misfit('a text that ends with a zero');
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }

  /** Steps over bytes that are there, and tells where they begin. */
  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw misfit('within the message');
    this.#at += length;
    return at;
  }
}

/** Where the complete type that begins at a place of a signature ends. */
function endOfType(signature: string, at: number, depth = 0): number {
  const type = signature[at] ?? '';
  if (depth > maxDepth || !(type in alignments)) throw misfit('of a known type');
  if (type === 'a') return endOfType(signature, at + 1, depth + 1);
  if (type !== '(' && type !== '{') return at + 1;
  const close = type === '(' ? ')' : '}';
  let end = at + 1;
  do end = endOfType(signature, end, depth + 1);
  while (signature[end] !== close);
  return end + 1;
}

function misfit(expectation: string): CofferError {
  return new CofferError('bad-request', `message of the bus: expected a value ${expectation}`);
}
