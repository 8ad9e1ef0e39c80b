import { freeMemory } from '../crypto/free-memory';
import { freshBytes } from '../crypto/fresh-bytes';
import { wipe } from '../crypto/wipe';
import type { PageRow } from '../store/rows';
import type { VaultDatabase } from '../store/vault-database';

const chunkBytes = 1024 * 1024;
// What is read before anything proves the file costs no more than this; the rest of a larger vault is read as it opens.
const mostChunks = 64;
// What is shorter is no page that Coffer sealed; so that a chunk holds a few hundred at most, whatever a file holds.
const leastBytes = 4096;

/**
 * Sealed pages of a locked vault, read while its key is derived, in memory that then takes what is in them: reading them, and being
 * given as much memory by the system, would take longer than decrypting them.
 */
export class ReadAhead {
  readonly #db: VaultDatabase;
  readonly #rows: PageRow[] = [];
  readonly #chunks = new Set<ArrayBuffer>();
  #isFreed = false;

  /** @param db - Locked, and not written to before {@link pages} has come to its end. Nothing is read yet. */
  constructor(db: VaultDatabase) {
    this.#db = db;
  }

  /** Reads all that has room, a megabyte at a time, with a pause after each so that nothing waits long. Never throws. */
  async readAll(): Promise<void> {
    while (this.readSome()) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Wipes and frees all of it, where the vault was not opened; nothing is read afterwards. */
  free(): void {
    this.#isFreed = true;
    this.#rows.length = 0;
    for (const chunk of this.#chunks) {
      if (chunk.detached) continue;
      const bytes = new Uint8Array(chunk);
      wipe(bytes);
      freeMemory(bytes);
    }
    this.#chunks.clear();
  }

  /**
   * Reads up to a megabyte more.
   *
   * @returns False if there is no more to read here. What is wrong with the file is said when {@link pages} comes to it.
   */
  readSome(): boolean {
    if (this.#isFreed || this.#chunks.size === mostChunks) return false;
    try {
      const chunk = freshBytes(chunkBytes);
      this.#chunks.add(chunk.buffer);
      return this.#fill(chunk) > 0;
    } catch {
      return false;
    }
  }

  /** All pages in the order of their numbers. Throws what `VaultDatabase` throws. */
  *pages(): Generator<PageRow, void> {
    yield* this.#rows;
    yield* this.#db.eachPage(this.#rows.at(-1)?.no ?? null);
  }

  /**
   * Puts what is in a page in the place of what was read of it, or frees that.
   *
   * @param sealed - From {@link pages}; gone afterwards.
   * @param content - Not longer; owns its buffer. Wiped and freed if it was moved.
   * @returns Where it stands now, which is wiped by whoever keeps it.
   */
  replace(sealed: Uint8Array, content: Uint8Array): Uint8Array {
    if (!(sealed.buffer instanceof ArrayBuffer) || !this.#chunks.has(sealed.buffer)) {
      freeMemory(sealed);
      return content;
    }
    const kept = sealed.subarray(0, content.length);
    kept.set(content);
    wipe(content);
    freeMemory(content);
    return kept;
  }

  /** @returns How many bytes are left for another chunk; 0 if there are no more pages, or the next is none that belongs here. */
  #fill(chunk: Uint8Array): number {
    let used = 0;
    for (const { no, revision, sealed } of this.#db.eachPage(this.#rows.at(-1)?.no ?? null)) {
      if (sealed.length < leastBytes) return 0;
      if (sealed.length > chunkBytes - used) return sealed.length > chunkBytes ? 0 : sealed.length;
      const kept = chunk.subarray(used, used + sealed.length);
      kept.set(sealed);
      used += sealed.length;
      freeMemory(sealed);
      this.#rows.push({ no, revision, sealed: kept });
    }
    return 0;
  }
}
