import { expect, test } from 'vitest';
import * as z from 'zod';
import { type Channel, requests } from '../../preload/contract';
import { hasStrangeObject } from '../../main/ipc/plain-objects';

const huge = new Uint8Array(50 * 1024 * 1024);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const inner = z.strictObject({ text: z.string().optional() });

test.each(Object.keys(requests) as Channel[])(
  '%s: bytes, lists, dates and maps in the request’s place are noticed',
  (channel) => {
    for (const strange of [huge, [], new Date(0), new Map([[1, 2]])]) {
      expect(hasStrangeObject(requests[channel].input, strange)).toBe(true);
    }
    expect(hasStrangeObject(requests[channel].input, {})).toBe(false);
  },
);

test.each([
  ['a member', z.strictObject({ inner })],
  ['an optional member', z.strictObject({ inner: inner.optional() })],
  ['a member with a value of its own', z.strictObject({ inner: inner.nullable().default(null) })],
  ['a member that is changed afterwards', z.strictObject({ inner: inner.transform((value) => value.text) })],
  ['one of several', z.strictObject({ inner: z.union([inner, z.strictObject({ other: z.string() })]) })],
])('%s: bytes in an object’s place are noticed', (_, schema) => {
  expect(hasStrangeObject(schema, { inner: huge })).toBe(true);
  expect(hasStrangeObject(schema, { inner: { text: 'x' } })).toBe(false);
});

test('bytes in lists and tables of objects are noticed', () => {
  expect(hasStrangeObject(z.strictObject({ list: z.array(inner) }), { list: [{}, huge] })).toBe(true);
  expect(hasStrangeObject(z.strictObject({ table: z.record(z.string(), inner) }), { table: { a: {}, b: huge } })).toBe(
    true,
  );
});

test('bytes where bytes belong, or where anything simpler does, are left to the schema', () => {
  const schema = z.strictObject({
    password: bytes.nullable(),
    files: z.array(z.strictObject({ content: bytes })),
    secrets: z.record(z.string(), bytes),
    way: z.union([bytes, inner]),
  });
  const value = { password: huge, files: [{ content: huge }], secrets: { a: huge }, way: huge };
  expect(hasStrangeObject(schema, value)).toBe(false);
  expect(hasStrangeObject(z.strictObject({ name: z.string() }), { name: huge })).toBe(false);
});

test('members that no schema knows are not looked at', () => {
  const watched = {
    get unknown() {
      throw new Error('looked at');
    },
  };
  expect(hasStrangeObject(inner, watched)).toBe(false);
});
