import { getRandomValues } from 'node:crypto';
import { freshBytes } from './fresh-bytes';

/** Source of randomness, handed in so that tests can fix it. Returns a fresh array that the caller owns. */
export type RandomBytes = (lengthBytes: number) => Uint8Array;

/**
 * The operating system's randomness.
 *
 * @param lengthBytes - 1 to 65,536.
 * @returns A fresh array outside Node's shared pool, so that wiping it wipes all of it.
 */
export const systemRandom: RandomBytes = (lengthBytes) => getRandomValues(freshBytes(lengthBytes));
