import { say } from '../../preload/words/say';
import type { Choice, FieldDescriptor } from './descriptor';

/** Longest note, in UTF-16 code units. */
const maxNotesLength = 100_000;
/** Length of a record's id in hex. */
const idLength = 32;

type Extras = Partial<FieldDescriptor>;

/**
 * A descriptor of a line of text that people type; everything else is said in `extras`.
 *
 * @param maxLength - In UTF-16 code units; bytes for a secret.
 */
export function textField(name: string, label: string, maxLength: number, extras: Extras = {}): FieldDescriptor {
  return {
    name,
    label,
    maxLength,
    help: '',
    type: 'text',
    isSecret: false,
    isEditable: true,
    isCopyable: false,
    choices: [],
    isRequired: false,
    linksTo: [],
    ...extras,
  };
}

/** A secret that people type or paste; copied without entering the page. */
export function secretField(name: string, label: string, maxLength: number, extras: Extras = {}): FieldDescriptor {
  return textField(name, label, maxLength, { type: 'code', isSecret: true, isCopyable: true, ...extras });
}

/** What Coffer works out, and nobody types. */
export function derivedField(name: string, label: string, extras: Extras = {}): FieldDescriptor {
  return textField(name, label, 20_000, { isEditable: false, ...extras });
}

/** One of some values; the first serves for a new record. */
export function choiceField(
  name: string,
  label: string,
  choices: readonly Choice[],
  extras: Extras = {},
): FieldDescriptor {
  return textField(name, label, 64, { type: 'choice', choices, ...extras });
}

/** The id of another record. */
export function linkField(
  name: string,
  label: string,
  linksTo: readonly string[],
  extras: Extras = {},
): FieldDescriptor {
  return textField(name, label, idLength, { type: 'link', linksTo, ...extras });
}

/** The account that a credential belongs to; the same field in every kind. */
export const accountField = linkField('account', say('main-kinds.aws-account'), ['account']);

/** The IAM user that a credential belongs to; the same field in every kind. */
export const userField = textField('user', say('main-kinds.iam-user'), 64, {
  help: say('main-kinds.leave-it-empty-for-the-root'),
  isCopyable: true,
});

/** Free text; the same field in every kind. */
export const notesField = textField('notes', say('main-kinds.notes'), maxNotesLength, { type: 'multiline' });
