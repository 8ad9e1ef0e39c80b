import { freeMemory } from '../crypto/free-memory';
import { freshBytes } from '../crypto/fresh-bytes';
import { wipe } from '../crypto/wipe';
import { pageFullBytes } from './page';

const chunkBytes = 1024 * 1024;
// What is read from the file before anything proves it costs no more than this; a larger vault gets the rest as it opens.
const mostChunks = 64;
const systemPageBytes = 4096;

/**
 * Memory for the opened pages of a vault, taken from the system while the key derivation runs: handing out as many new pages of
 * memory takes longer than decrypting into them. A page that finds no room stays where it is.
 */
export class PageMemory {
  readonly #chunks: Uint8Array[] = [];
  #used = 0;

  /**
   * Takes memory a megabyte at a time, with a pause after each so that nothing waits long.
   *
   * @param pages - How many are expected; not trusted.
   */
  static async reserve(pages: number): Promise<PageMemory> {
    const memory = new PageMemory();
    const chunks = Math.min(mostChunks, Math.ceil((pages * pageFullBytes) / chunkBytes));
    for (let n = 0; n < chunks && memory.grow(); n++) await new Promise((resolve) => setImmediate(resolve));
    return memory;
  }

  /**
   * Takes a megabyte from the system, in a millisecond or a few.
   *
   * @returns False if there is none, which is no error: pages then stay where they are.
   */
  grow(): boolean {
    try {
      const chunk = freshBytes(chunkBytes);
      // The system hands a page out when it is first written to.
      for (let at = 0; at < chunkBytes; at += systemPageBytes) chunk[at] = 1;
      this.#chunks.push(chunk);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Moves the content of a page in here.
   *
   * @param content - Owns its buffer; wiped and freed if it was moved.
   * @returns Where it stands now, which is wiped by whoever keeps it.
   */
  keep(content: Uint8Array): Uint8Array {
    if (content.length > chunkBytes) return content;
    if (this.#used + content.length > chunkBytes) {
      this.#chunks.pop();
      this.#used = 0;
    }
    const chunk = this.#chunks.at(-1);
    if (chunk === undefined) return content;
    const kept = chunk.subarray(this.#used, this.#used + content.length);
    kept.set(content);
    this.#used += content.length;
    wipe(content);
    freeMemory(content);
    return kept;
  }
}
