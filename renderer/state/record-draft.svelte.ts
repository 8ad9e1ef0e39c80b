import type { FormContent } from './drafts.svelte';
import type { FieldDescriptor, OpenedDraft, RecordChanges, RecordDetail } from './types';

/** What the form of one record holds. Says what changed, so that what was not touched is sent by nobody. */
export class RecordDraft {
  /** Title as typed; never trimmed. */
  title = $state('');
  /** Tags in order. */
  tags = $state.raw<readonly string[]>([]);
  /** Free text. */
  notes = $state('');
  /** Editable fields of the kind, by name. */
  values = $state<Record<string, string>>({});
  /** New secrets as typed, by name; an empty one leaves what is there. */
  secrets = $state<Record<string, string>>({});
  /** Fields that the form draws, in the kind's order. */
  readonly fields: readonly FieldDescriptor[];
  /** Names of the secrets that were typed before the vault locked; they stay in the main process. */
  readonly earlierSecrets: readonly string[];
  readonly #before: RecordDetail;

  /**
   * Starts from the record as it is.
   *
   * @param detail - The record.
   * @param fields - All fields of its kind.
   * @param opened - What was typed before the vault locked; null for nothing.
   */
  constructor(detail: RecordDetail, fields: readonly FieldDescriptor[], opened: OpenedDraft | null = null) {
    this.#before = detail;
    this.fields = fields.filter((field) => field.isEditable && !isCommonField(field.name));
    this.title = opened?.title ?? detail.title;
    this.tags = opened?.tags ?? detail.tags;
    this.notes = opened?.values['notes'] ?? notesOf(detail);
    this.values = Object.fromEntries(
      this.fields
        .filter(({ isSecret }) => !isSecret)
        .map(({ name }) => [name, opened?.values[name] ?? detail.values[name] ?? '']),
    );
    this.earlierSecrets = opened?.secrets ?? [];
  }

  /**
   * Compares with the record.
   *
   * @returns Only what differs; an empty object if nothing does.
   */
  changes(): RecordChanges {
    const before = this.#before;
    const changed = this.fields.filter(
      ({ name, isSecret }) => !isSecret && this.values[name] !== (before.values[name] ?? ''),
    );
    return {
      ...(this.title === before.title ? {} : { title: this.title }),
      ...(isSameList(this.tags, before.tags) ? {} : { tags: [...this.tags] }),
      ...(this.notes === notesOf(before) ? {} : { notes: this.notes }),
      ...(changed.length === 0
        ? {}
        : { values: Object.fromEntries(changed.map(({ name }) => [name, this.values[name] ?? ''])) }),
    };
  }

  /** Secrets that were typed anew. */
  typedSecrets(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.secrets).filter(([, text]) => text !== ''));
  }

  /** True if something differs from the record. */
  get isChanged(): boolean {
    const secrets = this.earlierSecrets.length + Object.keys(this.typedSecrets()).length;
    return Object.keys(this.changes()).length + secrets > 0;
  }

  /** All that would be lost with the form; null if nothing would. */
  get content(): FormContent | null {
    if (!this.isChanged) return null;
    const { id: recordId, kind } = this.#before;
    const values = { ...this.values, notes: this.notes };
    return { recordId, kind, title: this.title, tags: this.tags, values, secrets: this.typedSecrets() };
  }
}

/**
 * Tells fields that every record has, and the form draws by itself, from those of a kind.
 *
 * @param name - Of a field.
 * @returns True for title, tags and notes.
 */
export function isCommonField(name: string): boolean {
  return name === 'title' || name === 'tags' || name === 'notes';
}

/**
 * Finds the notes of a record.
 *
 * @param detail - The record.
 * @returns Its notes; empty if it has none.
 */
export function notesOf(detail: RecordDetail): string {
  return detail.values['notes'] ?? '';
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
