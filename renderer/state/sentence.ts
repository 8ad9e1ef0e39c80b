import type { WireError } from '../../preload/contract';

/** Names of request members as the screens call them. */
const labels: Readonly<Record<string, string>> = {
  title: 'Name',
  keyName: 'EC2 key pair name',
  'changes.title': 'Name',
  'changes.tags': 'Tags',
  'changes.notes': 'Notes',
  lockAfterMinutes: 'Lock after',
  clearClipboardAfterSeconds: 'Clear copied secrets after',
  hideRevealedAfterSeconds: 'Hide revealed secrets after',
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
