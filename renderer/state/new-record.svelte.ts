import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { isCommonField } from './record-draft.svelte';
import { SameRecords } from './same-records.svelte';
import { sentenceOf } from './sentence';
import { withSecretBytes } from './typed-secrets';
import type { FormContent } from './drafts.svelte';
import type { FieldDescriptor, KindDescriptor, OpenedDraft, RecordDetail } from './types';

/** The form that makes a record of a kind that is filled in by hand. */
export class NewRecord {
  /** Name in the list; any text. */
  title = $state('');
  /** Tags in order. */
  tags = $state.raw<readonly string[]>([]);
  /** Free text. */
  notes = $state('');
  /** Fields that are not secret, by name. */
  values = $state<Record<string, string>>({});
  /** Secrets as typed, by name; emptied as soon as they were kept. */
  secrets = $state<Record<string, string>>({});
  /** True while the record is being kept. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  /** Fields that the form draws, in the kind's order. */
  readonly fields: readonly FieldDescriptor[];
  /** Records that are the same credential as what was typed; found by {@link submit}. */
  readonly same: SameRecords;
  readonly #api: CofferApi;
  readonly #kind: string;
  /** Null for a form that goes on with a draft: all of it is worth keeping. */
  readonly #untouched: string | null;

  /** Names of the secrets that were typed before the vault locked; they stay in the main process. */
  readonly earlierSecrets: readonly string[];

  /**
   * @param given - Values to begin with, such as the account that is chosen.
   * @param opened - What was typed before the vault locked; null for nothing.
   */
  constructor(
    api: CofferApi,
    kind: KindDescriptor,
    given: Readonly<Record<string, string>> = {},
    opened: OpenedDraft | null = null,
  ) {
    this.#api = api;
    this.#kind = kind.kind;
    this.same = new SameRecords(api, kind.kind, null);
    this.fields = kind.fields.filter(({ name, isEditable }) => isEditable && !isCommonField(name));
    for (const { name, isSecret, type, choices } of this.fields) {
      if (isSecret) this.secrets[name] = '';
      else
        this.values[name] = opened?.values[name] ?? given[name] ?? (type === 'choice' ? (choices[0]?.value ?? '') : '');
    }
    this.title = opened?.title ?? '';
    this.tags = opened?.tags ?? [];
    this.notes = opened?.values['notes'] ?? '';
    this.earlierSecrets = opened?.secrets ?? [];
    this.#untouched = opened === null ? JSON.stringify(this.#content()) : null;
  }

  /** All that would be lost with the form; null if nothing was typed. */
  get content(): FormContent | null {
    const content = this.#content();
    return JSON.stringify(content) === this.#untouched ? null : content;
  }

  #content(): FormContent {
    const filled = Object.fromEntries(Object.entries(this.secrets).filter(([, text]) => text !== ''));
    const values = { ...this.values, notes: this.notes };
    return { recordId: null, kind: this.#kind, title: this.title, tags: this.tags, values, secrets: filled };
  }

  /**
   * Takes what was typed into a field that is not secret.
   *
   * @param text - The whole input.
   */
  type(name: string, text: string): void {
    this.values[name] = text;
    this.same.clear();
  }

  /**
   * Keeps the record. Wipes the bytes of its secrets and empties their inputs. If the vault has the credential already, it says so
   * in {@link same} first, and keeps it when asked once more.
   *
   * @returns The new record; null if it was refused, or waits for that answer.
   */
  async submit(): Promise<RecordDetail | null> {
    if (this.isBusy) return null;
    if (this.title === '') {
      this.failure = say('record-form.type-a-name');
      return null;
    }
    this.isBusy = true;
    this.failure = null;
    const isToldAlready = this.same.rows.length > 0;
    if (!isToldAlready && (await this.same.find(this.values))) {
      this.isBusy = false;
      return null;
    }
    const filled = Object.fromEntries(Object.entries(this.secrets).filter(([, text]) => text !== ''));
    const answer = await withSecretBytes(filled, (secrets) =>
      ask(() =>
        this.#api.record.create({
          kind: this.#kind,
          title: this.title,
          tags: [...this.tags],
          values: { ...this.values, notes: this.notes },
          secrets,
          usesDraft: true,
        }),
      ),
    );
    this.isBusy = false;
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return null;
    }
    for (const name of Object.keys(this.secrets)) this.secrets[name] = '';
    return answer.value;
  }
}
