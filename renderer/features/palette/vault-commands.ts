import { say } from '../../../preload/words/say';
import type { AppState } from '../../state/app.svelte';
import { ask } from '../../state/answer';
import type { Command } from '../../state/palette.svelte';
import { keysText } from '../../state/shortcuts';
import type { Workspace } from '../../state/workspace.svelte';
import { BackupIcon, ImportIcon, ItemsIcon, KeyIcon, LockIcon, PlusIcon, TrashIcon } from '../../ui/icons';

/**
 * Steps of the vault as a whole. What can't be done now is left out.
 *
 * @param workspace - Of the open vault.
 * @param app - The app's state.
 */
export function vaultCommands(workspace: Workspace, app: AppState): readonly Command[] {
  const { navigation, clipboard } = workspace;
  return [
    {
      ...{ id: 'import', label: say('common.import-dialog'), words: say('palette.words-import'), Icon: ImportIcon },
      keys: keysText('import'),
      run: () => navigation.leave(() => (navigation.dialog = 'import')),
    },
    {
      ...{ id: 'lock', label: say('common.lock'), words: say('palette.words-lock'), Icon: LockIcon },
      keys: keysText('lock'),
      run: () => app.lock(),
    },
    ...(clipboard.isRunning
      ? [{ id: 'clear', label: say('palette.clear-the-clipboard'), Icon: TrashIcon, run: () => clipboard.clear() }]
      : []),
    {
      ...{ id: 'compare', label: say('key-pair.compare-with-ec2'), words: say('palette.words-compare'), Icon: KeyIcon },
      run: () => navigation.leave(() => (navigation.dialog = 'compare-key-pairs')),
    },
    { id: 'back-up', label: say('common.back-up-now'), Icon: BackupIcon, run: () => backUp(workspace) },
    {
      ...{ id: 'save-copy', label: say('backups.save-a-copy'), words: say('palette.words-copy'), Icon: BackupIcon },
      run: () => saveCopy(workspace),
    },
    {
      ...{ id: 'recovery', label: say('palette.recovery-code'), words: say('palette.words-recovery'), Icon: KeyIcon },
      run: () => makeRecovery(workspace),
    },
    {
      ...{ id: 'open-vault', label: say('unlock.open-another-vault'), keys: keysText('open-vault'), Icon: ItemsIcon },
      run: () => navigation.leave(() => void app.chooseExisting()),
    },
    {
      ...{ id: 'new-vault', label: say('common.new-vault'), words: say('palette.words-make'), Icon: PlusIcon },
      run: () => navigation.leave(() => void app.chooseNew()),
    },
  ];
}

async function backUp(workspace: Workspace): Promise<void> {
  const answer = await ask(() => workspace.api.backup.make({}));
  workspace.report(answer, say('backups.backup-made-and-checked'));
  if (workspace.navigation.section === 'backups') await workspace.backups.load();
}

async function saveCopy(workspace: Workspace): Promise<void> {
  const answer = await ask(() => workspace.api.backup.saveCopy({}));
  // A dialog that was closed is not worth a word.
  if (!answer.ok || answer.value !== null)
    workspace.report(answer, say('backups.saved', { file: answer.ok ? (answer.value?.name ?? '') : '' }));
}

/** The screen of the ways in opens the dialog that fits: it alone knows whether there is a code. */
function makeRecovery(workspace: Workspace): void {
  workspace.navigation.leave(() => {
    workspace.go('ways');
    workspace.navigation.isRecoveryDue = true;
  });
}
