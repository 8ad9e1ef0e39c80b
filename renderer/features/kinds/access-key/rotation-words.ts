import { say } from '../../../../preload/words/say';
import type { Step } from '../../../state/rotation.svelte';

/** What was done. */
export const done: Readonly<Record<Step, string>> = {
  created: say('access-key.new-key-made'),
  tested: say('access-key.new-key-tested'),
  deactivated: say('access-key.old-key-deactivated'),
  reactivated: say('access-key.old-key-activated-again'),
  deleted: say('access-key.old-key-deleted'),
};

/** What a button says that records a step. */
export const actions: Readonly<Record<Step, string>> = {
  created: say('access-key.new-key-is-made'),
  tested: say('access-key.the-new-key-works'),
  deactivated: say('access-key.old-key-is-deactivated'),
  reactivated: say('access-key.undo-old-key-is-active-again'),
  deleted: say('access-key.old-key-is-deleted'),
};

/**
 * How to do the next step.
 *
 * @param step - The next one.
 * @param key - The old key's ID and its user; the user is empty for root.
 * @returns A sentence, and a command for a terminal if there is one.
 */
export function hints(
  step: Step,
  key: { readonly oldKeyId: string; readonly user: string },
): { readonly text: string; readonly command: string | null } {
  const { oldKeyId, user } = key;
  const whose = user === '' ? '' : ` --user-name ${shellWord(user)}`;
  const update = `aws iam update-access-key --access-key-id ${oldKeyId}${whose} --status`;
  switch (step) {
    case 'created':
      return { text: say('access-key.make-the-new-key-at-aws'), command: null };
    case 'tested':
      return {
        text: say('access-key.export-the-new-key'),
        command: 'aws sts get-caller-identity --profile NAME',
      };
    case 'deactivated':
      return {
        text: say('access-key.deactivate-the-old-key-at-aws'),
        command: `${update} Inactive`,
      };
    case 'reactivated':
      return { text: say('access-key.activate-the-old-key-again'), command: `${update} Active` };
    case 'deleted':
      return {
        text: say('access-key.wait-until-you-are-sure'),
        command: `aws iam delete-access-key --access-key-id ${oldKeyId}${whose}`,
      };
  }
}

/** Quoted for sh where it has to be; a vault may hold names from before they were checked. */
function shellWord(text: string): string {
  return /^[\w+=.@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
