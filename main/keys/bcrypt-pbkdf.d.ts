declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    /** `bcrypt_hash` of OpenBSD's bcrypt_pbkdf.c: 64 bytes and 64 bytes in, 32 bytes out; blocks for some milliseconds. */
    readonly hash: (sha512OfPassphrase: Uint8Array, sha512OfSalt: Uint8Array, out: Uint8Array) => void;
  };
  export default bcrypt;
}
