import { CofferError } from '../errors';
import { type BusValue, WireReader } from './wire-reader';

/** A call of a method whose arguments are texts. */
export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args: readonly string[];
}

/** What came from the bus. */
export interface BusMessage {
  readonly type: 'call' | 'reply' | 'error' | 'signal';
  /** Of the call that a reply or an error answers; 0 otherwise. */
  readonly replySerial: number;
  /** Unique name of the connection that sent it, or the bus's own name: set by the bus, whatever the sender wrote. Empty without a bus. */
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly BusValue[];
}

/** Where a message begins and ends in what was received. */
export interface Frame {
  readonly isLittle: boolean;
  readonly headerEnd: number;
  readonly length: number;
}

/** Bytes of the part whose length never changes. */
export const fixedBytes = 16;
/** The specification's own bound. */
const maxMessageBytes = 128 * 1024 * 1024;
const types = ['call', 'reply', 'error', 'signal'] as const;
const fieldCode = {
  path: 1,
  interface: 2,
  member: 3,
  replySerial: 5,
  destination: 6,
  sender: 7,
  signature: 8,
} as const;

/**
 * Encodes a call in little-endian order.
 *
 * @param serial - Of this connection, from 1 on.
 * @see D-Bus Specification, "Message Format".
 */
export function encodeCall(serial: number, call: MethodCall): Uint8Array {
  const body = padded(call.args.map(textBytes));
  const field = (code: number, type: string, value: Uint8Array) =>
    Buffer.concat([Buffer.from([code, type.length, ...Buffer.from(type), 0]), value]);
  const fields = padded(
    [
      field(fieldCode.path, 'o', textBytes(call.path)),
      field(fieldCode.interface, 's', textBytes(call.interface)),
      field(fieldCode.member, 's', textBytes(call.member)),
      field(fieldCode.destination, 's', textBytes(call.destination)),
      ...(call.args.length === 0
        ? []
        : [
            field(
              fieldCode.signature,
              'g',
              Buffer.from([call.args.length, ...Buffer.from('s'.repeat(call.args.length)), 0]),
            ),
          ]),
    ],
    8,
  );
  const fixed = Buffer.alloc(fixedBytes);
  // Little-endian, a call, no flags, version 1.
  fixed.set([0x6c, 1, 0, 1]);
  fixed.writeUInt32LE(body.length, 4);
  fixed.writeUInt32LE(serial, 8);
  fixed.writeUInt32LE(fields.length, 12);
  return Buffer.concat([fixed, fields, Buffer.alloc(-fields.length & 7), body]);
}

/**
 * Reads how long a message is.
 *
 * @param received - At least {@link fixedBytes}.
 * @throws CofferError `bad-request` for what is no message.
 */
export function frameOf(received: Uint8Array): Frame {
  const view = new DataView(received.buffer, received.byteOffset, received.length);
  const order = view.getUint8(0);
  if ((order !== 0x6c && order !== 0x42) || view.getUint8(3) !== 1) throw noMessage();
  const isLittle = order === 0x6c;
  const fieldsEnd = fixedBytes + view.getUint32(12, isLittle);
  const headerEnd = Math.ceil(fieldsEnd / 8) * 8;
  const length = headerEnd + view.getUint32(4, isLittle);
  if (length > maxMessageBytes) throw noMessage();
  return { isLittle, headerEnd, length };
}

/**
 * Decodes a message.
 *
 * @param message - All of it, and nothing else.
 * @returns Null for a type that this version does not know, which is to be ignored.
 * @throws CofferError `bad-request`.
 */
export function decodeMessage(message: Uint8Array, { isLittle, headerEnd }: Frame): BusMessage | null {
  const type = types[(message[1] ?? 0) - 1];
  if (type === undefined) return null;
  const [list] = new WireReader(message.subarray(0, headerEnd), { isLittle, at: fixedBytes - 4 }).readAll('a(yv)');
  const fields = new Map((list as readonly (readonly [number, BusValue])[]).map(([code, value]) => [code, value]));
  const text = (code: number) => {
    const value = fields.get(code);
    return typeof value === 'string' ? value : '';
  };
  const serial = fields.get(fieldCode.replySerial);
  return {
    type,
    replySerial: typeof serial === 'number' ? serial : 0,
    sender: text(fieldCode.sender),
    path: text(fieldCode.path),
    interface: text(fieldCode.interface),
    member: text(fieldCode.member),
    body: new WireReader(message, { isLittle, at: headerEnd }).readAll(text(fieldCode.signature)),
  };
}

function textBytes(text: string): Uint8Array {
  const bytes = Buffer.from(`${text}\0`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length - 1);
  return Buffer.concat([length, bytes]);
}

/** Puts parts one after the other, each at a multiple of a number of bytes. */
function padded(parts: readonly Uint8Array[], alignment = 4): Uint8Array {
  return parts.reduce<Uint8Array>(
    (before, part) => Buffer.concat([before, Buffer.alloc(-before.length & (alignment - 1)), part]),
    new Uint8Array(),
  );
}

function noMessage(): CofferError {
  return new CofferError('bad-request', 'bus: expected a message');
}
