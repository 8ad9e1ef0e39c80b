import { say } from '../../preload/words/say';
import { concatBytes, uint32 } from '../crypto/encode';
import { CofferError } from '../errors';
import type { ByteReader } from './byte-reader';
import { type KdfLimits, isWithinLimits } from './kdf-policy';
import { type SecurityKeyHandle, type Slot, kindByte, slotLengths } from './slot';
import { type Factor, factorBits, factorsOf } from './ways/factors';

/**
 * A slot in the header: kind (1), factors (1), id (16), m in KiB, t, p (u32 each), salt length (1), salt, commitment (32),
 * nonce (12), wrapped key (48); for a security key also u16 length and credential id, and the PRF's salt (32).
 */
export function encodeSlot(slot: Slot): Uint8Array {
  const { securityKey } = slot;
  return concatBytes([
    Uint8Array.of(kindByte(slot.kind), factorBits(slot.factors)),
    slot.id,
    uint32(slot.costs.memoryKiB),
    uint32(slot.costs.timeCost),
    uint32(slot.costs.parallelism),
    Uint8Array.of(slot.salt.length),
    slot.salt,
    slot.commitment,
    slot.nonce,
    slot.wrapped,
    ...(securityKey === null
      ? []
      : [encodeLength(securityKey.credentialId), securityKey.credentialId, securityKey.prfSalt]),
  ]);
}

/**
 * Reads a slot; costs and lengths are bounded before anything is paid.
 *
 * @throws CofferError `vault-damaged`.
 */
export function decodeSlot(reader: ByteReader, limits: KdfLimits): Slot {
  const kind = reader.takeNumber(1);
  const factors = factorsOf(reader.takeNumber(1));
  if (factors === null || (kind !== 1 && kind !== 2) || (kind === 2 && factors.length > 0)) throw unknownSlot();
  const id = reader.take(slotLengths.id);
  const costs = {
    memoryKiB: reader.takeNumber(4),
    timeCost: reader.takeNumber(4),
    parallelism: reader.takeNumber(4),
  };
  const saltLength = reader.takeNumber(1);
  if (!isWithinLimits(costs, limits) || saltLength < slotLengths.minSalt || saltLength > slotLengths.maxSalt) {
    throw new CofferError('vault-damaged', say('main-vault.slot-its-costs-are-outside-what-coffer-accepts'));
  }
  return {
    kind: kind === 1 ? 'password' : 'recovery',
    factors,
    id,
    costs,
    salt: reader.take(saltLength),
    commitment: reader.take(slotLengths.commitment),
    nonce: reader.take(slotLengths.nonce),
    wrapped: reader.take(slotLengths.wrapped),
    securityKey: decodeSecurityKey(reader, factors),
  };
}

function decodeSecurityKey(reader: ByteReader, factors: readonly Factor[]): SecurityKeyHandle | null {
  if (!factors.includes('security-key')) return null;
  const length = reader.takeNumber(2);
  if (length < 1 || length > slotLengths.maxCredentialId) throw unknownSlot();
  return { credentialId: reader.take(length), prfSalt: reader.take(slotLengths.prfSalt) };
}

function encodeLength(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(bytes.length >> 8, bytes.length & 0xff);
}

function unknownSlot(): CofferError {
  return new CofferError('vault-damaged', say('main-vault.slot-not-one-of-format-1-the-file'));
}
