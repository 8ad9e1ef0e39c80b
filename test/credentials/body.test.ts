import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBody, decodeText, encodeBody, encodeText } from '../../main/credentials/body';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const damaged = expect.objectContaining({ code: 'vault-damaged' }) as unknown;
const fieldsArbitrary = fc.uniqueArray(
  fc.tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.uint8Array({ maxLength: 300 })),
  { selector: ([name]) => name, maxLength: 12 },
);

test('the bytes are those that the format says', () => {
  const body = new Map([
    ['ab', fromHex('0102')],
    ['é', fromHex('')],
  ]);
  expect(hexOf(encodeBody(body))).toBe(hexOf(fromHex('01  0002 6162 00000002 0102  0002 c3a9 00000000')));
});

test('any fields come back, in their order', () => {
  fc.assert(
    fc.property(fieldsArbitrary, (fields) => {
      const decoded = decodeBody(encodeBody(new Map(fields)));
      expect([...decoded].map(([name, value]) => [name, hexOf(value)])).toEqual(
        fields.map(([name, value]) => [name, hexOf(value)]),
      );
    }),
  );
});

test('values are views: wiping the bytes wipes them', () => {
  const bytes = encodeBody(new Map([['secret', fromHex('aabbcc')]]));
  const value = decodeBody(bytes).get('secret')!;
  bytes.fill(0);
  expect(hexOf(value)).toBe('000000');
});

test('bytes that are a view themselves are read from where it begins', () => {
  const bytes = encodeBody(new Map([['a', fromHex('07')]]));
  const around = new Uint8Array(bytes.length + 10).fill(9);
  around.set(bytes, 5);
  expect(hexOf(decodeBody(around.subarray(5, 5 + bytes.length)).get('a')!)).toBe('07');
});

describe('damage is told', () => {
  test.each([
    ['nothing', ''],
    ['a field that comes twice', '01 0001 61 00000000 0001 61 00000000'],
    ['a field without a name', '01 0000 00000000'],
    ['a name that is cut short', '01 0005 61'],
    ['a name that is not UTF-8', '01 0001 ff 00000000'],
    ['a length that is cut short', '01 0001 61 000000'],
    ['a value that is cut short', '01 0001 61 00000002 01'],
    ['a value of 4 GiB', '01 0001 61 ffffffff 01'],
    ['a byte behind the last field', '01 0001 61 00000000 00'],
  ])('%s', (_, hex) => {
    expect(() => decodeBody(fromHex(hex))).toThrow(damaged);
  });

  test('a cut anywhere but between fields', () => {
    const whole = encodeBody(
      new Map([
        ['a', fromHex('0102')],
        ['b', fromHex('03')],
      ]),
    );
    const lengths = Array.from({ length: whole.length }, (_, length) => length);
    const readable = lengths.filter((length) => {
      try {
        decodeBody(whole.subarray(0, length));
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'vault-damaged' });
        return false;
      }
    });
    // The record's length is sealed with it; the body alone cannot tell a cut between two fields.
    expect(readable).toEqual([1, 10]);
  });
});

test('another version is not called damage', () => {
  expect(() => decodeBody(fromHex('02'))).toThrow(expect.objectContaining({ code: 'newer-format' }));
});

test('names that do not fit are refused', () => {
  for (const name of ['', 'x'.repeat(65_536)]) {
    expect(() => encodeBody(new Map([[name, fromHex('')]]))).toThrow(expect.objectContaining({ code: 'bad-request' }));
  }
});

describe('texts', () => {
  test('any string comes back exactly', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
        (one, other) => {
          expect(decodeText(encodeText(one))).toBe(one);
          expect(decodeText(encodeText(other))).toBe(other);
        },
      ),
    );
  });

  test.each([
    '',
    '\0',
    '\ud800',
    '\udc00\ud800',
    '\ufeffmark',
    '"quoted" \\ \u2028',
    '\u202egnp.exe',
    "'; DROP TABLE--",
    '<b>',
  ])('%j comes back exactly', (text) => {
    expect(decodeText(encodeText(text))).toBe(text);
  });

  test('a field that is not there is empty', () => {
    expect(decodeText(undefined)).toBe('');
  });

  test.each(['', '22', '31', '6e756c6c', '22ff22', '2261222261 22'])('%j as hex is damage', (hex) => {
    expect(() => decodeText(fromHex(hex))).toThrow(damaged);
  });
});
