import { say } from '../../preload/words/say';
import type { Answer } from './types';

/**
 * Calls the bridge and turns the unforeseen (a broken bridge) into an answer as well, so that callers handle one shape.
 *
 * @param call - Sends one request.
 * @returns The answer; code `internal` if the call itself threw. Never rejects.
 */
export async function ask<T>(call: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await call();
  } catch {
    return { ok: false, error: { code: 'internal', message: say('errors.coffer-could-not-do-this-please') } };
  }
}

/**
 * Lends a password to one call as UTF-8 bytes and wipes the bytes afterwards.
 *
 * @param text - What was typed, or null where there is none. The string itself cannot be wiped: callers clear the input.
 * @param use - Called once; must not keep the bytes.
 * @returns What `use` gave.
 */
export async function withPasswordBytes<P extends string | null, T>(
  text: P,
  use: (bytes: P extends string ? Uint8Array : Uint8Array | null) => Promise<T>,
): Promise<T>;
export async function withPasswordBytes<T>(
  text: string | null,
  use: (bytes: Uint8Array | null) => Promise<T>,
): Promise<T> {
  const bytes = text === null ? null : new TextEncoder().encode(text);
  try {
    return await use(bytes);
  } finally {
    bytes?.fill(0);
  }
}
