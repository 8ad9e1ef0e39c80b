import { say } from '../../preload/words/say';
/** Fewest characters of a password of AWS. */
const minPasswordLength = 8;
/** Most characters of a password of AWS. */
const maxPasswordLength = 128;

const classesAsked = 3;
// What AWS counts as a symbol, as bytes.
const symbols = new TextEncoder().encode("!@#$%^&*()_+-=[]{}|'");

/**
 * Whether AWS takes a password where an account has no policy of its own.
 *
 * @param password - UTF-8; not changed.
 * @returns What is missing, as sentences for people; none if nothing is. Nothing of the password is in them.
 * @see IAM User Guide, "Set an account password policy for IAM users", default password policy; root users have the same.
 */
export function missingForAws(password: Uint8Array): string[] {
  const missing: string[] = [];
  if (password.length < minPasswordLength || password.length > maxPasswordLength) {
    missing.push(say('main-records.aws-takes-passwords-of-to-characters', { minPasswordLength, maxPasswordLength }));
  }
  const found = [isLower, isUpper, isDigit, isSymbol].filter((isOne) => password.some(isOne));
  if (found.length < classesAsked) {
    missing.push(say('main-records.aws-asks-for-three-of-these-capitals-small'));
  }
  return missing;
}

function isLower(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isSymbol(byte: number): boolean {
  return symbols.includes(byte);
}
