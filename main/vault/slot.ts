import { nonceBytes, openAesGcm, sealAesGcm } from '../crypto/aead';
import { concatBytes, lengthPrefixed, uint32 } from '../crypto/encode';
import { hkdfSha256 } from '../crypto/hkdf';
import { deriveArgon2id } from '../crypto/kdf';
import { isEqualConstantTime } from '../crypto/mac';
import type { RandomBytes } from '../crypto/random';
import { type SecretKey, toSecretKey } from '../crypto/secret-key';
import { wipe } from '../crypto/wipe';
import { associatedDataOf, label } from './format';
import type { KdfCosts } from './kdf-policy';
import type { VaultIdentity } from './vault-keys';
import {
  type Factor,
  type StrongSecrets,
  type TypedSecrets,
  type WayKind,
  encodeKeyMaterial,
  encodeTyped,
  factorBits,
} from './ways/factors';

/** Lengths in a slot, in bytes. */
export const slotLengths = {
  id: 16,
  newSalt: 32,
  minSalt: 16,
  maxSalt: 64,
  commitment: 32,
  nonce: nonceBytes,
  wrapped: 48,
  maxCredentialId: 1023,
  prfSalt: 32,
};

/** What a browser needs to ask a security key for its PRF output; no secret. */
export interface SecurityKeyHandle {
  /** At most 1,023 bytes (WebAuthn Level 3 §4). */
  readonly credentialId: Uint8Array;
  /** 32 bytes, the PRF's input. */
  readonly prfSalt: Uint8Array;
}

/** A way in: the vault key, wrapped under a key that comes from the way's factors. */
export interface Slot {
  readonly kind: WayKind;
  /** In the order of `factorNames`; none for `recovery`. */
  readonly factors: readonly Factor[];
  /** 16 random bytes. */
  readonly id: Uint8Array;
  readonly costs: KdfCosts;
  readonly salt: Uint8Array;
  /** Compared before the wrap is opened, so that one wrap can't serve several passwords (Len et al. 2021). */
  readonly commitment: Uint8Array;
  readonly nonce: Uint8Array;
  /** AES-256-GCM of the 32-byte vault key, with its tag. */
  readonly wrapped: Uint8Array;
  /** Present exactly where the factors hold `security-key`. */
  readonly securityKey: SecurityKeyHandle | null;
}

/** What opens a slot; bytes stay the caller's, who wipes them. */
export interface SlotSecrets {
  readonly typed: TypedSecrets;
  readonly strong: StrongSecrets;
}

/** What a new slot is made of besides its secrets. */
export interface NewSlot {
  /** 16 random bytes. */
  readonly id: Uint8Array;
  readonly factors: readonly Factor[];
  readonly securityKey: SecurityKeyHandle | null;
  readonly costs: KdfCosts;
}

/** An opened slot. */
export interface OpenedSlot {
  /** 32 bytes, owned and wiped by the caller. */
  readonly vaultKey: Uint8Array;
  /** See {@link proofOf}. */
  readonly proof: SecretKey;
}

/**
 * Wraps a vault key. Secrets and key are not changed; the caller wipes them.
 *
 * @throws CofferError `not-enough-memory`; `cancelled`.
 */
export async function makeSlot(
  { id, factors, securityKey, costs }: NewSlot,
  { typed, strong }: SlotSecrets,
  vaultKey: Uint8Array,
  { identity, random, signal }: { identity: VaultIdentity; random: RandomBytes; signal?: AbortSignal | undefined },
): Promise<{ slot: Slot; proof: SecretKey }> {
  const head = { kind: typed.kind, factors, id, costs, salt: random(slotLengths.newSalt), securityKey };
  const nonce = random(slotLengths.nonce);
  const stretched = await stretch(head, typed, signal);
  try {
    const { wrappingKey, commitment } = deriveWrappingKey(head, stretched, strong, identity);
    const wrapped = sealAesGcm(wrappingKey, nonce, vaultKey, slotData(id, identity));
    return { slot: { ...head, commitment, nonce, wrapped }, proof: proofOf(stretched) };
  } finally {
    wipe(stretched);
  }
}

/**
 * Opens a slot.
 *
 * @returns Null if the secrets are not this slot's.
 * @throws CofferError `vault-damaged` if the commitment fits and the wrap does not; `not-enough-memory`; `bad-request`; `cancelled`.
 */
export async function openSlot(
  slot: Slot,
  { typed, strong }: SlotSecrets,
  identity: VaultIdentity,
  signal?: AbortSignal,
): Promise<OpenedSlot | null> {
  const stretched = await stretch(slot, typed, signal);
  try {
    const { wrappingKey, commitment } = deriveWrappingKey(slot, stretched, strong, identity);
    if (!isEqualConstantTime(commitment, slot.commitment)) return null;
    const vaultKey = openAesGcm(wrappingKey, slot.nonce, slot.wrapped, slotData(slot.id, identity));
    return { vaultKey, proof: proofOf(stretched) };
  } finally {
    wipe(stretched);
  }
}

/** Whether what is typed is what a slot was opened with. Costs one Argon2id. The proof is that of the opened slot. Throws `cancelled`. */
export async function isProved(
  slot: Pick<Slot, 'salt' | 'costs'>,
  typed: TypedSecrets,
  proof: SecretKey,
  signal?: AbortSignal,
): Promise<boolean> {
  const stretched = await stretch(slot, typed, signal);
  try {
    return proofOf(stretched).equals(proof);
  } finally {
    wipe(stretched);
  }
}

async function stretch(
  { salt, costs }: Pick<Slot, 'salt' | 'costs'>,
  typed: TypedSecrets,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const input = encodeTyped(typed);
  try {
    return await deriveArgon2id(input, { ...costs, salt }, { signal });
  } finally {
    wipe(input);
  }
}

/** Kept while the vault is open, to recognise what was typed; each guess at it costs a whole Argon2id, too. */
function proofOf(stretched: Uint8Array): SecretKey {
  const bytes = hkdfSha256(stretched, { salt: new Uint8Array(), info: label('typed-proof'), lengthBytes: 32 });
  try {
    return toSecretKey(bytes);
  } finally {
    wipe(bytes);
  }
}

function deriveWrappingKey(
  { id, kind, factors }: Pick<Slot, 'id' | 'kind' | 'factors'>,
  stretched: Uint8Array,
  strong: StrongSecrets,
  { vaultId, epoch }: VaultIdentity,
): { wrappingKey: SecretKey; commitment: Uint8Array } {
  const keyMaterial = encodeKeyMaterial(stretched, strong);
  let output: Uint8Array | null = null;
  try {
    output = hkdfSha256(keyMaterial, {
      salt: concatBytes([vaultId, id]),
      info: lengthPrefixed([label('slot'), uint32(epoch), Uint8Array.of(kindByte(kind), factorBits(factors))]),
      lengthBytes: 64,
    });
    return { wrappingKey: toSecretKey(output.subarray(0, 32)), commitment: new Uint8Array(output.subarray(32)) };
  } finally {
    wipe(keyMaterial, output);
  }
}

/** A way's kind as one byte: 1 password, 2 recovery. */
export function kindByte(kind: WayKind): number {
  return kind === 'password' ? 1 : 2;
}

function slotData(id: Uint8Array, identity: VaultIdentity): Uint8Array {
  return associatedDataOf({ ...identity, table: 'slot', rowId: id, field: 'vault-key', revision: 0 });
}
