import bcryptPackage from 'bcrypt-pbkdf';
import fc from 'fast-check';
import forge from 'node-forge';
import { describe, expect, test, vi } from 'vitest';
import { CofferError } from '../../main/errors';
import { bcryptPbkdf } from '../../main/keys/bcrypt-kdf';
import { fromBase64, toBase64 } from '../../main/keys/bytes';
import { commentFrom } from '../../main/keys/comment';
import {
  derContent,
  derTag,
  derUnsigned,
  readDerSequence,
  readDerValues,
  writeDer,
  writeDerUnsigned,
} from '../../main/keys/der';
import { oidOf, writeOid } from '../../main/keys/oid';
import { bitLength } from '../../main/keys/rsa';
import { sshMpint, SshReader, sshString } from '../../main/keys/ssh-wire';
import { bytesOf, hexOf } from '../support/keys-tools';

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const badKey = expect.objectContaining({ code: 'bad-key' }) as unknown;

describe('base64', () => {
  // RFC 4648 §10.
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('of %j is %j', (text, encoded) => {
    expect(new TextDecoder().decode(toBase64(bytesOf(text)))).toBe(encoded);
    expect(new TextDecoder().decode(fromBase64(bytesOf(encoded)))).toBe(text);
  });

  test('of any bytes is what Node makes, and comes back through any white space', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(80), (bytes, width) => {
        const encoded = Buffer.from(toBase64(bytes)).toString();
        expect(encoded).toBe(Buffer.from(bytes).toString('base64'));
        const spaced = encoded.replace(new RegExp(`.{1,${width + 1}}`, 'g'), '$& \r\n\t');
        expect(hexOf(fromBase64(bytesOf(spaced)))).toBe(hexOf(bytes));
      }),
    );
  });

  test.each(['Z', 'Zg', 'Zg=', 'Zg===', 'Z=g=', 'Zg==Zg==', 'Zm9v!', 'Zm9-', '====', 'Zm9v='])(
    '%j is refused',
    (text) => {
      expect(() => fromBase64(bytesOf(text))).toThrow(badKey);
    },
  );
});

describe('DER', () => {
  test('of any unsigned number is what node-forge makes of it, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (digits) => {
        const written = writeDerUnsigned(digits);
        const hex = BigInt(`0x${hexOf(digits)}`).toString(16);
        const padded = (hex.length % 2 === 1 || /^[89a-f]/.test(hex) ? '0' : '') + hex;
        const even = padded.length % 2 === 1 ? `0${padded}` : padded;
        const { asn1 } = forge;
        const twin = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.INTEGER, false, forge.util.hexToBytes(even));
        expect(hexOf(written)).toBe(asn1.toDer(twin).toHex());
        expect(BigInt(`0x0${hexOf(derUnsigned(readDerValues(written)[0]))}`)).toBe(BigInt(`0x${hex}`));
      }),
    );
  });

  test('a value of any length comes back, and forge reads the same', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 127, 128, 255, 256, 65_535, 65_536), (length) => {
        const content = new Uint8Array(length).fill(7);
        const sequence = writeDer(0x30, writeDer(0x04, content), writeDer(0x04));
        const [first, second] = readDerSequence(sequence);
        expect(derContent(first, 0x04)).toEqual(content);
        expect(derContent(second, 0x04)).toHaveLength(0);
        const twin = forge.asn1.fromDer(Buffer.from(sequence).toString('latin1'));
        expect((twin.value as forge.asn1.Asn1[])[0]?.value).toHaveLength(length);
      }),
    );
  });

  test.each([
    ['a length that is cut short', '3082'],
    ['content that is cut short', '300302'],
    ['an indefinite length', '30800000'],
    ['a length of five bytes', '30850000000001ff'],
    ['a tag of more bytes', '3f8101 00'.replace(' ', '')],
  ])('%s is refused', (_, hex) => {
    expect(() => readDerValues(fromHex(hex))).toThrow(badKey);
  });

  test.each([
    ['a value behind the sequence', '30000500'],
    ['another type', '0400'],
    ['nothing', ''],
  ])('no sequence: %s', (_, hex) => {
    expect(() => readDerSequence(fromHex(hex))).toThrow(badKey);
  });

  test.each(['0200', '0280', '020180', '0401ff'])('%s is no unsigned number', (hex) => {
    expect(() => derUnsigned(readDerValues(fromHex(hex))[0])).toThrow(badKey);
  });
});

describe('object identifiers', () => {
  const read = (hex: string): string => oidOf({ tag: derTag.oid, content: fromHex(hex) });

  // ITU-T X.690 §8.19.5, RFC 8017 appendix C, and 2.25 with a UUID as ITU-T X.667 has it.
  test.each([
    ['883703', '2.999.3'],
    ['2a864886f70d010101', '1.2.840.113549.1.1.1'],
    ['00', '0.0'],
    ['27', '0.39'],
    ['28', '1.0'],
    ['50', '2.0'],
    ['6983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776', '2.25.329800735698586629295641978511506172918'],
  ])('%s is %s', (hex, dotted) => {
    expect(read(hex)).toBe(dotted);
    expect(writeOid(dotted)).toEqual(writeDer(derTag.oid, fromHex(hex)));
  });

  test.each(['', '1', '1.2.', '1..2', '3.5', '0.40', '1.-5', ' 1.0', '1.02', 'a.b'])(
    '%j is none to write',
    (dotted) => {
      expect(() => writeOid(dotted)).toThrow(TypeError);
    },
  );

  test('what is written is read again', () => {
    const arcs = fc.array(fc.bigInt({ min: 0n, max: 2n ** 70n }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(2), fc.nat(39), arcs, (root, second, more) => {
        const dotted = [root, second, ...more].join('.');
        expect(oidOf(readDerValues(writeOid(dotted))[0])).toBe(dotted);
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['an arc that is cut short', '2a86'],
    ['a padded arc', '2a8001'],
    ['129 bytes', '2a'.repeat(129)],
  ])('%s is refused', (_, hex) => {
    expect(() => read(hex)).toThrow(badKey);
  });
});

describe('SSH wire format', () => {
  // RFC 4251 §5.
  test.each([
    ['', '00000000'],
    ['09a378f9b2e332a7', '0000000809a378f9b2e332a7'],
    ['80', '000000020080'],
    ['000000', '00000000'],
  ])('the mpint of %j is %s', (magnitude, encoded) => {
    expect(hexOf(sshMpint(fromHex(magnitude)))).toBe(encoded);
  });

  test('what is written is read', () => {
    const wire = Buffer.concat([sshString(bytesOf('testing')), sshMpint(fromHex('ff01')), fromHex('0000002a01')]);
    const reader = new SshReader(wire);
    expect(reader.name()).toBe('testing');
    expect(hexOf(reader.mpint())).toBe('ff01');
    expect(reader.uint32()).toBe(42);
    expect(hexOf(reader.rest())).toBe('01');
  });

  test.each([
    ['a string longer than what is left', (reader: SshReader) => reader.string(), '0000000501'],
    ['a length of 4 GiB', (reader: SshReader) => reader.string(), 'ffffffff01'],
    ['a number that is cut short', (reader: SshReader) => reader.uint32(), '000000'],
    ['a negative mpint', (reader: SshReader) => reader.mpint(), '0000000180'],
    ['a name with a control character', (reader: SshReader) => reader.name(), '000000020a41'],
    ['a name of 65 characters', (reader: SshReader) => reader.name(), `00000041${'41'.repeat(65)}`],
  ])('%s is refused', (_, take, hex) => {
    expect(() => take(new SshReader(fromHex(hex)))).toThrow(badKey);
  });
});

describe('bcrypt_pbkdf', () => {
  // pyca/bcrypt tests/test_bcrypt.py, test_kdf (from OpenBSD's regression tests).
  test.each([
    [4, 'password', 'salt', '5bbf0cc293587f1c3635555c27796598d47e579071bf427e9d8fbe842aba34d9'],
    [4, 'password', '\0', 'c12b566235eee04c212598970a579a67'],
    [4, '\0', 'salt', '6051be18c2f4f82cbf0efee5471b4bb9'],
  ])('%i rounds of %j with the salt %j', async (rounds, passphrase, salt, hex) => {
    expect(hexOf(await bcryptPbkdf(bytesOf(passphrase), bytesOf(salt), rounds, hex.length / 2))).toBe(hex);
  });

  test('ends with the hash that runs once it is cancelled', async () => {
    const hashing = vi.spyOn(bcryptPackage, 'hash');
    const cancel = new AbortController();
    const reason = new CofferError('cancelled', 'cancelled');
    const derived = bcryptPbkdf(bytesOf('x'), bytesOf('salt'), 256, 48, cancel.signal);
    cancel.abort(reason);
    await expect(derived).rejects.toBe(reason);
    expect(hashing).toHaveBeenCalledTimes(1);
    hashing.mockRestore();
  });

  test.each([1, 31, 32, 33, 48, 64, 100])('%i bytes are those of the package’s own loop', async (length) => {
    const [passphrase, salt] = [bytesOf('Pässwort'), fromHex('00112233445566778899aabbccddeeff')];
    const twin = new Uint8Array(length);
    bcryptPackage.pbkdf(passphrase, passphrase.length, salt, salt.length, twin, length, 2);
    expect(hexOf(await bcryptPbkdf(passphrase, salt, 2, length))).toBe(hexOf(twin));
  });
});

test('the length of a number in bits', () => {
  expect(['', '01', '80', 'ff', '0100', '7fffffff'].map((hex) => bitLength(fromHex(hex)))).toEqual([0, 1, 8, 8, 9, 31]);
});

test('a comment from a file fits on one line', () => {
  expect(commentFrom(bytesOf('  me@host \n'))).toBe('me@host');
  expect(commentFrom(bytesOf('two\nlines\0and\u2028more'))).toBe('two lines and more');
  expect(commentFrom(fromHex('ff41'))).toBe('\ufffdA');
  expect(commentFrom(bytesOf(`${'x'.repeat(1023)}🔑`))).toBe('x'.repeat(1023));
});
