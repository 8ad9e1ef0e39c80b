import { truncateSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemRandom } from '../../main/crypto/random';
import { BegunFactors, digestKeyFile } from '../../main/vault/ways/begun-factors';
import { encodeKeyMaterial, encodeTyped, factorBits, factorNames, factorsOf } from '../../main/vault/ways/factors';
import { decodeNotes, encodeNotes } from '../../main/vault/ways/notes';
import { makeRecoveryCode, readRecoveryCode, showRecoveryCode } from '../../main/vault/ways/recovery-code';
import { codeIn, textOf } from '../support/rig';
import { bytesOf, temporaryFolder } from '../support/small-vault';
import { fromBase32 } from '../support/ways';

describe('a recovery code', () => {
  test('is 26 characters without I, L, O and U, shown in seven groups with a checksum', () => {
    const code = makeRecoveryCode(systemRandom);
    expect(textOf(code)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(textOf(showRecoveryCode(code))).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  test('is read in any case, with or without hyphens and spaces, with O for 0 and I or L for 1', () => {
    const shown = textOf(showRecoveryCode(bytesOf('01ABCDEFGHJKMNPQRSTVWXYZ01')));
    const ways = [
      shown,
      shown.toLowerCase(),
      shown.replaceAll('-', ''),
      ` ${shown.replaceAll('-', ' ')}\n`,
      shown.replaceAll('0', 'o').replaceAll('1', 'l'),
      shown.replaceAll('0', 'O').replaceAll('1', 'I'),
    ];
    for (const typed of ways) expect(textOf(readRecoveryCode(bytesOf(typed)))).toBe('01ABCDEFGHJKMNPQRSTVWXYZ01');
  });

  test('with one character wrong is a typing mistake, but for one in a thousand', () => {
    let [wrong, unnoticed] = [0, 0];
    fc.assert(
      fc.property(
        fc.nat({ max: 27 }),
        fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZU*é')),
        (at, other) => {
          const typed = Array.from(textOf(showRecoveryCode(makeRecoveryCode(systemRandom))).replaceAll('-', ''));
          if (typed[at] === other) return;
          typed[at] = other;
          wrong += 1;
          try {
            readRecoveryCode(bytesOf(typed.join('')));
            unnoticed += 1;
          } catch (error) {
            expect(error).toMatchObject({ code: 'wrong-code' });
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(unnoticed).toBeLessThan(wrong / 100);
  });

  test('of another length, or none, is a typing mistake that the message does not repeat', () => {
    const shown = textOf(showRecoveryCode(makeRecoveryCode(systemRandom)));
    for (const typed of ['', shown.slice(0, -1), `${shown}0`]) {
      expect(() => readRecoveryCode(bytesOf(typed))).toThrow(expect.objectContaining({ code: 'wrong-code' }));
      expect(() => readRecoveryCode(bytesOf(typed))).not.toThrow(shown.slice(0, 8));
    }
  });
});

test('notes are read back as they were written; anything else is damage', () => {
  const way = fc.record({
    slot: fc.string(),
    name: fc.string({ unit: 'grapheme' }),
    madeAtMs: fc.nat(),
    lastUsedAtMs: fc.option(fc.nat()),
  });
  const secret = fc.option(fc.uint8Array({ minLength: 20, maxLength: 20 }));
  fc.assert(
    fc.property(secret, fc.integer({ min: 30, max: 90 }), fc.array(way), (codeSecret, horizonDays, ways) => {
      const notes = { codeSecret, horizonDays, ways };
      const bytes = encodeNotes(notes);
      expect(decodeNotes(bytes)).toEqual(notes);
      for (const damaged of [bytes.subarray(0, -1), Uint8Array.of(...bytes, 0), bytes.with(0, 9), bytes.with(1, 91)]) {
        expect(() => decodeNotes(damaged)).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
      }
    }),
  );
});

test('no two sets of what is given lead to the same bytes', () => {
  for (let bits = 0; bits < 16; bits++) expect(factorBits(factorsOf(bits) ?? [])).toBe(bits);
  expect(factorsOf(16)).toBeNull();
  expect(factorNames).toEqual(['totp', 'key-file', 'security-key', 'this-computer']);
  const password = bytesOf('correct horse battery');
  const typed = [
    encodeTyped({ kind: 'password', password, target: null }),
    encodeTyped({ kind: 'password', password, target: 0 }),
    encodeTyped({ kind: 'password', password, target: 999_999 }),
    encodeTyped({ kind: 'password', password: bytesOf('correct horse batterytotp000000'), target: null }),
    encodeTyped({ kind: 'recovery', recoveryCode: password }),
  ];
  const [stretched, same] = [new Uint8Array(32), new Uint8Array(32).fill(7)];
  const given = [null, same];
  const materials = given.flatMap((keyFile) =>
    given.flatMap((securityKey) =>
      given.map((computer) => encodeKeyMaterial(stretched, { keyFile, securityKey, computer })),
    ),
  );
  for (const all of [typed, materials]) expect(new Set(all.map((bytes) => bytes.toString())).size).toBe(all.length);
});

describe('factors that are being set up', () => {
  const nowMs = Date.UTC(2026, 10, 25, 12);
  const window = nowMs / 30_000;
  let begun: BegunFactors;
  let secret: Uint8Array;
  beforeEach(() => {
    begun = new BegunFactors();
    const { secretText, uri } = begun.beginCodes('My vault: é', systemRandom);
    expect(textOf(secretText)).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    secret = fromBase32(textOf(secretText).replaceAll(' ', ''));
    const url = new URL(textOf(uri));
    expect([url.protocol, url.host, decodeURIComponent(url.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Coffer:My vault: é',
    ]);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ secret: textOf(secretText).replaceAll(' ', ''), issuer: 'Coffer' },
      ...{ algorithm: 'SHA1', digits: '6', period: '30' },
    });
  });

  const prove = (first: number, second: number) =>
    begun.proveCodes(codeIn(secret, first), codeIn(secret, second), nowMs);

  test.each([0, -10, 10])('take two codes in a row, %i windows off', (off) => {
    prove(window + off - 1, window + off);
    expect(begun.provedCodes()).toEqual({ secret, window: window + off, skewWindows: off });
  });

  test.each([
    ['the same twice', 0, 0],
    ['in the wrong order', 0, -1],
    ['not in a row', -2, 0],
    ['too far off', 10, 11],
    ['too far back', -12, -11],
  ])('refuse codes %s', (_, first, second) => {
    expect(() => prove(window + first, window + second)).toThrow(expect.objectContaining({ code: 'wrong-code' }));
    expect(begun.provedCodes()).toBeNull();
  });

  test('begin anew with another secret, that is to be proved again', () => {
    prove(window - 1, window);
    begun.beginCodes('My vault', systemRandom);
    expect(begun.provedCodes()).toBeNull();
    expect(() => prove(window - 1, window)).toThrow(expect.objectContaining({ code: 'wrong-code' }));
    expect(() => new BegunFactors().proveCodes(bytesOf('111111'), bytesOf('222222'), nowMs)).toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });

  test('are handed out as copies: what is forgotten meanwhile is not what a running change uses', () => {
    prove(window - 1, window);
    const securityKey = {
      credentialId: new Uint8Array(16),
      prfSalt: new Uint8Array(32),
      output: new Uint8Array(32).fill(9),
    };
    begun.takeSecurityKey(securityKey);
    const [codes, parts] = [begun.provedCodes(), begun.partsFor(['security-key'])];
    begun.forget();
    expect(codes?.secret).toEqual(secret);
    expect(parts.securityKey?.output).toEqual(new Uint8Array(32).fill(9));
    expect(securityKey.output).toEqual(new Uint8Array(32));
    expect(begun.provedCodes()).toBeNull();
    for (const factor of ['key-file', 'security-key'] as const) {
      expect(() => begun.partsFor([factor])).toThrow(expect.objectContaining({ code: 'bad-request' }));
    }
  });
});

describe('a key file', () => {
  let place: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (place = temporaryFolder()));
  afterEach(() => place.remove());

  test('is any of 32 bytes to 16 MiB', () => {
    const most = 16 * 1024 * 1024;
    for (const [bytes, isTaken] of [
      [0, false],
      [31, false],
      [32, true],
      [most, true],
      [most + 1, false],
    ] as const) {
      writeFileSync(place.file, '');
      truncateSync(place.file, bytes);
      if (isTaken) expect(digestKeyFile(place.file)).toHaveLength(32);
      else expect(() => digestKeyFile(place.file)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    }
    expect(() => digestKeyFile(place.folder)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});
