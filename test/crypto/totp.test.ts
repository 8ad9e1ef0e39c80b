import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase32 } from '../../main/crypto/base32';
import { toSecretKey } from '../../main/crypto/secret-key';
import { codeCount, hotp, windowAt } from '../../main/crypto/totp';
import { bytesOf } from '../support/small-vault';
import { fromBase32 } from '../support/ways';
import base32Vectors from '../vectors/base32.json';
import hotpVectors from '../vectors/hotp.json';
import totpVectors from '../vectors/totp.json';

const keyOf = (hex: string) => toSecretKey(Buffer.from(hex, 'hex'));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** RFC 4226 §5.3 a second time, with whole numbers only. */
function slowHotp(secret: Uint8Array, counter: number): number {
  const message = Buffer.from(counter.toString(16).padStart(16, '0'), 'hex');
  const hex = createHmac('sha1', secret).update(message).digest('hex');
  const at = Number.parseInt(hex.slice(-1), 16) * 2;
  return Number((BigInt(`0x${hex.slice(at, at + 8)}`) & 0x7fffffffn) % 1_000_000n);
}

describe('codes', () => {
  for (const { counter, code } of hotpVectors.cases) {
    test(`HOTP ${counter} is ${code}`, () => {
      expect(hotp(keyOf(hotpVectors.secretHex), counter)).toBe(Number(code));
    });
  }

  for (const { timeSeconds, hash, code } of totpVectors.cases) {
    test(`TOTP at ${timeSeconds} s with ${hash} is ${code}`, () => {
      const kind = hash as keyof typeof totpVectors.secretsHex;
      const window = windowAt(timeSeconds * 1000);
      expect(hotp(keyOf(totpVectors.secretsHex[kind]), window, { hash: kind, digits: 8 })).toBe(Number(code));
    });
  }

  test('are those of a second implementation, for any secret and any window', () => {
    const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(secrets, fc.integer({ min: 0, max: 2 ** 47 }), (secret, counter) => {
        expect(hotp(toSecretKey(secret), counter)).toBe(slowHotp(secret, counter));
        expect(slowHotp(secret, counter)).toBeLessThan(codeCount);
      }),
    );
  });

  test('change every 30 seconds, on the minute and half a minute after it', () => {
    expect([0, 29_999, 30_000, 59_999, 60_000].map(windowAt)).toEqual([0, 0, 1, 1, 2]);
    expect(windowAt(Date.UTC(2026, 10, 25, 12, 0, 30)) - windowAt(Date.UTC(2026, 10, 25, 12))).toBe(1);
  });
});

describe('base32', () => {
  for (const { text: plain, base32 } of base32Vectors.cases) {
    test(`of ${JSON.stringify(plain)} is ${JSON.stringify(base32)}`, () => {
      expect(text(toBase32(bytesOf(plain)))).toBe(base32);
    });
  }

  test('gives back any bytes when it is read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(fromBase32(text(toBase32(bytes)))).toEqual(bytes);
      }),
    );
  });
});
