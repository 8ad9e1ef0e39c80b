import { say } from '../../preload/words/say';
import type { WireError } from '../../preload/contract';

/** Names of request members as the screens call them. */
const labels: Readonly<Record<string, string>> = {
  title: say('common.name'),
  keyName: say('common.ec2-key-pair-name'),
  'changes.title': say('common.name'),
  'changes.tags': say('common.tags'),
  'changes.notes': say('common.notes'),
  lockAfterMinutes: say('settings.lock-after'),
  clearClipboardAfterSeconds: say('settings.clear-copied-secrets-after'),
  hideRevealedAfterSeconds: say('settings.hide-revealed-secrets-after'),
};

/**
 * Makes a sentence for the screen of an error: its field as the screens call it, a capital letter, a full stop.
 *
 * @param error - As it came over the bridge; its message has the form `field: what is expected`.
 * @returns Plain text.
 */
export function sentenceOf({ message }: WireError): string {
  const field = /^([A-Za-z.]+): /.exec(message)?.[1] ?? '';
  const named = Object.hasOwn(labels, field) ? `${labels[field] ?? field}${message.slice(field.length)}` : message;
  const sentence = named.charAt(0).toUpperCase() + named.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
