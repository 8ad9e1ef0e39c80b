import { say } from '../../preload/words/say';
import { nonceBytes, openAesGcm, sealInPieces, tagBytes } from '../crypto/aead';
import { concatBytes } from '../crypto/encode';
import type { RandomBytes } from '../crypto/random';
import type { SecretKey } from '../crypto/secret-key';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { type SealedPlace, associatedDataOf } from './format';

/** Steps to which a plaintext is padded, so that its length says little about it. */
export type Padding = 'page' | 'secret';

const lengthBytes = 4;
const blockBytes = 4096;

/**
 * Pads and seals: nonce (12) || AES-256-GCM(u32 length || content || zeros) || tag (16).
 *
 * @param content - Not changed; the padded copy is wiped here.
 * @returns Bytes for the database.
 */
export function sealPadded(
  key: SecretKey,
  content: Uint8Array,
  place: SealedPlace,
  { padding, random }: { padding: Padding; random: RandomBytes },
): Uint8Array {
  const padded = new Uint8Array(paddedLength(content.length + lengthBytes, padding));
  try {
    new DataView(padded.buffer).setUint32(0, content.length);
    padded.set(content, lengthBytes);
    const nonce = random(nonceBytes);
    return concatBytes([nonce, ...sealInPieces(key, nonce, padded, associatedDataOf(place))]);
  } finally {
    wipe(padded);
  }
}

/**
 * Opens what {@link sealPadded} sealed.
 *
 * @returns The content, a view of a buffer of its own; the caller wipes it.
 * @throws CofferError `vault-damaged`.
 */
export function openPadded(key: SecretKey, sealed: Uint8Array, place: SealedPlace): Uint8Array {
  return openPaddedWith(key, sealed, associatedDataOf(place));
}

/**
 * Does what {@link openPadded} does, with the place written out.
 *
 * @param associatedData - From `associatedDataOf`.
 */
export function openPaddedWith(key: SecretKey, sealed: Uint8Array, associatedData: Uint8Array): Uint8Array {
  const nonce = sealed.subarray(0, nonceBytes);
  const padded = openAesGcm(key, nonce, sealed.subarray(nonceBytes), associatedData);
  const length = padded.length < lengthBytes ? -1 : new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length < 0 || length > padded.length - lengthBytes) {
    wipe(padded);
    throw new CofferError('vault-damaged', say('main-vault.sealed-data-its-length-is-not-possible'));
  }
  return padded.subarray(lengthBytes, lengthBytes + length);
}

/** The tag of a sealed value: its last 16 bytes. */
export function tagOf(sealed: Uint8Array): Uint8Array {
  return new Uint8Array(sealed.subarray(-tagBytes));
}

function paddedLength(length: number, padding: Padding): number {
  if (padding === 'secret') {
    for (const step of [256, 1024]) if (length <= step) return step;
  }
  return Math.ceil(length / blockBytes) * blockBytes;
}
