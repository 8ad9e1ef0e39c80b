import type { Factor, WaysProgress } from '../../state/types';
import type { WaysChange } from '../../state/ways-change.svelte';

/** Each factor as the dialog offers it: its name and what it is good for. */
export const factorCards: readonly { readonly factor: Factor; readonly label: string; readonly note: string }[] = [
  {
    factor: 'totp',
    label: 'Code from an authenticator app',
    note: 'Six digits from your phone, new every 30 seconds. They take part in the key: a stolen file is up to a million times harder to guess.',
  },
  {
    factor: 'key-file',
    label: 'Key file',
    note: 'A file, best on a stick that you keep apart. Whoever lacks it can’t begin to guess. Lose it and this way in is gone.',
  },
  {
    factor: 'security-key',
    label: 'Security key',
    note: 'A key to touch (FIDO2). Its secret can’t be copied.',
  },
  {
    factor: 'this-computer',
    label: 'This computer',
    note: 'A secret in this system’s keychain: the way in works on this computer only, for this user.',
  },
];

/**
 * Names the button that goes on.
 *
 * @param change - The change in the dialog.
 * @returns A verb.
 */
export function nextLabel(change: WaysChange): string {
  if (change.step === 'codes') return 'Check the codes';
  if (change.step !== 'confirm') return 'Next';
  if (change.kind === 'add') return 'Add this way in';
  return change.kind === 'remove' ? 'Remove and renew' : 'Change now';
}

/**
 * Says how far a change has come.
 *
 * @param progress - As the main process tells it.
 * @returns A short sentence.
 */
export function progressWords({ step, done, total }: WaysProgress): string {
  if (step === 'rewriting')
    return total > 0
      ? `Writing everything under a new key: ${done} of ${total}`
      : 'Writing everything under a new key…';
  if (step === 'verifying') return 'Opening the new file to check it…';
  if (step === 'publishing') return 'Putting it in the place of the old one…';
  return 'Making the new key…';
}
