import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from './random';
import { wipe } from './wipe';

const keyBytes = 32;

/** Knows a text again without keeping it. */
export interface RememberedText {
  /** Whether this is the text. False once it was forgotten. */
  readonly is: (text: string) => boolean;
  /** Wipes what was kept. */
  readonly forget: () => void;
}

/**
 * Keeps the HMAC-SHA-256 of a text under a random key of its own, so that it can be told from other texts later. Who reads the memory
 * has the key, too, and can try guesses; what is gone is the text itself.
 *
 * @param text - Not kept.
 */
export function rememberText(text: string, random: RandomBytes): RememberedText {
  const key = random(keyBytes);
  const kept = macOf(key, text);
  let isForgotten = false;
  return {
    is: (other) => {
      if (isForgotten) return false;
      const mac = macOf(key, other);
      const isSame = timingSafeEqual(mac, kept);
      wipe(mac);
      return isSame;
    },
    forget: () => {
      isForgotten = true;
      wipe(key, kept);
    },
  };
}

function macOf(key: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
