import { say } from '../../preload/words/say';
import { freeMemory } from '../crypto/free-memory';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import type { PageMark } from './page-marks';

/** A page as it stands in the database, opened. */
export interface LoadedPage extends PageMark {
  /** As `encodePage` wrote it; belongs to the set, which wipes it when the page goes. */
  readonly content: Uint8Array;
}

const largestNo = 0xffff_ffff;

/** The opened pages of a vault, each at a place of its own: a small number that is given to another page once this one went. */
export class PageList {
  readonly #pages: (LoadedPage | null)[] = [];
  readonly #placeOfNo = new Map<number, number>();
  readonly #free: number[] = [];

  /** The page at a place; null if there is none. */
  at(place: number): LoadedPage | null {
    return this.#pages[place] ?? null;
  }

  /** The place of a page; null if it is not there. */
  placeOf(no: number): number | null {
    return this.#placeOfNo.get(no) ?? null;
  }

  /** A page by its number; null if it is not there. */
  get(no: number): LoadedPage | null {
    return this.#pages[this.#placeOfNo.get(no) ?? -1] ?? null;
  }

  /** Numbers of all pages. */
  numbers(): number[] {
    return [...this.#placeOfNo.keys()];
  }

  /**
   * Adds a page that is not there yet.
   *
   * @returns Its place.
   * @throws CofferError `vault-damaged` for a number that Coffer would not have given.
   */
  add(page: LoadedPage): number {
    if (page.no > largestNo) {
      wipe(page.content);
      throw new CofferError('vault-damaged', say('main-vault.page-expected-a-smaller-number'));
    }
    const place = this.#free.pop() ?? this.#pages.length;
    this.#pages[place] = page;
    this.#placeOfNo.set(page.no, place);
    return place;
  }

  /** Puts a page in place of an older writing of it. */
  replace(place: number, page: LoadedPage): void {
    this.#pages[place] = page;
  }

  /** Takes a page out; its content is not wiped. */
  remove(no: number): void {
    const place = this.#placeOfNo.get(no);
    if (place === undefined) return;
    this.#pages[place] = null;
    this.#free.push(place);
    this.#placeOfNo.delete(no);
  }

  /** Wipes all pages, frees them and takes them out. */
  wipe(): void {
    const pages = this.#pages.filter((page) => page !== null);
    for (const { content } of pages) wipe(content);
    // Several may stand in one piece of memory, so none of it goes before all are wiped.
    for (const { content } of pages) freeMemory(content);
    this.#pages.length = 0;
    this.#placeOfNo.clear();
  }
}
