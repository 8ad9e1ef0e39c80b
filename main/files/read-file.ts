import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { sayFirst } from '../../preload/words/first';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';

/**
 * Reads a whole file into an array of its own, outside Node's shared pool.
 *
 * @param maxBytes - A larger file is refused before it is read.
 * @param what - The field for messages, for example `key file`.
 * @returns Bytes that the caller owns and, if they are secret, wipes.
 * @throws CofferError `bad-request` if it is too large or not a plain file; `not-found`, `no-permission`, `io-failed`.
 */
export function readBoundedFile(file: string, maxBytes: number, what: string): Uint8Array {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(file, 'r');
    const info = fstatSync(descriptor);
    if (!info.isFile()) throw new CofferError('bad-request', sayFirst('main-first.expected-a-plain-file', { what }));
    if (info.size > maxBytes)
      throw new CofferError('bad-request', sayFirst('main-first.expected-at-most-bytes', { what, maxBytes }));
    const bytes = new Uint8Array(info.size);
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(descriptor, bytes, filled, bytes.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } catch (error) {
    throw translateFileError(error, what);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Whether there is something of this name: a file, a folder, or a link that leads to one. */
export function isThere(file: string): boolean {
  return existsSync(file);
}
