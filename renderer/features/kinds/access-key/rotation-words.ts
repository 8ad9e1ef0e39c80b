import type { Step } from '../../../state/rotation.svelte';

/** What was done. */
export const done: Readonly<Record<Step, string>> = {
  created: 'New key made',
  tested: 'New key tested',
  deactivated: 'Old key deactivated',
  reactivated: 'Old key activated again',
  deleted: 'Old key deleted',
};

/** What a button says that records a step. */
export const actions: Readonly<Record<Step, string>> = {
  created: 'New key is made',
  tested: 'The new key works',
  deactivated: 'Old key is deactivated',
  reactivated: 'Undo: old key is active again',
  deleted: 'Old key is deleted',
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
  const whose = user === '' ? '' : ` --user-name ${user}`;
  const update = `aws iam update-access-key --access-key-id ${oldKeyId}${whose} --status`;
  switch (step) {
    case 'created':
      return { text: 'Make the new key at AWS.', command: null };
    case 'tested':
      return {
        text: 'Export the new key as a profile, put it in every place that used the old one, and see that it works:',
        command: 'aws sts get-caller-identity --profile NAME',
      };
    case 'deactivated':
      return {
        text: 'Deactivate the old key at AWS. That can be undone; deleting can not.',
        command: `${update} Inactive`,
      };
    case 'reactivated':
      return { text: 'Activate the old key again.', command: `${update} Active` };
    case 'deleted':
      return {
        text: 'Wait until you are sure that nothing misses the old key (“last used” at AWS stands still), then delete it there.',
        command: `aws iam delete-access-key --access-key-id ${oldKeyId}${whose}`,
      };
  }
}
