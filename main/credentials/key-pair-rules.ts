import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { checkComment } from '../keys/comment';
import type { FieldRule, FieldRules } from './plain-kind';

/** EC2's limit for the name of a key pair, in characters. */
export const maxKeyNameLength = 255;
/** Far above any Region code. */
export const maxRegionLength = 32;
/** Sizes of RSA keys that EC2 imports (EC2 User Guide, "Create a key pair for your Amazon EC2 instance"). */
const importableRsaBits: readonly number[] = [1024, 2048, 4096];
/** Fewer bits are no longer safe (NIST SP 800-131A). */
export const minSafeRsaBits = 2048;

/**
 * Checks the name that EC2 knows a key pair by.
 *
 * @param keyName - From the user.
 * @throws CofferError `bad-request` unless it is 1 to 255 printable ASCII characters with no space at either end.
 * @see EC2 API Reference, CreateKeyPair, KeyName.
 */
function checkKeyName(keyName: string): void {
  if (keyName.length > maxKeyNameLength || !/^[!-~]([ -~]*[!-~])?$/.test(keyName)) {
    throw new CofferError(
      'bad-request',
      say('main-key-pair.ec2-key-pair-name-expected-1-to-ascii', { maxKeyNameLength }),
    );
  }
}

/**
 * Checks a Region.
 *
 * @param region - From the user; empty if not known.
 * @throws CofferError `bad-request` unless it is empty or has the form of a Region code.
 */
export function checkRegion(region: string): void {
  if (region !== '' && (region.length > maxRegionLength || !/^[a-z]{2,5}(-[a-z]+){1,3}-[0-9]{1,2}$/.test(region))) {
    throw new CofferError('bad-request', say('main-key-pair.region-expected-a-code-such-as-eu-west'));
  }
}

/** How the texts of a key pair are checked. */
export const keyPairRules: FieldRules = {
  texts: { keyName: rule(checkKeyName), region: rule(checkRegion), comment: rule(checkComment) },
  secrets: {},
  quickCopies: {
    publicKey: say('main-key-pair.copied-public-key'),
    keyName: say('main-key-pair.ec2-key-pair-name'),
    openssh: say('main-key-pair.openssh-fingerprint'),
  },
};

function rule(check: (typed: string) => void): FieldRule {
  return {
    store: (typed) => {
      check(typed);
      return typed;
    },
  };
}

/**
 * What a user should know about a key of some type and size.
 *
 * @param rsaBits - Size of an RSA key; null for Ed25519.
 */
export function remarksAbout(rsaBits: number | null): string[] {
  if (rsaBits === null) return [say('main-key-pair.ec2-takes-ed25519-keys-for-linux')];
  const remarks: string[] = [];
  if (!importableRsaBits.includes(rsaBits)) {
    remarks.push(say('main-key-pair.ec2-imports-rsa-keys-of-bits', { sizes: importableRsaBits.join(', '), rsaBits }));
  }
  if (rsaBits < minSafeRsaBits) remarks.push(say('main-key-pair.rsa-keys-below-bits-are-no', { minSafeRsaBits }));
  return remarks;
}
