import { nonceBytes, openAesGcm, sealAesGcm } from '../crypto/aead';
import { concatBytes, lengthPrefixed, uint32, utf8 } from '../crypto/encode';
import { hkdfSha256 } from '../crypto/hkdf';
import { deriveArgon2id } from '../crypto/kdf';
import { isEqualConstantTime } from '../crypto/mac';
import type { RandomBytes } from '../crypto/random';
import { type SecretKey, toSecretKey } from '../crypto/secret-key';
import { wipe } from '../crypto/wipe';
import { associatedDataOf, label } from './format';
import type { KdfCosts } from './kdf-policy';
import { normaliseTyped } from './text';
import type { VaultIdentity } from './vault-keys';

/** Lengths in a slot, in bytes. */
export const slotLengths = {
  id: 16,
  newSalt: 32,
  minSalt: 16,
  maxSalt: 64,
  commitment: 32,
  nonce: nonceBytes,
  wrapped: 48,
};

/** A way in: the vault key, wrapped under a key that comes from what a person types. */
export interface PasswordSlot {
  readonly kind: 'password';
  /** 16 random bytes. */
  readonly id: Uint8Array;
  readonly costs: KdfCosts;
  readonly salt: Uint8Array;
  /** Compared before the wrap is opened, so that one wrap can't serve several passwords (Len et al. 2021). */
  readonly commitment: Uint8Array;
  readonly nonce: Uint8Array;
  /** AES-256-GCM of the 32-byte vault key, with its tag. */
  readonly wrapped: Uint8Array;
}

/** Wraps a vault key under a password. Neither password nor key is changed; the caller wipes both. */
export async function makePasswordSlot(
  password: Uint8Array,
  vaultKey: Uint8Array,
  identity: VaultIdentity,
  { costs, random }: { costs: KdfCosts; random: RandomBytes },
): Promise<PasswordSlot> {
  const id = random(slotLengths.id);
  const salt = random(slotLengths.newSalt);
  const nonce = random(slotLengths.nonce);
  const { wrappingKey, commitment } = await deriveWrappingKey(password, { id, salt, costs }, identity);
  const wrapped = sealAesGcm(wrappingKey, nonce, vaultKey, slotData(id, identity));
  return { kind: 'password', id, costs, salt, commitment, nonce, wrapped };
}

/**
 * Opens a slot.
 *
 * @param password - UTF-8 bytes as typed; the caller wipes them.
 * @returns The 32-byte vault key, owned and wiped by the caller; null if the password is not this slot's.
 * @throws CofferError `vault-damaged` if the commitment fits and the wrap does not; `not-enough-memory`.
 */
export async function openPasswordSlot(
  slot: PasswordSlot,
  password: Uint8Array,
  identity: VaultIdentity,
): Promise<Uint8Array | null> {
  const { wrappingKey, commitment } = await deriveWrappingKey(password, slot, identity);
  if (!isEqualConstantTime(commitment, slot.commitment)) return null;
  return openAesGcm(wrappingKey, slot.nonce, slot.wrapped, slotData(slot.id, identity));
}

async function deriveWrappingKey(
  password: Uint8Array,
  { id, salt, costs }: Pick<PasswordSlot, 'id' | 'salt' | 'costs'>,
  { vaultId, epoch }: VaultIdentity,
): Promise<{ wrappingKey: SecretKey; commitment: Uint8Array }> {
  const normalised = normaliseTyped(password);
  // Typed factors are length-prefixed pairs of type and value, so that no two sets of factors give the same input.
  const typedFactors = lengthPrefixed([utf8('password'), normalised]);
  let stretched: Uint8Array | null = null;
  let output: Uint8Array | null = null;
  try {
    stretched = await deriveArgon2id(typedFactors, { ...costs, salt });
    output = hkdfSha256(stretched, {
      salt: concatBytes([vaultId, id]),
      info: lengthPrefixed([label('slot'), uint32(epoch)]),
      lengthBytes: 64,
    });
    return { wrappingKey: toSecretKey(output.subarray(0, 32)), commitment: new Uint8Array(output.subarray(32)) };
  } finally {
    wipe(normalised, typedFactors, stretched, output);
  }
}

function slotData(id: Uint8Array, identity: VaultIdentity): Uint8Array {
  return associatedDataOf({ ...identity, table: 'slot', rowId: id, field: 'vault-key', revision: 0 });
}
