import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeOverview, encodeOverview, type Overview } from '../../main/credentials/overview';

const overview: Overview = {
  kind: 'key-pair',
  title: 'web',
  tags: ['prod', 'eu'],
  isFavourite: true,
  subtitle: 'RSA 2048 · web · eu-west-1',
  createdAtMs: 1_700_000_000_000,
  updatedAtMs: 1_700_000_000_001,
  trashedAtMs: null,
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

test('a title of 10,000 characters comes back', () => {
  const title = '🔑 العربية \0 \ud800'.repeat(800);
  expect(title.length).toBeGreaterThan(10_000);
  expect(decodeOverview(encodeOverview({ ...overview, title })).title).toBe(title);
});

test('what a newer version wrote survives a rewrite', () => {
  const newer =
    '{"later":{"deep":[1,"\\ud800"]},"__proto__":{"x":1},"kind":"hologram","title":"t","tags":[],"isFavourite":false,"subtitle":"","createdAtMs":1,"updatedAtMs":2,"trashedAtMs":3}';
  const decoded = decodeOverview(new TextEncoder().encode(newer));
  expect(decoded).toMatchObject({ kind: 'hologram', trashedAtMs: 3 });
  const rewritten = new TextDecoder().decode(encodeOverview({ ...decoded, title: 'changed' }));
  expect(JSON.parse(rewritten)).toEqual({ ...(JSON.parse(newer) as object), title: 'changed' });
  expect(rewritten).toContain('"__proto__":{"x":1}');
});

test.each([
  ['no JSON', '{"kind":'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a member missing', JSON.stringify({ ...overview, title: undefined })],
  ['a title that is a number', JSON.stringify({ ...overview, title: 1 })],
  ['a tag that is a number', JSON.stringify({ ...overview, tags: [1] })],
  ['tags that are no list', JSON.stringify({ ...overview, tags: 'a' })],
  ['a favourite that is text', JSON.stringify({ ...overview, isFavourite: 'yes' })],
  ['a time that is text', JSON.stringify({ ...overview, updatedAtMs: 'now' })],
  ['no word about the trash', JSON.stringify({ ...overview, trashedAtMs: undefined })],
])('%s is damage, and the message quotes nothing', (_, text) => {
  const decode = (): Overview => decodeOverview(new TextEncoder().encode(text));
  expect(decode).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
  expect(decode).not.toThrow(/web|prod|RSA/);
});
