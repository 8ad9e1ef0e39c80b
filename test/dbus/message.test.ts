import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage, encodeCall, fixedBytes, frameOf } from '../../main/dbus/message';
import { WireReader } from '../../main/dbus/wire-reader';
import { CofferError } from '../../main/errors';
import vectors from '../vectors/dbus-signals.json' with { type: 'json' };

const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const propertiesChanged = fromHex(vectors.propertiesChangedHex);
const activeChanged = fromHex(vectors.activeChangedHex);

test('reads what the real bus sends', () => {
  expect(decodeMessage(activeChanged, frameOf(activeChanged))).toEqual({
    type: 'signal',
    replySerial: 0,
    sender: expect.stringMatching(/^:\d+\.\d+$/) as string,
    path: '/ScreenSaver',
    interface: 'org.freedesktop.ScreenSaver',
    member: 'ActiveChanged',
    body: [true],
  });
  expect(decodeMessage(propertiesChanged, frameOf(propertiesChanged))).toMatchObject({
    path: '/org/freedesktop/login1/session/_31',
    body: [
      'org.freedesktop.login1.Session',
      [
        ['LockedHint', true],
        ['IdleSinceHint', 1n],
      ],
      [],
    ],
  });
});

test('a call has the length that it says, whatever its texts', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }), (args) => {
      const to = { destination: 'org.example', path: '/a', interface: 'org.example.A', member: 'B' };
      const bytes = encodeCall(7, { ...to, args });
      const frame = frameOf(bytes);
      expect(frame.length).toBe(bytes.length);
      const { destination: _, ...shown } = to;
      expect(decodeMessage(bytes, frame)).toEqual({ type: 'call', replySerial: 0, sender: '', ...shown, body: args });
    }),
  );
});

/** Nothing but a message, nothing, or a refusal. */
function tryDecoding(bytes: Uint8Array): void {
  try {
    const frame = frameOf(bytes);
    if (frame.length <= bytes.length) decodeMessage(bytes.subarray(0, frame.length), frame);
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
    expect(error.code).toBe('bad-request');
  }
}

describe('a hostile message', () => {
  test('each byte of a real one, changed in each bit', () => {
    for (const message of [propertiesChanged, activeChanged]) {
      for (let at = 0; at < message.length * 8; at++) {
        const changed = Uint8Array.from(message);
        changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
        tryDecoding(changed);
      }
      for (let length = fixedBytes; length < message.length; length++) tryDecoding(message.subarray(0, length));
    }
  });

  test('bytes and signatures of any kind', () => {
    const signature = fc.string({ unit: fc.constantFrom(...Array.from('ybnqiuxtdsoghav(){}z')), maxLength: 40 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), signature, fc.boolean(), (bytes, types, isLittle) => {
        if (bytes.length >= fixedBytes) tryDecoding(bytes);
        try {
          new WireReader(bytes, { isLittle, at: 0 }).readAll(types);
        } catch (error) {
          if (!(error instanceof CofferError)) throw error;
        }
      }),
      { numRuns: 5000 },
    );
  });

  test('a variant in a variant in a variant ends soon', () => {
    const nested = Uint8Array.from(Array.from({ length: 10_000 }, () => [1, 0x76, 0]).flat());
    expect(() => new WireReader(nested, { isLittle: true, at: 0 }).readAll('v')).toThrow('nested less deeply');
    expect(() => new WireReader(nested, { isLittle: true, at: 0 }).readAll('a'.repeat(255))).toThrow('known type');
    expect(() => new WireReader(nested, { isLittle: true, at: 0 }).readAll('a()')).toThrow('known type');
  });
});
