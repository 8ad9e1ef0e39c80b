import { Cursor, Unreadable } from './primitives';

/** A record as section 6 tells it. */
export interface ReadRecord {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly isFavourite: boolean;
  readonly subtitle: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly trashedAtMs: number | null;
  readonly unknownMembers: Readonly<Record<string, unknown>>;
  /** Name, and value as hex. */
  readonly fields: readonly (readonly [string, string])[];
}

export interface Entry {
  readonly id: Buffer;
  readonly secretRevision: number;
  readonly secretTag: Buffer;
  readonly overview: Buffer;
}

export function readPage(content: Buffer): Entry[] {
  const cursor = new Cursor(content);
  const count = cursor.number(2);
  if (count > 64) throw new Unreadable('page: records');
  const entries = Array.from({ length: count }, () => ({
    id: cursor.take(16),
    secretRevision: cursor.number(8),
    secretTag: cursor.take(16),
    overview: cursor.take(cursor.number(4)),
  }));
  cursor.end();
  return entries;
}

export function readOverview(bytes: Buffer): Omit<ReadRecord, 'id' | 'fields'> {
  const cursor = new Cursor(bytes);
  if (cursor.number(1) !== 1) throw new Unreadable('overview: version');
  const flags = cursor.number(1);
  if (flags > 3) throw new Unreadable('overview: flags');
  const [createdAtMs, updatedAtMs, trashedAtMs] = [cursor.float(), cursor.float(), cursor.float()];
  const kind = readKind(cursor);
  const title = readText(cursor);
  const tags = Array.from({ length: cursor.number(2) }, () => readText(cursor));
  const subtitle = readText(cursor);
  const members = Array.from({ length: cursor.number(2) }, () => [
    readText(cursor),
    JSON.parse(readText(cursor)) as unknown,
  ]);
  cursor.end();
  return {
    ...{ kind, title, tags, subtitle, createdAtMs, updatedAtMs, isFavourite: (flags & 1) !== 0 },
    trashedAtMs: (flags & 2) === 0 ? null : trashedAtMs,
    unknownMembers: Object.fromEntries(members) as Record<string, unknown>,
  };
}

export function readBody(bytes: Buffer): (readonly [string, string])[] {
  const cursor = new Cursor(bytes);
  if (cursor.number(1) !== 1) throw new Unreadable('body: version');
  const fields: (readonly [string, string])[] = [];
  while (!cursor.isAtEnd) {
    const name = cursor.take(cursor.number(2)).toString('utf8');
    fields.push([name, cursor.take(cursor.number(4)).toString('hex')]);
  }
  return fields;
}

function readKind(cursor: Cursor): string {
  const number = cursor.number(1);
  if (number > 3) throw new Unreadable('overview: kind');
  return ['', 'key-pair', 'settings', 'export'][number] || cursor.take(cursor.number(1)).toString('utf8');
}

function readText(cursor: Cursor): string {
  const stored = cursor.number(4);
  if (stored < 2 ** 31) return cursor.take(stored).toString('utf8');
  return cursor
    .take(stored - 2 ** 31)
    .swap16()
    .toString('utf16le');
}
