import argon2 from 'argon2';
import type { CodeDay, Header, Slot } from './header';
import { associatedData } from './header';
import { LP, type Trace, Unreadable, ascii, hkdf, label, openGcm, sha256, unsigned } from './primitives';

/** What a person gives; each null or absent if the way does not ask for it. */
export interface Given {
  readonly password?: string | null;
  readonly code?: string | null;
  /** The whole file. */
  readonly keyFile?: Uint8Array | null;
  readonly prfOutput?: Uint8Array | null;
  readonly computerSecret?: Uint8Array | null;
  readonly recoveryCode?: string | null;
  /** Clock, for codes. */
  readonly atMs: number;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Section 3: the vault key, or null if the secrets are not this slot's. */
export async function openSlot(
  header: Header,
  slot: Slot,
  given: Given,
  { days, trace }: { readonly days: readonly CodeDay[]; readonly trace: Trace },
): Promise<Buffer | null> {
  for (const typed of typedInputs(header, slot, given, { days, trace })) {
    const stretched = await argon2.hash(typed, {
      ...{ raw: true, type: argon2.argon2id, version: 0x13, hashLength: 32, salt: slot.salt },
      ...{ memoryCost: slot.memoryKiB, timeCost: slot.passes, parallelism: slot.lanes },
    } as const);
    const material = Buffer.concat([stretched, LP(...strongFactors(slot, given))]);
    const salt = Buffer.concat([header.vaultId, slot.id]);
    const info = LP(label('slot'), unsigned(4, header.epoch), Buffer.of(slot.kind, slot.factors));
    const okm = hkdf(material, salt, info, 64);
    if (!okm.subarray(32).equals(slot.commitment)) continue;
    const place = associatedData(header, ['slot', slot.id, 'vault-key', 0]);
    const vaultKey = openGcm(okm.subarray(0, 32), slot.nonce, slot.wrapped, place);
    const values = { 'typed input': typed, stretched, 'key material': material, 'HKDF salt': salt, 'HKDF info': info };
    const more = { okm, 'wrapping key': okm.subarray(0, 32), commitment: okm.subarray(32), nonce: slot.nonce };
    const last = { 'associated data of the wrap': place, wrapped: slot.wrapped, 'vault key': vaultKey };
    for (const [name, value] of Object.entries({ salt: slot.salt, ...values, ...more, ...last })) trace(name, value);
    return vaultKey;
  }
  return null;
}

type CodeContext = { readonly days: readonly CodeDay[]; readonly trace: Trace };

function typedInputs(header: Header, slot: Slot, given: Given, { days, trace }: CodeContext): Buffer[] {
  if (slot.kind === 2) return [LP(ascii('recovery'), readRecoveryCode(given.recoveryCode ?? '', trace))];
  const password = ascii((given.password ?? '').normalize('NFC').replace(/\p{Zs}/gu, ' '));
  trace('password, normalised', password);
  if ((slot.factors & 1) === 0) return [LP(ascii('password'), password)];
  return targets(header, days, given, trace).map((target) =>
    LP(ascii('password'), password, ascii('totp'), ascii(String(target).padStart(6, '0'))),
  );
}

/** Section 5, login. */
function targets({ codes }: Header, days: readonly CodeDay[], { code, atMs }: Given, trace: Trace): number[] {
  if (codes === null) throw new Unreadable('codes: no table');
  const now = Math.floor(atMs / 30_000) + codes.skew;
  const offsetAt = (window: number) => {
    const row = days.find(({ day }) => day === Math.floor(window / 2880));
    return row?.offsets.readUIntBE(3 * (window % 2880), 3) ?? 0xffffff;
  };
  if (offsetAt(now) === 0xffffff) throw new Unreadable('codes: none for now');
  trace('window', String(now));
  trace('offset of the window', String(offsetAt(now)));
  return [now, now - 1, now + 1]
    .filter((window) => window > codes.lastAccepted && offsetAt(window) !== 0xffffff)
    .map((window) => (Number(code) + offsetAt(window)) % 1_000_000);
}

function strongFactors({ factors }: Slot, { keyFile, prfOutput, computerSecret }: Given): Uint8Array[] {
  const keyFileHash = keyFile instanceof Uint8Array ? sha256(keyFile) : null;
  const all = [
    [2, 'key-file', keyFileHash],
    [4, 'security-key', prfOutput],
    [8, 'this-computer', computerSecret],
  ] as const;
  return all.flatMap(([bit, name, value]) => ((factors & bit) === 0 ? [] : [ascii(name), value ?? Buffer.alloc(0)]));
}

/** Section 3, step 3. */
function readRecoveryCode(typed: string, trace: Trace): Buffer {
  const digits = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const code = ascii(digits.slice(0, 26));
  const hash = sha256(label('recovery-check'), code);
  const bits = hash.readUInt16BE(0) >> 6;
  const check = crockford.charAt(bits >> 5) + crockford.charAt(bits & 31);
  if (digits.length !== 28 || digits.slice(26) !== check) throw new Unreadable('recovery code: checksum');
  trace('recovery code', digits.slice(0, 26));
  trace('hash for the checksum', hash);
  trace('checksum', check);
  return code;
}
