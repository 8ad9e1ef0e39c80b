import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { isThere, readBoundedFile } from './read-file';
import { writeFileSafely } from './safe-write';

const folderName = 'computers';
const maxSealedBytes = 4096;

/** The sealed secrets of ways in that are bound to this computer: one file a slot, in the profile. */
export class ComputerSecrets {
  readonly #folder: string;

  /** @param profile - The profile folder. Its folder `computers` is made at the first write, for the user alone. */
  constructor(profile: string) {
    this.#folder = path.join(profile, folderName);
  }

  /**
   * Keeps the sealed secret of a slot, on disk when it returns; one that is there is replaced.
   *
   * @param slotIdHex - 32 lower-case hex digits.
   * @param sealed - 1 to 4096 bytes, as the keychain gave them.
   * @throws CofferError `bad-request` for other ids and sizes; `disk-full`, `no-permission`, `io-failed`.
   */
  async write(slotIdHex: string, sealed: Uint8Array): Promise<void> {
    const fileName = fileNameOf(slotIdHex);
    if (sealed.length === 0 || sealed.length > maxSealedBytes) {
      throw new CofferError('bad-request', say('main-files.sealed-secret-expected-1-to-bytes', { maxSealedBytes }));
    }
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw translateFileError(error, say('main-files.folder-for-this-computer'));
    }
    await writeFileSafely({ folder: this.#folder, fileName, bytes: sealed, mode: 0o600, replace: true });
  }

  /**
   * Reads the sealed secret of a slot.
   *
   * @param slotIdHex - 32 lower-case hex digits.
   * @returns Null if this computer keeps none.
   * @throws CofferError `bad-request` for another id or a file that is too large; `no-permission`, `io-failed`.
   */
  read(slotIdHex: string): Uint8Array | null {
    const file = path.join(this.#folder, fileNameOf(slotIdHex));
    return isThere(file) ? readBoundedFile(file, maxSealedBytes, say('main-files.secret-of-this-computer')) : null;
  }

  /**
   * Removes the sealed secret of a slot; nothing happens if there is none.
   *
   * @param slotIdHex - 32 lower-case hex digits.
   * @throws CofferError `bad-request` for another id; `no-permission`, `io-failed`.
   */
  async remove(slotIdHex: string): Promise<void> {
    const file = path.join(this.#folder, fileNameOf(slotIdHex));
    try {
      await rm(file, { force: true });
    } catch (error) {
      throw translateFileError(error, say('main-files.secret-of-this-computer'));
    }
  }
}

function fileNameOf(slotIdHex: string): string {
  if (!/^[0-9a-f]{32}$/.test(slotIdHex))
    throw new CofferError('bad-request', say('main-files.slot-expected-32-hex-digits'));
  return `${slotIdHex}.sealed`;
}
