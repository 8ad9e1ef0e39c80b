import { type KeyObject, hkdfSync } from 'node:crypto';
import argon2 from 'argon2';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { lengthPrefixed, uint32, utf8 } from '../../main/crypto/encode';
import { hmacSha256, sha256 } from '../../main/crypto/mac';
import type { CodeDayRow, HeaderRow, PageRow } from '../../main/store/rows';
import { readHeader } from '../../main/vault/header';
import { formatLimits } from '../../main/vault/kdf-policy';
import { tagOf } from '../../main/vault/seal';
import { makeHead } from '../../main/vault/set-integrity';
import type { VaultKeys } from '../../main/vault/vault-keys';
import { setUpRig } from '../support/rig';
import { bytesOf } from '../support/small-vault';

// With codes on, a reader of the file who has the password must pay one Argon2id for each guess of the target, and a reader who
// has the target one for each guess of the password: no stored value may depend on one of them alone. Two vaults are made with
// the same randomness; they differ in the password, or in the target. Whatever differs between their files must be one of the
// values named here, each of which is shown to come from Argon2id over both.

vi.mock('../../main/crypto/totp', async (importOriginal) => {
  const { rememberCodes } = await import('../support/known-codes');
  return rememberCodes(await importOriginal());
});

const secret = new Uint8Array(20).fill(5);
const passwords = ['correct horse battery', 'another horse battery'] as const;
const codeCount = 1_000_000;

/** The same bytes in the same order each time, but for draws of four bytes: those give the target. */
function seededRandom(target: number) {
  let draws = 0;
  return (length: number) => {
    draws += 1;
    if (length === 4) return new Uint8Array(uint32(target));
    const seed = Buffer.from(`draw ${draws}`);
    return new Uint8Array(hkdfSync('sha256', seed, Buffer.alloc(0), Buffer.alloc(0), length));
  };
}

interface Stored {
  readonly header: HeaderRow;
  readonly head: { counter: number; mac: Buffer };
  readonly days: CodeDayRow[];
  readonly pages: PageRow[];
  readonly secrets: unknown[];
  readonly tables: unknown[];
  /** The vault's keys: with the same randomness they are the same. */
  readonly keys: VaultKeys;
}

/** Everything in the file of a vault with a record, a way with codes and a recovery code. */
async function storedWith(typed: string, target: number): Promise<Stored> {
  const rig = setUpRig({ random: seededRandom(target) });
  try {
    await rig.create();
    rig.save('a record');
    await rig.enrol(secret, { password: bytesOf(typed) });
    const { keys } = rig.session.vault.lend();
    rig.session.lock();
    const db = new Database(rig.file, { readonly: true });
    try {
      const all = (sql: string) => db.prepare(sql).all();
      return {
        header: db.prepare('SELECT body, digest, mac, notes FROM header').get() as HeaderRow,
        head: db.prepare('SELECT counter, mac FROM head').get() as Stored['head'],
        days: all('SELECT day, offsets FROM code_day ORDER BY day') as CodeDayRow[],
        pages: all('SELECT * FROM page ORDER BY no') as PageRow[],
        secrets: all('SELECT * FROM secret'),
        tables: all('SELECT * FROM sqlite_schema'),
        keys,
      };
    } finally {
      db.close();
    }
  } finally {
    await rig.remove();
  }
}

const headerOf = ({ header, days }: Stored) => readHeader(header, days, { ...formatLimits, minMemoryKiB: 8 });
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Bytes of the header's body that may differ, as ranges from and to; and that they do. */
function rangesOf({ header }: Stored, parts: readonly Uint8Array[]): [number, number][] {
  const body = Buffer.from(header.body);
  return parts.map((part) => {
    const at = body.indexOf(part);
    expect(at).toBeGreaterThan(0);
    return [at, at + part.length];
  });
}

/** The body with those ranges blanked. */
function blanked({ header }: Stored, ranges: readonly [number, number][]): string {
  const body = new Uint8Array(header.body);
  for (const [from, to] of ranges) body.fill(0, from, to);
  return hex(body);
}

const passwordSlot = (stored: Stored) => {
  const slot = headerOf(stored).slots.find(({ kind }) => kind === 'password');
  if (slot === undefined) throw new Error('expected a password way');
  return slot;
};
/** What comes from Argon2id, and the MACs and digests over it, which hold nothing else. */
const derivedOf = (stored: Stored) => [passwordSlot(stored).commitment, passwordSlot(stored).wrapped];

/** What a slot's commitment is for a password and a target: written here a second time, with other tools. */
async function commitmentFor(stored: Stored, typed: string, target: number): Promise<string> {
  const slot = passwordSlot(stored);
  const digits = utf8(String(target).padStart(6, '0'));
  const stretched = await argon2.hash(
    Buffer.from(lengthPrefixed([utf8('password'), utf8(typed), utf8('totp'), digits])),
    {
      ...{ raw: true, type: argon2.argon2id, version: 0x13, hashLength: 32, salt: Buffer.from(slot.salt) },
      memoryCost: slot.costs.memoryKiB,
      timeCost: slot.costs.timeCost,
      parallelism: slot.costs.parallelism,
    },
  );
  const { identity } = headerOf(stored);
  const info = lengthPrefixed([utf8('coffer/1/slot'), uint32(identity.epoch), Uint8Array.of(1, 1)]);
  const salt = Buffer.concat([identity.vaultId, slot.id]);
  return hex(new Uint8Array(hkdfSync('sha256', stretched, salt, info, 64)).subarray(32));
}

let base: Stored;
beforeEach(async () => (base = await storedWith(passwords[0], 123_456)));

describe('of what is stored', () => {
  test('nothing changes with the password alone but commitment and wrap, which take the target in, too', async () => {
    const other = await storedWith(passwords[1], 123_456);
    expect(other.days).toEqual(base.days);
    expectSameBut(other, (stored) => derivedOf(stored));
    for (const stored of [base, other]) {
      const typed = stored === base ? passwords[0] : passwords[1];
      expect(await commitmentFor(stored, typed, 123_456)).toBe(hex(passwordSlot(stored).commitment));
      expect(await commitmentFor(stored, typed, 123_457)).not.toBe(hex(passwordSlot(stored).commitment));
    }
  });

  test('nothing changes with the target alone but those, and offsets with their hashes', async () => {
    const other = await storedWith(passwords[0], 654_321);
    expectSameBut(other, (stored) => [...derivedOf(stored), ...stored.days.map((row) => hashInHeader(stored, row))]);
    expect(hex(passwordSlot(other).commitment)).not.toBe(hex(passwordSlot(base).commitment));
  });

  test('offsets say nothing of the target: those of any other differ by one number, the same in every window', async () => {
    for (const target of [0, 123_457, 999_999]) {
      const other = await storedWith(passwords[0], target);
      const shift = (target - 123_456 + codeCount) % codeCount;
      // So every target is possible: for each there is a list of codes that gives these offsets, and the codes are the key's.
      const now = offsetsOf(other);
      const isShifted = (offset: number | null, at: number) =>
        now[at] === (offset === null ? null : (offset + shift) % codeCount);
      expect(offsetsOf(base).every(isShifted)).toBe(true);
      expect(now).toHaveLength(offsetsOf(base).length);
    }
  });

  test('nothing at all changes if neither does', async () => {
    const again = await storedWith(passwords[0], 123_456);
    expect({ ...again, keys: keysOf(again) }).toEqual({ ...base, keys: keysOf(base) });
  });

  test('what is sealed says nothing either: pages, secrets and notes are the same under the same key', async () => {
    const other = await storedWith(passwords[1], 654_321);
    expect([other.pages, other.secrets, other.header.notes]).toEqual([base.pages, base.secrets, base.header.notes]);
  });
});

/** Expects both files to hold the same, but for these parts of the header, and digest and MACs, which are over the header. */
function expectSameBut(other: Stored, partsOf: (stored: Stored) => Uint8Array[]): void {
  const ranges = rangesOf(base, partsOf(base));
  expect(rangesOf(other, partsOf(other))).toEqual(ranges);
  expect(blanked(other, ranges)).toBe(blanked(base, ranges));
  expect(other.header.notes).toEqual(base.header.notes);
  expect([other.head.counter, other.pages, other.secrets, other.tables]).toEqual([
    base.head.counter,
    base.pages,
    base.secrets,
    base.tables,
  ]);
  // Digest and MACs differ for the header's sake alone: they are worked out anew from it, with keys that are the same.
  expect(keysOf(other)).toEqual(keysOf(base));
  for (const stored of [base, other]) {
    const { header, head, keys } = stored;
    expect(hex(header.digest)).toBe(hex(sha256([utf8('coffer/1/header-digest'), header.body])));
    expect(hex(header.mac)).toBe(hex(hmacSha256(keys.headerMacKey, [utf8('coffer/1/header-mac'), header.body])));
    const marks = stored.pages.map(({ no, revision, sealed }) => ({ no, revision, tag: tagOf(sealed) }));
    const { identity } = headerOf(stored);
    expect(hex(makeHead(head.counter, marks, { identity, headerMac: header.mac, keys }).mac)).toBe(hex(head.mac));
  }
}

function keysOf({ keys }: Stored): string[] {
  return Object.values(keys as unknown as Record<string, KeyObject>).map((key) => key.export().toString('hex'));
}

/** The hash of a row as it stands in the header: plain SHA-256 over label, day and offsets. */
function hashInHeader({ header }: Stored, row: CodeDayRow): Uint8Array {
  const hash = sha256([utf8('coffer/1/code-day'), uint32(row.day), row.offsets]);
  expect(Buffer.from(header.body).includes(Buffer.from(hash))).toBe(true);
  return hash;
}

function offsetsOf({ days }: Stored): (number | null)[] {
  return days.flatMap((row) => {
    const offsets = Buffer.from(row.offsets);
    return Array.from({ length: offsets.length / 3 }, (_, at) => {
      const value = offsets.readUIntBE(at * 3, 3);
      return value === 0xffffff ? null : value;
    });
  });
}
