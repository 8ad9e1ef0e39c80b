import * as z from 'zod';
import type { ParsedRequestOf, ResponseOf } from '../../preload/contract';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import type { RecordId } from '../vault/record-set';
import { InternalRecords } from './internal-records';
import type { Services } from './services';

type KeptForm = Omit<ParsedRequestOf<'draft:keep'>, 'secrets'>;
type Secrets = Readonly<Record<string, Uint8Array>>;

const storedForm = z.object({
  atMs: z.number(),
  recordId: z.string().nullable(),
  kind: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  values: z.record(z.string(), z.string()),
});
const mostKept = 20;

/** The form that is open now. */
interface OpenForm {
  /** What is sealed of it; null if nothing is. */
  readonly id: RecordId | null;
  readonly form: KeptForm;
  /** Its own copies: typed since it was opened, and before the lock. */
  readonly typed: Secrets;
  readonly earlier: Secrets;
  /** Whether it holds more than what is sealed. */
  readonly isNewer: boolean;
}

/**
 * Forms that are not saved yet. What the open one holds lies in memory, and is sealed into the vault in the moment before it locks; that
 * it can't be sealed keeps no vault from locking.
 */
export class DraftKeeper {
  readonly #records: InternalRecords<typeof storedForm>;
  readonly #session: Services['session'];
  readonly #nowMs: () => number;
  #open: OpenForm | null = null;

  constructor({ session, nowMs }: Pick<Services, 'session' | 'nowMs'>) {
    this.#session = session;
    this.#records = new InternalRecords(session, 'draft', storedForm);
    this.#nowMs = nowMs;
    session.subscribe((event) => {
      if (event === 'locking') this.#seal();
      if (event === 'locked') this.#forget();
    });
  }

  /**
   * Takes what the open form holds.
   *
   * @param secrets - Copied; the caller wipes its own.
   */
  keep(form: KeptForm, secrets: Secrets): void {
    const before = this.#open;
    const isSame = before !== null && before.form.recordId === form.recordId && before.form.kind === form.kind;
    const typed = copiesOf(secrets);
    if (isSame) {
      wipe(before.typed);
      this.#open = { ...before, form, typed, isNewer: true };
    } else {
      this.#forget();
      this.#open = { id: null, earlier: {}, form, typed, isNewer: true };
    }
  }

  /** The open form was saved, or closed without: it goes, and so does what was sealed of it. */
  drop(): void {
    const id = this.#open?.id ?? null;
    this.#forget();
    if (id !== null) this.#records.removeIfThere(id);
  }

  /** Sealed forms, the newest first. Those of records that are gone are left out, and removed. */
  list(): ResponseOf<'draft:list'> {
    const { vault } = this.#session;
    const sealed = this.#sealed();
    const isLeft = ({ value: { recordId } }: (typeof sealed)[number]) =>
      recordId === null || vault.overviewOf(recordId) !== null;
    for (const { id } of sealed.filter((one) => !isLeft(one))) this.#removeIfItCan(id);
    return sealed.filter(isLeft).map(({ id, value: { atMs, recordId, kind } }) => ({ id, atMs, recordId, kind }));
  }

  /** Of a vault that takes no changes now they go the next time. */
  #removeIfItCan(id: RecordId): void {
    try {
      this.#records.removeIfThere(id);
    } catch (error) {
      if (!(error instanceof CofferError)) throw error;
    }
  }

  /**
   * Makes a sealed form the open one.
   *
   * @returns What it holds, and the names of its secrets.
   * @throws CofferError `not-found`.
   */
  open(id: RecordId): ResponseOf<'draft:open'> {
    const found = this.#sealed().find((sealed) => sealed.id === id);
    if (found === undefined) throw new CofferError('not-found', say('main-records.draft-there-is-none-with-this-id'));
    this.#forget();
    const earlier = this.#records.secretsOf(id);
    const { atMs: _, ...form } = found.value;
    this.#open = { id, form, typed: {}, earlier, isNewer: false };
    return { ...form, secrets: Object.keys(earlier) };
  }

  /** Removes a sealed form. */
  discard(id: RecordId): void {
    if (!this.#sealed().some((sealed) => sealed.id === id)) {
      throw new CofferError('not-found', say('main-records.draft-there-is-none-with-this-id'));
    }
    if (this.#open?.id === id) this.#forget();
    this.#records.remove(id);
  }

  /**
   * What a form saves, together with what was typed into it before the lock.
   *
   * @param typed - Counts where both have a field.
   * @returns Bytes that stay this keeper's and the caller's.
   */
  withEarlierSecrets(typed: Secrets): Record<string, Uint8Array> {
    return { ...this.#open?.earlier, ...typed };
  }

  #sealed() {
    return this.#records.list().sort((a, b) => b.value.atMs - a.value.atMs);
  }

  #seal(): void {
    const open = this.#open;
    if (open?.isNewer !== true) return;
    const { form, earlier, typed } = open;
    const atMs = this.#nowMs();
    try {
      const sealed = this.#sealed();
      const ofSameRecord = ({ value }: (typeof sealed)[number]) =>
        form.recordId !== null && value.recordId === form.recordId;
      const id = open.id ?? sealed.find(ofSameRecord)?.id ?? null;
      this.#records.save(id, { ...form, tags: [...form.tags], atMs }, atMs, { ...earlier, ...typed });
      for (const { id: oldest } of sealed.slice(mostKept - 1)) if (id === null) this.#records.removeIfThere(oldest);
    } catch (error) {
      // A vault that waits for new ways in, may only be read, or lies on a full disk: it locks all the same.
      if (!(error instanceof CofferError)) throw error;
    }
  }

  #forget(): void {
    for (const secrets of [this.#open?.typed, this.#open?.earlier]) if (secrets !== undefined) wipe(secrets);
    this.#open = null;
  }
}

function copiesOf(secrets: Secrets): Secrets {
  return Object.fromEntries(Object.entries(secrets).map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
}

function wipe(secrets: Secrets): void {
  for (const bytes of Object.values(secrets)) bytes.fill(0);
}
