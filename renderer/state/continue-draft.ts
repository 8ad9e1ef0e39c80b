import type { Workspace } from './workspace.svelte';

/**
 * Opens the form that a lock interrupted, with what was typed.
 *
 * @param workspace - Where it opens.
 * @param id - Of the draft.
 */
export function continueDraft(workspace: Workspace, id: string): void {
  workspace.navigation.leave(() => void openForm(workspace, id));
}

async function openForm(workspace: Workspace, id: string): Promise<void> {
  const { current, drafts, list, navigation } = workspace;
  current.isEditing = false;
  const opened = await drafts.open(id);
  if (opened === null) return;
  const { recordId, kind } = opened;
  if (recordId === null) {
    workspace.create(kind);
    return;
  }
  navigation.section = 'all';
  navigation.selectedId = recordId;
  await Promise.all([current.open(recordId), list.show('all')]);
  current.isEditing = current.detail?.id === recordId;
}
