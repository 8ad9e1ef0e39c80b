/** What stands at the start of an OpenSSH private key, NUL included (OpenSSH PROTOCOL.key §1). */
export const opensshMagic = new TextEncoder().encode('openssh-key-v1\0');

/** A cipher of OpenSSH private keys, as Node names it. */
export interface OpensshCipher {
  readonly name: 'none' | 'chacha20-poly1305' | `${string}-cbc` | `${string}-ctr` | `${string}-gcm`;
  readonly keyBytes: number;
  readonly ivBytes: number;
  /** The private part is padded to a multiple of this. */
  readonly blockBytes: number;
}

/** Ciphers that are read, by OpenSSH's names. */
export const opensshCiphers: Readonly<Record<string, OpensshCipher>> = {
  none: { name: 'none', keyBytes: 0, ivBytes: 0, blockBytes: 8 },
  'aes128-cbc': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16, blockBytes: 16 },
  'aes192-cbc': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16, blockBytes: 16 },
  'aes256-cbc': { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16, blockBytes: 16 },
  'aes128-ctr': { name: 'aes-128-ctr', keyBytes: 16, ivBytes: 16, blockBytes: 16 },
  'aes192-ctr': { name: 'aes-192-ctr', keyBytes: 24, ivBytes: 16, blockBytes: 16 },
  'aes256-ctr': { name: 'aes-256-ctr', keyBytes: 32, ivBytes: 16, blockBytes: 16 },
  'aes128-gcm@openssh.com': { name: 'aes-128-gcm', keyBytes: 16, ivBytes: 12, blockBytes: 16 },
  'aes256-gcm@openssh.com': { name: 'aes-256-gcm', keyBytes: 32, ivBytes: 12, blockBytes: 16 },
  // The second half of its key is for the lengths of packets, which a file has none of.
  'chacha20-poly1305@openssh.com': { name: 'chacha20-poly1305', keyBytes: 64, ivBytes: 0, blockBytes: 8 },
  '3des-cbc': { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8, blockBytes: 8 },
};
