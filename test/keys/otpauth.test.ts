import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase32, toBase32 } from '../../main/crypto/base32';
import { otpCodeAt } from '../../main/keys/otp-key';
import { maxOtpTextBytes, readOtpText } from '../../main/keys/otpauth';
import { succeed } from '../support/keys-tools';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const read = (text: string) => readOtpText(bytesOf(text));
const usual = { hash: 'sha1', digits: 6, periodSeconds: 30 };

describe('a secret for an authenticator app', () => {
  test.each([
    ['alone', secret],
    ['in small letters and groups', 'jbsw y3dp ehpk 3pxp jbsw-y3dp-ehpk-3pxp'],
    ['with padding and line ends', `\r\n ${secret}======\n`],
  ])('is read %s', (_name, text) => {
    const { secret: found, ...rest } = read(text);
    expect(textOf(toBase32(found))).toBe(secret);
    expect(rest).toEqual({ ...usual, issuer: '', label: '' });
  });

  test.each([
    [
      'as AWS writes it',
      `otpauth://totp/Amazon%20Web%20Services:ann@acme?secret=${secret}&issuer=Amazon%20Web%20Services`,
      { ...usual, issuer: 'Amazon Web Services', label: 'ann@acme' },
    ],
    ['without a label', `otpauth://totp?secret=${secret}`, { ...usual, issuer: '', label: '' }],
    [
      'with a colon of three characters',
      `otpauth://totp/A%3Ab?secret=${secret}`,
      { ...usual, issuer: 'A', label: 'b' },
    ],
    [
      'by "issuer=" against the label',
      `otpauth://totp/A:b?issuer=C+D&secret=${secret}`,
      { ...usual, issuer: 'C D', label: 'b' },
    ],
    [
      'in capitals, with all parameters',
      `OTPAUTH://TOTP/x?SECRET=${secret}&ALGORITHM=SHA-256&DIGITS=8&PERIOD=60&image=https%3A%2F%2Fx`,
      { hash: 'sha256', digits: 8, periodSeconds: 60, issuer: '', label: 'x' },
    ],
    ['with accents', `otpauth://totp/Caf%C3%A9:zo%C3%AB?secret=${secret}`, { ...usual, issuer: 'Café', label: 'zoë' }],
    [
      'with percent signs in the secret',
      `otpauth://totp/x?secret=%4A${secret.slice(1)}%3D`,
      { ...usual, issuer: '', label: 'x' },
    ],
  ])('is read from an otpauth text %s', (_name, text, expected) => {
    const { secret: found, ...rest } = read(text);
    expect(textOf(toBase32(found))).toBe(secret);
    expect(rest).toEqual(expected);
  });

  test.each([
    ['nothing', '', 'bad-request', /^secret: expected base32 of/],
    ['another alphabet', 'hello world 0189', 'bad-request', /^secret: expected base32, the letters/],
    ['a length that no encoder makes', `${secret}A`, 'bad-request', /^secret/],
    ['bits left over', 'JBSWY3DPEHPK3PXPJB', 'bad-request', /^secret/],
    ['something behind the padding', `${secret.slice(0, 24)}=${secret}`, 'bad-request', /^secret/],
    ['too short a secret', 'JBSWY3DP', 'bad-request', /^secret: expected base32 of 10 to 128 bytes/],
    ['too long a secret', secret.repeat(7), 'bad-request', /^secret: expected base32 of 10 to 128 bytes/],
    ['codes that count', `otpauth://hotp/x?secret=${secret}&counter=1`, 'not-supported', /^secret/],
    ['another type', `otpauth://steam/x?secret=${secret}`, 'bad-request', /^secret: expected a text that begins/],
    ['no secret', 'otpauth://totp/x?issuer=AWS', 'bad-request', /^secret: expected "secret="/],
    [
      'a part twice',
      `otpauth://totp/x?secret=${secret}&Secret=${secret}`,
      'bad-request',
      /^secret: expected every part/,
    ],
    ['another algorithm', `otpauth://totp/x?secret=${secret}&algorithm=MD5`, 'bad-request', /^algorithm/],
    ['a word of all objects', `otpauth://totp/x?secret=${secret}&algorithm=constructor`, 'bad-request', /^algorithm/],
    ['seven digits', `otpauth://totp/x?secret=${secret}&digits=7`, 'bad-request', /^digits/],
    ['a period of nothing', `otpauth://totp/x?secret=${secret}&period=0`, 'bad-request', /^period/],
    ['an endless period', `otpauth://totp/x?secret=${secret}&period=1e9`, 'bad-request', /^period/],
    ['a label that is no UTF-8', `otpauth://totp/%FF?secret=${secret}`, 'bad-request', /^label/],
    ['a label with a line end', `otpauth://totp/a%0Ab?secret=${secret}`, 'bad-request', /^label/],
    ['an endless label', `otpauth://totp/${'a'.repeat(300)}?secret=${secret}`, 'bad-request', /^label/],
    ['a picture of something else', 'https://example.com/?secret=JBSWY3DPEHPK3PXP', 'bad-request', /^secret/],
    ['too long a text', ' '.repeat(maxOtpTextBytes + 1), 'bad-request', /^secret: expected a text of at most/],
  ])('is refused for %s, without a word of it', (_name, text, code, message) => {
    let error: unknown = null;
    try {
      read(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'CofferError', code, message: expect.stringMatching(message) as string });
    expect(String(error)).not.toMatch(/JBSWY3|hello/);
  });

  test('whatever is given, it is read or refused by an error of ours, and stays as it was', () => {
    const piece = fc.constantFrom(
      'otpauth://',
      'totp/',
      'hotp/',
      '?',
      '&',
      'secret=',
      secret,
      'digits=',
      '8',
      'period=',
      '%',
      '%4',
      ':',
      '=',
      ' ',
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 20 })
      .map((all) => bytesOf(all.join('')));
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 3000 })), (given) => {
        const before = Uint8Array.from(given);
        try {
          const { secret: found, periodSeconds } = readOtpText(given);
          expect(found.length).toBeGreaterThanOrEqual(10);
          expect(periodSeconds).toBeGreaterThanOrEqual(10);
        } catch (error) {
          expect(error).toMatchObject({ name: 'CofferError' });
        }
        expect(given).toEqual(before);
      }),
      { numRuns: 2000 },
    );
  });
});

test('base32 reads what it wrote, however it is set', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 140 }), fc.integer({ min: 1, max: 9 }), (bytes, group) => {
      const written = textOf(toBase32(bytes));
      const set = written.toLowerCase().replace(new RegExp(`.{${group}}`, 'g'), '$& ');
      expect(fromBase32(bytesOf(set))).toEqual(bytes);
    }),
  );
});

test('codes are those of oathtool, for each hash, length and period', async () => {
  const key = fromBase32(bytesOf(secret));
  for (const hash of ['sha1', 'sha256', 'sha512'] as const) {
    for (const [digits, periodSeconds, atMs] of [
      [6, 30, 0],
      [8, 30, 1_111_111_111_000],
      [6, 60, 2_000_000_000_999],
      [8, 15, 20_000_000_000_000],
    ] as const) {
      const now = new Date(atMs)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC');
      const said = await succeed('oathtool', [
        `--totp=${hash}`,
        `--digits=${digits}`,
        `--time-step-size=${periodSeconds}s`,
        `--now=${now}`,
        '--base32',
        secret,
      ]);
      const { code, untilMs } = otpCodeAt(key, { hash, digits, periodSeconds }, atMs);
      expect(code).toBe(said.trim());
      expect(untilMs - atMs).toBeGreaterThan(0);
      expect(untilMs - atMs).toBeLessThanOrEqual(periodSeconds * 1000);
    }
  }
});
