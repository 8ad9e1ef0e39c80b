// Messages of D-Bus, as much of them as one question and one signal take (D-Bus Specification, "Message Protocol"). Little-endian alone:
// a bus on this machine speaks as the machine does, and Coffer runs on no other.

/** Types of messages. */
export const busMessage = { call: 1, reply: 2, signal: 4 } as const;

/** A message that came. */
export interface BusMessage {
  readonly type: number;
  /** Name of the method or signal; empty in replies. */
  readonly member: string;
  /** The call that it answers; 0 for none. */
  readonly replySerial: number;
  readonly body: Buffer;
  /** The body of a message that holds texts alone. */
  texts(): string[];
}

const littleEndian = 'l'.charCodeAt(0);
const fixedBytes = 16;
/** Far above what the bus itself says. */
const mostMessageBytes = 1024 * 1024;
const field = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, signature: 8 } as const;
const bus = 'org.freedesktop.DBus';

/**
 * A call of one of the bus's own methods.
 *
 * @param serial - Above 0; names the call in its reply.
 * @param texts - Its arguments.
 */
export function callOfBus(serial: number, method: string, texts: readonly string[]): Uint8Array {
  const body = new Writer();
  for (const text of texts) body.text(text);
  const header = new Writer();
  for (const byte of [littleEndian, busMessage.call, 0, 1]) header.byte(byte);
  header.number(body.length).number(serial);
  const fields = new Writer();
  fields.headerText(field.path, 'o', '/org/freedesktop/DBus').headerText(field.interface, 's', bus);
  fields.headerText(field.member, 's', method).headerText(field.destination, 's', bus);
  if (texts.length > 0) fields.align(8).byte(field.signature).signature('g').signature('s'.repeat(texts.length));
  // The array's length leaves out what stands between it and its first member; the fixed part ends on a multiple of 8.
  header.number(fields.length).bytes(fields.finish()).align(8).bytes(body.finish());
  return header.finish();
}

/**
 * Whole messages at the beginning of what came.
 *
 * @returns Null for what is no message of ours to read: another byte order, or one that is too long.
 */
export function takeMessages(received: Buffer): { messages: BusMessage[]; rest: Buffer } | null {
  const messages: BusMessage[] = [];
  let rest = received;
  while (rest.length >= fixedBytes) {
    if (rest[0] !== littleEndian) return null;
    const fieldsEnd = fixedBytes + rest.readUInt32LE(12);
    const bodyAt = aligned(fieldsEnd, 8);
    const end = bodyAt + rest.readUInt32LE(4);
    if (end > mostMessageBytes) return null;
    if (rest.length < end) break;
    messages.push(read(rest, fieldsEnd, rest.subarray(bodyAt, end)));
    rest = rest.subarray(end);
  }
  return { messages, rest };
}

function read(message: Buffer, fieldsEnd: number, body: Buffer): BusMessage {
  let member = '';
  let replySerial = 0;
  let at = fixedBytes;
  while (at < fieldsEnd) {
    at = aligned(at, 8);
    const code = message[at];
    const type = String.fromCharCode(message[at + 2] ?? 0);
    at += 4;
    if (type === 'u') {
      at = aligned(at, 4);
      if (code === field.replySerial) replySerial = message.readUInt32LE(at);
      at += 4;
    } else if (type === 'g') {
      at += (message[at] ?? 0) + 2;
    } else {
      const { text, end } = textAt(message, at);
      if (code === field.member) member = text;
      at = end;
    }
  }
  return { type: message[1] ?? 0, member, replySerial, body, texts: () => textsOf(body) };
}

function textsOf(body: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at + 4 <= body.length;) {
    const { text, end } = textAt(body, at);
    texts.push(text);
    at = end;
  }
  return texts;
}

/** A length on a multiple of 4, UTF-8, a zero. */
function textAt(bytes: Buffer, start: number): { text: string; end: number } {
  const at = aligned(start, 4);
  const end = at + 4 + bytes.readUInt32LE(at);
  return { text: bytes.toString('utf8', at + 4, end), end: end + 1 };
}

function aligned(at: number, to: number): number {
  return Math.ceil(at / to) * to;
}

class Writer {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  byte(value: number): this {
    this.#bytes.push(value);
    return this;
  }

  bytes(values: Uint8Array): this {
    this.#bytes.push(...values);
    return this;
  }

  align(to: number): this {
    while (this.#bytes.length % to !== 0) this.#bytes.push(0);
    return this;
  }

  number(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return this.align(4).bytes(bytes);
  }

  text(value: string): this {
    const bytes = Buffer.from(value, 'utf8');
    return this.number(bytes.length).bytes(bytes).byte(0);
  }

  signature(value: string): this {
    return this.byte(value.length).bytes(Buffer.from(value, 'latin1')).byte(0);
  }

  headerText(code: number, type: string, value: string): this {
    return this.align(8).byte(code).signature(type).text(value);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
