import { CofferError } from '../errors';

/** What lists and search need of a record; sealed together with those of other records. */
export interface Overview {
  /** Name of the kind; it may be one that this version does not know. */
  readonly kind: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly isFavourite: boolean;
  /** Short second line, made by the kind. */
  readonly subtitle: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Null unless the record is in the trash. */
  readonly trashedAtMs: number | null;
  /** Members that a newer version wrote; kept when this one rewrites the overview. */
  readonly unknownMembers: Readonly<Record<string, unknown>>;
}

/**
 * Writes an overview as JSON in UTF-8. JSON escapes halves of surrogate pairs, so that every string comes back as it was.
 *
 * @param overview - Not changed.
 * @returns Fresh bytes; the caller owns them.
 */
export function encodeOverview(overview: Overview): Uint8Array {
  const { unknownMembers, ...known } = overview;
  return new TextEncoder().encode(JSON.stringify({ ...unknownMembers, ...known }));
}

/**
 * Reads what {@link encodeOverview} wrote.
 *
 * @param bytes - Not changed.
 * @throws CofferError `vault-damaged` if a member is missing or of another type.
 */
export function decodeOverview(bytes: Uint8Array): Overview {
  const parsed = parse(bytes);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw damaged();
  const members = parsed as Readonly<Record<string, unknown>>;
  const { kind, title, tags, isFavourite, subtitle, createdAtMs, updatedAtMs, trashedAtMs, ...unknownMembers } =
    members;
  return {
    kind: asText(kind),
    title: asText(title),
    tags: asTexts(tags),
    isFavourite: asBoolean(isFavourite),
    subtitle: asText(subtitle),
    createdAtMs: asNumber(createdAtMs),
    updatedAtMs: asNumber(updatedAtMs),
    trashedAtMs: trashedAtMs === null ? null : asNumber(trashedAtMs),
    unknownMembers,
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    // The cause is left out: JSON's message quotes the text.
    throw damaged();
  }
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw damaged();
  return value;
}

function asTexts(value: unknown): string[] {
  if (!Array.isArray(value)) throw damaged();
  return value.map(asText);
}

function asBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw damaged();
  return value;
}

function asNumber(value: unknown): number {
  if (typeof value !== 'number') throw damaged();
  return value;
}

function damaged(): CofferError {
  return new CofferError('vault-damaged', 'record: its overview is not what Coffer wrote');
}
