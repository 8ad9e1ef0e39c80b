import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import { asBuffer } from '../../keys/bytes';
import { readPublicKey } from '../../keys/public-key';
import type { Found } from './found';

/** Far above what an account's authorized_keys has. */
const maxListBytes = 256 * 1024;
const maxLines = 1000;
const keyLine = /(^|[\s,"])(ssh|ecdsa|sk)-[!-~]{1,60} +AAAA/;

/**
 * Finds the public keys of a file: one in any form, or all lines of an authorized_keys file. A line that is not taken says so,
 * and keeps no other one out.
 *
 * @param bytes - Not changed.
 * @returns None if there is none.
 * @throws CofferError `bad-key` for a single one that is damaged, or neither RSA nor Ed25519.
 */
export function publicKeysIn(bytes: Uint8Array): Found[] {
  const lines = keyLinesIn(bytes);
  if (lines.length < 2) {
    const publicKey = readPublicKey(bytes);
    return publicKey === null ? [] : [{ type: 'public-key', publicKey, name: '' }];
  }
  return lines.slice(0, maxLines).flatMap(({ line, name }): Found[] => {
    try {
      const publicKey = readPublicKey(new TextEncoder().encode(line));
      return publicKey === null ? [] : [{ type: 'public-key', publicKey, name: publicKey.comment || name }];
    } catch (error) {
      if (!(error instanceof CofferError)) throw error;
      return [{ type: 'not-taken', name, reason: error.message, isSecret: false }];
    }
  });
}

function keyLinesIn(bytes: Uint8Array): { readonly line: string; readonly name: string }[] {
  if (bytes.length > maxListBytes || !asBuffer(bytes).includes(' AAAA')) return [];
  const lines = new TextDecoder().decode(bytes).split(/\r?\n|\r/);
  return lines.flatMap((line, at) =>
    !line.trimStart().startsWith('#') && keyLine.test(line)
      ? [{ line, name: say('main-import.line', { number: at + 1 }) }]
      : [],
  );
}
