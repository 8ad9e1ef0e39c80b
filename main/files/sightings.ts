import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What was last seen of a vault at one place: a copy elsewhere goes its own way, and says nothing about this one. */
export interface Sighting {
  /** 32 lower-case hex digits. */
  readonly vaultId: string;
  /** Where the file lay. */
  readonly path: string;
  readonly epoch: number;
  /** Number of commits; goes on through epochs. */
  readonly counter: number;
  /** MAC over all pages, 64 lower-case hex digits. */
  readonly headMacHex: string;
}

/** Seals what is kept; see the keychain. `open` gives null for what it can't open. */
export interface Sealer {
  readonly seal: (secret: Uint8Array) => Promise<Uint8Array>;
  readonly open: (sealed: Uint8Array) => Promise<Uint8Array | null>;
}

/** How a vault stands to what was last seen of it. */
export type Comparison = 'same-or-newer' | 'older' | 'diverged' | 'unknown';

const folderName = 'seen';
const maxBytes = 4096;
const defaultDelayMs = 1000;
const hexOf = (digits: number) => new RegExp(`^[0-9a-f]{${digits}}$`);

/**
 * Tells whether an older copy was put in a vault's place.
 *
 * @param now - The vault as it was opened.
 * @param seen - What was last seen of it, or null.
 * @returns `older`: a lower epoch or counter. `diverged`: as many commits, but others. `unknown`: never seen at this place.
 */
export function compareWithSighting(now: Sighting, seen: Sighting | null): Comparison {
  if (seen === null || seen.vaultId !== now.vaultId || seen.path !== now.path) return 'unknown';
  if (now.epoch < seen.epoch || now.counter < seen.counter) return 'older';
  // Another epoch has another key, so that its MAC says nothing about this.
  const isComparable = now.epoch === seen.epoch && now.counter === seen.counter;
  return isComparable && now.headMacHex !== seen.headMacHex ? 'diverged' : 'same-or-newer';
}

/**
 * Remembers outside the vaults what was last seen of each, for a warning about a rollback. A memory aid and no guard: whoever may
 * write the profile may delete the file, so a plain one counts also where there is a keychain, and failures say nothing.
 */
export class Sightings {
  readonly #folder: string;
  readonly #sealer: Sealer | null;
  readonly #delayMs: number;
  readonly #pending = new Map<string, Sighting>();
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  /**
   * @param profile - The profile folder; its folder `seen` holds one file a vault and place, for the user alone.
   * @param sealer - Null where the system has no keychain: then the files are plain JSON.
   * @param delayMs - How long a first note waits for others before they are written as one.
   */
  constructor(profile: string, sealer: Sealer | null, delayMs = defaultDelayMs) {
    this.#folder = path.join(profile, folderName);
    this.#sealer = sealer;
    this.#delayMs = delayMs;
  }

  /**
   * What was last noted of a vault at a place, written or not.
   *
   * @param vaultId - 32 lower-case hex digits.
   * @param place - Where the file lies.
   * @returns Null if there is none, or it can't be read, opened or understood.
   */
  async read(vaultId: string, place: string): Promise<Sighting | null> {
    if (!hexOf(32).test(vaultId)) return null;
    await this.#writing;
    const at = { vaultId, path: place };
    const sighting = this.#pending.get(keyOf(at)) ?? (await this.#readFile(await nameOf(at)));
    return sighting?.vaultId === vaultId && sighting.path === place ? sighting : null;
  }

  /**
   * The highest commit counter that was noted of a vault, wherever it lay.
   *
   * @param vaultId - 32 lower-case hex digits.
   * @returns 0 if there is none.
   */
  async highestCounter(vaultId: string): Promise<number> {
    await this.#writing;
    const names = await readdir(this.#folder).catch(() => []);
    const written = await Promise.all(
      names.filter((name) => name.startsWith(`${vaultId}-`)).map((name) => this.#readFile(name)),
    );
    const all = [...this.#pending.values(), ...written];
    return Math.max(0, ...all.map((seen) => (seen?.vaultId === vaultId ? seen.counter : 0)));
  }

  /** Notes what a vault is like now. Returns at once; a burst of notes is written once. To be called after the commit. */
  note(sighting: Sighting): void {
    if (!isSighting(sighting)) return;
    this.#pending.set(keyOf(sighting), sighting);
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => void this.flush(), this.#delayMs);
    this.#timer.unref();
  }

  /** Writes what is noted now, and waits until it is. Never rejects. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#writePending());
    return this.#writing;
  }

  async #writePending(): Promise<void> {
    for (const [key, sighting] of [...this.#pending]) {
      try {
        await this.#write(sighting);
      } catch {
        // The warning would come a commit late, or not at all; a save must not fail for that.
      }
      // A later note may have come while this one was written.
      if (this.#pending.get(key) === sighting) this.#pending.delete(key);
    }
  }

  /** Atomic, but not synced: after a power cut the file is the old one, the new one, or one that counts as absent. */
  async #write(sighting: Sighting): Promise<void> {
    const plain = JSON.stringify(sighting);
    let text = plain;
    if (this.#sealer !== null) {
      const sealed = await this.#sealer.seal(new TextEncoder().encode(plain));
      text = JSON.stringify({ sealed: Buffer.from(sealed).toString('base64') });
    }
    if (Buffer.byteLength(text) > maxBytes) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = path.join(this.#folder, `.coffer-${crypto.randomUUID()}.tmp`);
    try {
      await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
      await rename(temporary, path.join(this.#folder, await nameOf(sighting)));
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async #understand(text: string): Promise<Sighting | null> {
    const outer: unknown = JSON.parse(text);
    if (isSighting(outer)) return onlyItsMembers(outer);
    if (this.#sealer === null || !isObject(outer) || typeof outer['sealed'] !== 'string') return null;
    const opened = await this.#sealer.open(new Uint8Array(Buffer.from(outer['sealed'], 'base64')));
    if (opened === null) return null;
    const inner: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(opened));
    return isSighting(inner) ? onlyItsMembers(inner) : null;
  }

  async #readFile(name: string): Promise<Sighting | null> {
    try {
      return await this.#understand(await readSmallFile(path.join(this.#folder, name)));
    } catch {
      return null;
    }
  }
}

function keyOf({ vaultId, path: place }: Pick<Sighting, 'vaultId' | 'path'>): string {
  return `${vaultId} ${place}`;
}

/** Name of the file for a vault at a place; the place is hashed, because a name can't hold it. */
async function nameOf({ vaultId, path: place }: Pick<Sighting, 'vaultId' | 'path'>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(place));
  return `${vaultId}-${Buffer.from(digest).toString('hex').slice(0, 16)}.json`;
}

async function readSmallFile(file: string): Promise<string> {
  // Windows has neither: Node leaves the constants out. Without O_NONBLOCK a pipe in the file's place would hang the reader.
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
  const handle = await open(file, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const info = await handle.stat();
    if (!info.isFile() || info.size > maxBytes) throw new RangeError('expected a small plain file');
    const bytes = new Uint8Array(maxBytes);
    const { bytesRead } = await handle.read(bytes, 0, maxBytes, 0);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSighting(value: unknown): value is Sighting {
  if (!isObject(value)) return false;
  const { vaultId, path: place, epoch, counter, headMacHex } = value;
  return (
    typeof vaultId === 'string' &&
    hexOf(32).test(vaultId) &&
    typeof place === 'string' &&
    isCount(epoch) &&
    isCount(counter) &&
    typeof headMacHex === 'string' &&
    hexOf(64).test(headMacHex)
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function onlyItsMembers({ vaultId, path: place, epoch, counter, headMacHex }: Sighting): Sighting {
  return { vaultId, path: place, epoch, counter, headMacHex };
}
