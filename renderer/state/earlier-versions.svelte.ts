import { say } from '../../preload/words/say';
import type { CofferApi, ResponseOf } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, FieldDescriptor, RecordDetail } from './types';

/** What a record was, without its secrets. */
type Shown = ResponseOf<'record:version'>;

/** One field of a version. */
interface VersionRow {
  readonly field: FieldDescriptor;
  /** What is shown; null for a secret. */
  readonly text: string | null;
}

/** Earlier versions of one record: at most one is shown at a time. Holds no secret. */
export class EarlierVersions {
  /** Number of the version that is shown, 0 the newest; null for none. */
  opened = $state<number | null>(null);
  /** What it says; null until the answer is there. */
  shown = $state.raw<Shown | null>(null);
  /** True while one is being restored. */
  isBusy = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  readonly #id: string;
  #turn = 0;

  constructor(api: CofferApi, id: string) {
    this.#api = api;
    this.#id = id;
  }

  /** Shows a version, or hides it if it is the one that is shown. */
  async toggle(version: number): Promise<void> {
    const isShown = this.opened === version;
    this.close();
    if (isShown) return;
    const turn = this.#turn;
    this.opened = version;
    const answer = await ask(() => this.#api.record.version({ id: this.#id, version }));
    if (turn !== this.#turn) return;
    if (answer.ok) this.shown = answer.value;
    else {
      this.opened = null;
      this.failure = sentenceOf(answer.error);
    }
  }

  /** Hides what is shown: after a change of the record the numbers mean others. */
  close(): void {
    this.#turn += 1;
    this.opened = null;
    this.shown = null;
    this.failure = null;
  }

  /**
   * Makes the record what it was.
   *
   * @param before - The record as it is.
   * @param version - 0 is the newest.
   * @returns The record of now, and whether anything changed; null if it was refused, with the reason in {@link failure}.
   */
  async restore(before: RecordDetail, version: number): Promise<{ detail: RecordDetail; isChanged: boolean } | null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    this.failure = null;
    const answer = await ask(() => this.#api.record.restoreVersion({ id: this.#id, version }));
    this.isBusy = false;
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return null;
    }
    this.close();
    const detail = answer.value;
    const isChanged =
      detail.versions.length !== before.versions.length ||
      detail.versions[0]?.endedAtMs !== before.versions[0]?.endedAtMs;
    return { detail, isChanged };
  }

  /**
   * Takes a restoring back: what was before it is the newest of the earlier versions then.
   *
   * @param restored - The record right after {@link restore}.
   * @returns The record of now; refused if it was changed since.
   */
  async undo(restored: RecordDetail): Promise<Answer<RecordDetail>> {
    const id = this.#id;
    const now = await ask(() => this.#api.record.get({ id }));
    if (!now.ok) return now;
    if (now.value.updatedAtMs !== restored.updatedAtMs) {
      const message = say('detail.the-item-was-changed-since');
      return { ok: false, error: { code: 'bad-request', message } };
    }
    return ask(() => this.#api.record.restoreVersion({ id, version: 0 }));
  }
}

/**
 * What changed when a version ended, in words.
 *
 * @param version - Of the record's detail.
 * @param fields - Of its kind.
 * @returns Labels in the form's order; `other content` if none of the fields did.
 */
export function changedWords(
  { isTitleChanged, changed }: RecordDetail['versions'][number],
  fields: readonly FieldDescriptor[],
): string {
  const labels = fields.filter(({ name }) => changed.includes(name)).map(({ label }) => label);
  return [...(isTitleChanged ? [say('common.name')] : []), ...labels].join(', ') || say('detail.other-content');
}

/**
 * Fields of a version that say something, in the form's order.
 *
 * @param shown - The version.
 * @param fields - Of its kind.
 */
export function versionRows(shown: Shown, fields: readonly FieldDescriptor[]): VersionRow[] {
  return fields.flatMap((field): VersionRow[] => {
    const { name, isSecret, type, choices } = field;
    if (isSecret) return shown.secrets.includes(name) ? [{ field, text: null }] : [];
    const value = shown.values[name] ?? '';
    if (value === '') return [];
    if (type === 'link') {
      const text = shown.links.find((link) => link.field === name)?.title ?? say('detail.an-item-that-is-gone');
      return [{ field, text }];
    }
    return [{ field, text: choices.find((choice) => type === 'choice' && choice.value === value)?.label ?? value }];
  });
}
