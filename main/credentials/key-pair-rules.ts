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
      `EC2 key pair name: expected 1 to ${maxKeyNameLength} ASCII characters with no space at the start or end`,
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
    throw new CofferError('bad-request', 'Region: expected a code such as eu-west-1, or nothing');
  }
}

/** How the texts of a key pair are checked. */
export const keyPairRules: FieldRules = {
  texts: { keyName: rule(checkKeyName), region: rule(checkRegion), comment: rule(checkComment) },
  secrets: {},
  quickCopies: { publicKey: 'public key', keyName: 'EC2 key pair name', openssh: 'OpenSSH fingerprint' },
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
  if (rsaBits === null) return ['EC2 takes Ed25519 keys for Linux and macOS instances, not for Windows.'];
  const remarks: string[] = [];
  if (!importableRsaBits.includes(rsaBits)) {
    remarks.push(
      `EC2 imports RSA keys of ${importableRsaBits.join(', ')} bits; it does not take one of ${rsaBits} bits.`,
    );
  }
  if (rsaBits < minSafeRsaBits)
    remarks.push(`RSA keys below ${minSafeRsaBits} bits are no longer safe; replace this one.`);
  return remarks;
}
