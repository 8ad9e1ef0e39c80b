declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    /** `bcrypt_hash` of OpenBSD's bcrypt_pbkdf.c: 64 bytes and 64 bytes in, 32 bytes out; blocks for some milliseconds. */
    readonly hash: (sha512OfPassphrase: Uint8Array, sha512OfSalt: Uint8Array, out: Uint8Array) => void;
    /** The whole derivation, blocking; 0 if the arguments are in order. */
    readonly pbkdf: (
      passphrase: Uint8Array,
      passphraseBytes: number,
      salt: Uint8Array,
      saltBytes: number,
      out: Uint8Array,
      outBytes: number,
      rounds: number,
    ) => number;
  };
  export default bcrypt;
}
