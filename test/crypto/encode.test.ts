import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes, lengthPrefixed, uint32, uint64, utf8 } from '../../main/crypto/encode';
import { isEqualConstantTime } from '../../main/crypto/mac';
import { wipe } from '../../main/crypto/wipe';

const bytes = fc.uint8Array({ maxLength: 40 });

test('two different lists never give the same length-prefixed bytes', () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 5 }), fc.array(bytes, { maxLength: 5 }), (a, b) => {
      const isSameList = a.length === b.length && a.every((part, i) => Buffer.compare(part, b[i] ?? part) === 0);
      expect(Buffer.compare(lengthPrefixed(a), lengthPrefixed(b)) === 0).toBe(isSameList);
    }),
  );
  expect(lengthPrefixed([utf8('ab'), utf8('c')])).not.toEqual(lengthPrefixed([utf8('a'), utf8('bc')]));
});

test('joined bytes are fresh: wiping them leaves the parts', () => {
  const part = Uint8Array.of(1, 2, 3);
  const joined = concatBytes([part, part]);
  wipe(joined, null, undefined);
  expect(joined).toEqual(new Uint8Array(6));
  expect(part).toEqual(Uint8Array.of(1, 2, 3));
});

test('numbers are big-endian up to their limits', () => {
  expect(uint32(0x01020304)).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(uint32(2 ** 32 - 1)).toEqual(new Uint8Array(4).fill(255));
  expect(uint64(Number.MAX_SAFE_INTEGER)).toEqual(Uint8Array.of(0, 31, 255, 255, 255, 255, 255, 255));
});

test('bytes are equal when their content is, and arrays of different length never are', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(isEqualConstantTime(a, b)).toBe(Buffer.compare(a, b) === 0);
      expect(isEqualConstantTime(a, a.slice())).toBe(true);
    }),
  );
});
