import { say } from '../../../preload/words/say';
import type { Factor, WaysProgress } from '../../state/types';
import type { WaysChange } from '../../state/ways-change.svelte';

/** Each factor as the dialog offers it: its name and what it is good for. */
export const factorCards: readonly { readonly factor: Factor; readonly label: string; readonly note: string }[] = [
  {
    factor: 'totp',
    label: say('ways.code-from-an-authenticator-app'),
    note: say('ways.six-digits-from-your-phone-new'),
  },
  {
    factor: 'key-file',
    label: say('common.key-file'),
    note: say('ways.a-file-best-on-a-stick'),
  },
  {
    factor: 'security-key',
    label: say('common.security-key'),
    note: say('ways.a-key-to-touch-fido2'),
  },
  {
    factor: 'this-computer',
    label: say('common.this-computer'),
    note: say('ways.a-secret-in-this-systems-keychain'),
  },
];

/**
 * Names the button that goes on.
 *
 * @param change - The change in the dialog.
 * @returns A verb.
 */
export function nextLabel(change: WaysChange): string {
  if (change.step === 'codes') return say('ways.check-the-codes');
  if (change.step !== 'confirm') return say('ways.next');
  if (change.kind === 'add') return say('ways.add-this-way-in');
  return change.kind === 'remove' ? say('ways.remove-and-renew') : say('ways.change-now');
}

/**
 * Says how far a change has come.
 *
 * @param progress - As the main process tells it.
 * @returns A short sentence.
 */
export function progressWords({ step, done, total }: WaysProgress): string {
  if (step === 'rewriting')
    return total > 0 ? say('ways.writing-so-far', { done, total }) : say('ways.writing-everything-under-a-new-key');
  if (step === 'verifying') return say('ways.opening-the-new-file-to-check');
  if (step === 'publishing') return say('ways.putting-it-in-the-place');
  return say('ways.making-the-new-key');
}
