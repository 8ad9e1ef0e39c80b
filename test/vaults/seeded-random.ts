import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../main/crypto/random';

/** The same bytes for the same seed: SHA-256 over seed and a counter. For stored test files only. */
export function seededRandom(seed: string): RandomBytes {
  let counter = 0;
  return (lengthBytes) => {
    const bytes = new Uint8Array(lengthBytes);
    for (let at = 0; at < lengthBytes; at += 32) {
      const block = createHash('sha256').update(`${seed}/${counter++}`).digest();
      bytes.set(block.subarray(0, lengthBytes - at), at);
    }
    return bytes;
  };
}
