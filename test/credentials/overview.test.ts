import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CofferError } from '../../main/errors';
import { decodeOverview, encodeOverview, linkIn, type Overview } from '../../main/credentials/overview';

const overview: Overview = {
  kind: 'key-pair',
  title: 'web',
  tags: ['prod', 'eu'],
  isFavourite: true,
  subtitle: 'RSA 2048 · web · eu-west-1',
  createdAtMs: 1_700_000_000_000,
  updatedAtMs: 1_700_000_000_001,
  trashedAtMs: null,
  links: {},
  marks: [],
  unknownMembers: {},
};
const anyString = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
);

test('any strings come back exactly, halves of surrogate pairs and NUL included', () => {
  fc.assert(
    fc.property(anyString, fc.array(anyString), anyString, (title, tags, subtitle) => {
      const changed = { ...overview, title, tags, subtitle };
      expect(decodeOverview(encodeOverview(changed))).toEqual(changed);
    }),
  );
});

test('what a field points to is told as decoding tells it, whatever stands before it', () => {
  const id = fc.stringMatching(/^[0-9a-f]{32}$/);
  const links = fc.dictionary(fc.constantFrom('account', 'keyPair', 'links', 'marks'), id);
  const members = fc.dictionary(fc.constantFrom('later', 'more'), fc.jsonValue());
  fc.assert(
    fc.property(anyString, fc.array(anyString), links, members, (title, tags, linked, unknownMembers) => {
      const bytes = encodeOverview({ ...overview, title, tags, links: linked, unknownMembers });
      for (const field of ['account', 'keyPair', 'none']) {
        expect(linkIn(bytes, field)).toBe(decodeOverview(bytes).links[field] ?? null);
      }
    }),
  );
});

test('a title of 10,000 characters comes back', () => {
  const title = '🔑 العربية \0 \ud800'.repeat(800);
  expect(title.length).toBeGreaterThan(10_000);
  expect(decodeOverview(encodeOverview({ ...overview, title })).title).toBe(title);
});

test('what a newer version wrote survives a rewrite', () => {
  const json = '{"later":{"deep":[1,"\\ud800"]},"__proto__":{"x":1}}';
  const newer: Overview = {
    ...overview,
    kind: 'hologram',
    trashedAtMs: 3,
    unknownMembers: JSON.parse(json) as Record<string, unknown>,
  };
  const decoded = decodeOverview(encodeOverview(newer));
  expect(decoded).toMatchObject({ kind: 'hologram', trashedAtMs: 3 });
  const rewritten = decodeOverview(encodeOverview({ ...decoded, title: 'changed' }));
  expect(rewritten).toEqual({ ...newer, title: 'changed' });
  expect(JSON.stringify(rewritten.unknownMembers)).toBe(json);
});

test('the layout is the one that is written down', () => {
  const bytes = encodeOverview({ ...overview, title: '\ud800', tags: ['é'], subtitle: '', unknownMembers: { a: 1 } });
  const expected = [
    '01 01 4278bcfe56800000 4278bcfe56801000 0000000000000000', // version, flags, times
    '01', // key-pair
    '80000002 d800', // a title in UTF-16
    '0001 00000002 c3a9', // one tag
    '00000000', // no subtitle
    '0001 00000001 61 00000001 31', // a: 1
  ];
  expect(Buffer.from(bytes).toString('hex')).toBe(expected.join('').replaceAll(' ', ''));
});

test.each(['x'.repeat(256), '\ud800'])('a kind that has no short UTF-8 is refused', (kind) => {
  expect(() => encodeOverview({ ...overview, kind })).toThrow(expect.objectContaining({ code: 'bad-request' }));
});

test('another version is told apart from damage', () => {
  const bytes = encodeOverview(overview);
  bytes[0] = 2;
  expect(() => decodeOverview(bytes)).toThrow(expect.objectContaining({ code: 'newer-format' }));
});

test('every shorter or longer one is damage, and the message quotes nothing', () => {
  const bytes = encodeOverview({ ...overview, unknownMembers: { later: 'web' } });
  const longer = new Uint8Array([...bytes, 0]);
  for (const wrong of [longer, ...Array.from(bytes, (_, length) => bytes.subarray(0, length))]) {
    const decode = (): Overview => decodeOverview(wrong);
    expect(decode).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
    expect(decode).not.toThrow(/web|prod|RSA/);
  }
});

test('any bytes are an overview or refused, and what is an overview comes back', () => {
  const bytes = encodeOverview({ ...overview, unknownMembers: { later: 1 } });
  const places = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(places, (changes) => {
      const changed = new Uint8Array(bytes);
      for (const [at, value] of changes) changed[at] = value;
      try {
        const decoded = decodeOverview(changed);
        expect(decodeOverview(encodeOverview(decoded))).toEqual(decoded);
      } catch (error) {
        expect(error).toBeInstanceOf(CofferError);
      }
    }),
    { numRuns: 2000 },
  );
});
