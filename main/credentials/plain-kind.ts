import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { copyBytes } from '../keys/bytes';
import { decodeText, encodeText } from './body';
import type { CredentialKind, FieldDescriptor, KindDescriptor, RecordBody, TypedValues } from './descriptor';

/** Checks of one field, and its form in the vault. */
export interface FieldRule {
  /**
   * Checks a text and brings it into the form that is stored, such as an ID without hyphens.
   * Throws CofferError `bad-request`, naming the field and what was expected.
   */
  readonly store: (typed: string) => string;
  /** The stored text as people read it; itself if absent. */
  readonly show?: (stored: string) => string;
}

/** Checks of one secret field. Throws CofferError `bad-request`, naming the field and what was expected, never the value. */
export type SecretRule = (typed: Uint8Array) => void;

/** Rules of a kind, by field name; a field without one takes any text of its length. */
export interface FieldRules {
  readonly texts: Readonly<Record<string, FieldRule>>;
  readonly secrets: Readonly<Record<string, SecretRule>>;
  /** Copyable fields that are worth one step, the most important first, and what menus call them. */
  readonly quickCopies: Readonly<Record<string, string>>;
}

/** The parts of a kind that follow from its descriptors alone. */
export type PlainParts = Pick<
  CredentialKind,
  | 'descriptor'
  | 'make'
  | 'valuesOf'
  | 'secretsOf'
  | 'reveal'
  | 'copyText'
  | 'applyChanges'
  | 'quickCopiesOf'
  | 'quickText'
>;

/**
 * Makes what follows from the descriptors: texts are stored by {@link encodeText}, secrets as the bytes they are. A kind
 * spreads the result and adds or replaces the rest.
 *
 * @param descriptor - Of the kind. A link is checked to be an id or empty.
 */
export function plainKind(descriptor: KindDescriptor, rules: FieldRules): PlainParts {
  const fieldOf = (name: string) => descriptor.fields.find((field) => field.name === name);
  const apply = (body: RecordBody, { values, secrets }: TypedValues): RecordBody => {
    const changed = new Map(body);
    for (const [name, typed] of Object.entries(values)) {
      const field = editable(descriptor, name, false);
      changed.set(name, encodeText(storedText(field, rules, typed)));
    }
    for (const [name, typed] of Object.entries(secrets)) {
      const field = editable(descriptor, name, true);
      checkSecret(field, rules, typed);
      if (typed.length === 0) changed.delete(name);
      else changed.set(name, copyBytes(typed));
    }
    return changed;
  };
  const shown = (name: string, stored: string) => ownRule(rules.texts, name)?.show?.(stored) ?? stored;
  const copyText = (body: RecordBody, name: string): string => {
    const field = fieldOf(name);
    const value = body.get(name);
    if (field?.isCopyable !== true || value === undefined) {
      throw new CofferError('bad-request', say('main-records.field-expected-one-of-this-record-that-may'));
    }
    return field.isSecret
      ? new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value)
      : decodeText(value);
  };
  return {
    descriptor,
    copyText,
    quickCopiesOf: (body) =>
      Object.entries(rules.quickCopies).flatMap(([name, label]) => {
        const field = fieldOf(name);
        return field === undefined || isEmpty(body, field) ? [] : [{ name, label, isSecret: field.isSecret }];
      }),
    quickText: (body, name) => {
      if (!Object.hasOwn(rules.quickCopies, name)) throw noQuickCopy();
      return copyText(body, name);
    },
    applyChanges: apply,
    make: (typed) => {
      if (!descriptor.isTyped)
        throw new CofferError('bad-request', say('main-records.kind-expected-one-that-is-filled-in-by'));
      const all = Object.fromEntries(
        descriptor.fields
          .filter((field) => field.isEditable && !field.isSecret)
          .map(({ name, type, choices }) => [name, type === 'choice' ? (choices[0]?.value ?? '') : '']),
      );
      const body = apply(new Map(), { values: { ...all, ...typed.values }, secrets: typed.secrets });
      const missing = descriptor.fields.find((field) => field.isRequired && isEmpty(body, field));
      if (missing !== undefined)
        throw new CofferError('bad-request', say('main-records.expected-a-value', { label: missing.label }));
      return body;
    },
    valuesOf: (body) =>
      Object.fromEntries(
        descriptor.fields.flatMap(({ name, isSecret }) => {
          const value = body.get(name);
          return isSecret || value === undefined ? [] : [[name, shown(name, decodeText(value))] as const];
        }),
      ),
    secretsOf: (body) =>
      descriptor.fields.filter(({ name, isSecret }) => isSecret && body.has(name)).map(({ name }) => name),
    reveal: (body, name) => {
      const value = body.get(name);
      if (fieldOf(name)?.isSecret !== true || value === undefined) {
        throw new CofferError('bad-request', say('main-records.field-expected-a-secret-field-that-this-record'));
      }
      return copyBytes(value);
    },
  };
}

/**
 * The stored text of a field that is not secret.
 *
 * @returns Empty if the record does not have it.
 */
export function textOf(body: RecordBody, name: string): string {
  return decodeText(body.get(name));
}

/** For what is not among the quick copies of a record. */
function noQuickCopy(): CofferError {
  return new CofferError('bad-request', say('main-records.action-expected-one-of-the-quick-copies-of'));
}

function editable(descriptor: KindDescriptor, name: string, isSecret: boolean): FieldDescriptor {
  const field = descriptor.fields.find((candidate) => candidate.name === name);
  if (field?.isEditable !== true || field.isSecret !== isSecret) {
    throw new CofferError(
      'bad-request',
      say('main-records.field-expected-an-editable-field-of-this-kind', { label: descriptor.label }),
    );
  }
  return field;
}

function storedText(field: FieldDescriptor, rules: FieldRules, typed: string): string {
  const { name, label, maxLength, type, choices } = field;
  if (typed.length > maxLength)
    throw new CofferError('bad-request', say('main-records.expected-at-most-characters', { label, maxLength }));
  if (type === 'link' && !/^([0-9a-f]{32})?$/.test(typed)) {
    throw new CofferError('bad-request', say('main-records.expected-an-item-of-this-vault-or-nothing', { label }));
  }
  if (type === 'choice' && !choices.some(({ value }) => value === typed)) {
    throw new CofferError('bad-request', say('main-records.expected-one-of-the-choices', { label }));
  }
  return ownRule(rules.texts, name)?.store(typed) ?? typed;
}

function checkSecret(field: FieldDescriptor, rules: FieldRules, typed: Uint8Array): void {
  const { name, label, maxLength } = field;
  if (typed.length > maxLength)
    throw new CofferError('bad-request', say('main-records.expected-at-most-bytes', { label, maxLength }));
  if (typed.length > 0) ownRule(rules.secrets, name)?.(typed);
}

function isEmpty(body: RecordBody, { name, isSecret }: FieldDescriptor): boolean {
  return isSecret ? !body.has(name) : textOf(body, name) === '';
}

function ownRule<T>(rules: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}
