import type { KeyObject } from 'node:crypto';
import type * as Totp from '../../main/crypto/totp';

/** For `vi.mock`: codes of a secret are worked out once, not for each vault; a table of sixty days holds 172,800. */
export function rememberCodes(original: typeof Totp): typeof Totp {
  const codesOfSecret = new Map<string, Map<number, number>>();
  const codesOfKey = new WeakMap<KeyObject, Map<number, number>>();
  const codesFor = (key: KeyObject) => {
    const secret = key.export().toString('latin1');
    const codes = codesOfSecret.get(secret) ?? new Map<number, number>();
    codesOfSecret.set(secret, codes);
    codesOfKey.set(key, codes);
    return codes;
  };
  const hotp: typeof original.hotp = (key, counter) => {
    const codes = codesOfKey.get(key) ?? codesFor(key);
    const code = codes.get(counter) ?? original.hotp(key, counter);
    if (codes.size < 1_000_000) codes.set(counter, code);
    return code;
  };
  return { ...original, hotp };
}
