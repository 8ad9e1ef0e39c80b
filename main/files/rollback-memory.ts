import { type Sealer, Sightings, compareWithSighting } from './sightings';

/** Where a vault stands; see the vault's own docstrings. */
interface Mark {
  /** 16 bytes. */
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly counter: number;
  /** 32 bytes. */
  readonly headMac: Uint8Array;
}

/** A keychain that may not be there. */
type MaybeSealer = Sealer & { availability(): Promise<{ isPossible: boolean }> };

/** Remembers in the profile how far each vault had come, to warn of an older copy in its place. */
export class RollbackMemory {
  readonly #profile: string;
  readonly #keychain: () => MaybeSealer;
  #sightings: Promise<Sightings> | null = null;

  /** @param keychain - Asked for at the first use, when the app is ready. */
  constructor(profile: string, keychain: () => MaybeSealer) {
    this.#profile = profile;
    this.#keychain = keychain;
  }

  /** How an opened vault stands to what was seen last; what is opened is noted. Never rejects. */
  async compare(file: string, mark: Mark): Promise<'as-expected' | 'older' | 'diverged'> {
    const now = sightingOf(file, mark);
    const sightings = await this.#open();
    const comparison = compareWithSighting(now, await sightings.read(now.vaultId, now.path));
    sightings.note(now);
    return comparison === 'older' || comparison === 'diverged' ? comparison : 'as-expected';
  }

  /** Notes a commit; returns at once. */
  note(file: string, mark: Mark): void {
    const now = sightingOf(file, mark);
    void this.#open().then((sightings) => sightings.note(now));
  }

  /** The highest commit counter that was seen of a vault, wherever it lay; 0 if none. */
  async highestSeen(vaultId: Uint8Array): Promise<number> {
    return await (await this.#open()).highestCounter(hexOf(vaultId));
  }

  /** Writes what is noted. Never rejects. */
  async flush(): Promise<void> {
    await (await this.#open()).flush();
  }

  #open(): Promise<Sightings> {
    this.#sightings ??= this.#make();
    return this.#sightings;
  }

  async #make(): Promise<Sightings> {
    const keychain = this.#keychain();
    const isPossible = await keychain.availability().then(
      (answer) => answer.isPossible,
      () => false,
    );
    return new Sightings(this.#profile, isPossible ? keychain : null);
  }
}

function sightingOf(file: string, { vaultId, epoch, counter, headMac }: Mark) {
  return { vaultId: hexOf(vaultId), path: file, epoch, counter, headMacHex: hexOf(headMac) };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
