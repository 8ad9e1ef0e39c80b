import { concatBytes, uint32 } from '../crypto/encode';
import { hkdfSha256 } from '../crypto/hkdf';
import { type SecretKey, toSecretKey } from '../crypto/secret-key';
import { wipe } from '../crypto/wipe';
import { label } from './format';

/** Which vault and which of its keys. */
export interface VaultIdentity {
  /** 16 bytes. */
  readonly vaultId: Uint8Array;
  readonly epoch: number;
}

/** A vault key and its subkeys, one a purpose. */
export interface VaultKeys {
  /** Wrapped by each slot; used for nothing else. */
  readonly vaultKey: SecretKey;
  /** Seals pages. */
  readonly pageKey: SecretKey;
  /** Seals secrets. */
  readonly secretKey: SecretKey;
  /** Seals the notes on the ways in. */
  readonly notesKey: SecretKey;
  /** Authenticates the header. */
  readonly headerMacKey: SecretKey;
  /** Authenticates the set of pages. */
  readonly setMacKey: SecretKey;
}

/**
 * Derives the subkeys from the vault key by HKDF-SHA-256: salt is vault id and epoch, info is the purpose's label.
 *
 * @param vaultKey - 32 bytes. Not changed; the caller wipes it.
 */
export function deriveVaultKeys(vaultKey: Uint8Array, { vaultId, epoch }: VaultIdentity): VaultKeys {
  const salt = concatBytes([vaultId, uint32(epoch)]);
  const derive = (purpose: string): SecretKey => {
    const bytes = hkdfSha256(vaultKey, { salt, info: label(purpose), lengthBytes: 32 });
    try {
      return toSecretKey(bytes);
    } finally {
      wipe(bytes);
    }
  };
  return {
    vaultKey: toSecretKey(vaultKey),
    pageKey: derive('page-key'),
    secretKey: derive('secret-key'),
    notesKey: derive('notes-key'),
    headerMacKey: derive('header-mac-key'),
    setMacKey: derive('set-mac-key'),
  };
}
