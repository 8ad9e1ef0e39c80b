import { say } from '../../preload/words/say';
import { unsupportedKey } from './pkcs8';

/**
 * Checks that a key is of a type that Coffer keeps.
 *
 * @param type - SSH's name of it, such as `ssh-rsa`.
 * @throws CofferError `bad-key` that says what was found instead.
 */
export function checkSshType(type: string): void {
  if (type === 'ssh-rsa' || type === 'ssh-ed25519') return;
  if (type.includes('-cert-v0')) throw unsupportedKey(say('main-keys.an-openssh-certificate'));
  if (type.startsWith('ecdsa-')) throw unsupportedKey(say('main-keys.an-ecdsa-key'));
  if (type === 'ssh-dss') throw unsupportedKey(say('main-keys.a-dsa-key'));
  if (type === 'ssh-ed448') throw unsupportedKey(say('main-keys.an-ed448-key'));
  if (type.startsWith('sk-')) throw unsupportedKey(say('main-keys.a-key-that-lives-in-a'));
  throw unsupportedKey(say('main-keys.a-key-of-another-type'));
}
