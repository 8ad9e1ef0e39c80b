import { unsupportedKey } from './pkcs8';

/**
 * Checks that a key is of a type that Coffer keeps.
 *
 * @param type - SSH's name of it, such as `ssh-rsa`.
 * @throws CofferError `bad-key` that says what was found instead.
 */
export function checkSshType(type: string): void {
  if (type === 'ssh-rsa' || type === 'ssh-ed25519') return;
  if (type.includes('-cert-v0')) throw unsupportedKey('an OpenSSH certificate');
  if (type.startsWith('ecdsa-')) throw unsupportedKey('an ECDSA key');
  if (type === 'ssh-dss') throw unsupportedKey('a DSA key');
  if (type === 'ssh-ed448') throw unsupportedKey('an Ed448 key');
  if (type.startsWith('sk-')) throw unsupportedKey('a key that lives in a security key (FIDO)');
  throw unsupportedKey('a key of another type');
}
