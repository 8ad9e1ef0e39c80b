import { say } from '../../preload/words/say';
import { keyNameFrom } from './key-name';
import type { OpenedDraft } from './types';

/** What a new key pair is called; for the form that generates one. */
export class KeyPairLabels {
  /** Name in the list; any text. Change it through {@link typeTitle}. */
  title = $state('');
  /** EC2's name; follows the title until it is edited. */
  keyName = $state('');
  /** AWS Region code; empty for none. */
  region = $state('');
  /** Id of the account's record; empty for none. */
  account = $state('');
  /** Comment of the public line. */
  comment = $state('');
  /** Tags in order. */
  tags = $state.raw<readonly string[]>([]);
  /** Free text. */
  notes = $state('');
  #isKeyNameEdited = false;

  /**
   * Takes a change of the title; the EC2 name follows while it is untouched.
   *
   * @param text - The whole input.
   */
  typeTitle(text: string): void {
    this.title = text;
    if (!this.#isKeyNameEdited) this.keyName = keyNameFrom(text);
  }

  /**
   * Takes a change of the EC2 name; emptied, it follows the title again.
   *
   * @param text - The whole input.
   */
  typeKeyName(text: string): void {
    this.keyName = text;
    this.#isKeyNameEdited = text !== '';
  }

  /**
   * Takes what was typed before the vault locked. An EC2 name that is not what its title gives was edited.
   *
   * @param opened - Of the form that goes on.
   */
  restore({ title, tags, values }: OpenedDraft): void {
    this.title = title;
    this.keyName = values['keyName'] ?? '';
    this.#isKeyNameEdited = this.keyName !== keyNameFrom(title);
    this.region = values['region'] ?? '';
    this.account = values['account'] ?? '';
    this.comment = values['comment'] ?? '';
    this.notes = values['notes'] ?? '';
    this.tags = tags;
  }

  /**
   * Checks what can be checked without the vault.
   *
   * @returns A sentence about the first thing that is missing; null if nothing is.
   */
  objection(): string | null {
    if (this.title === '') return say('key-pair.name-type-a-name');
    if (this.keyName === '') return say('key-pair.ec2-key-pair-name-type');
    return null;
  }

  /**
   * Makes a plain copy for the bridge.
   *
   * @returns The labels as a request carries them.
   */
  toRequest() {
    const { title, keyName, region, account, comment, notes } = this;
    return { title, keyName, region, account, comment, notes, tags: [...this.tags] };
  }
}
