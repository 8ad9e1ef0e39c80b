import type { Component } from 'svelte';
import { say } from '../../../preload/words/say';
import { ask } from '../../state/answer';
import { copiedWords } from '../../state/copied-words';
import type { Command, Subject, SubjectActions } from '../../state/palette.svelte';
import type { Workspace } from '../../state/workspace.svelte';
import { CopyIcon, EditIcon, ExportIcon, ItemsIcon, RestoreIcon, StarIcon, TrashIcon } from '../../ui/icons';

interface Step {
  readonly label: string;
  readonly Icon: Component<{ size?: number }>;
  readonly run: (workspace: Workspace, id: string) => void;
}

const steps: Readonly<Record<SubjectActions['steps'][number], Step>> = {
  edit: { label: say('common.edit'), Icon: EditIcon, run: (workspace, id) => workspace.edit(id) },
  favour: { label: say('palette.add-to-favourites'), Icon: StarIcon, run: toggleFavourite },
  unfavour: { label: say('palette.remove-from-favourites'), Icon: StarIcon, run: toggleFavourite },
  trash: {
    label: say('common.move-to-trash'),
    Icon: TrashIcon,
    run: (workspace, id) => onceOpen(workspace, id, () => workspace.trash()),
  },
  restore: {
    label: say('common.restore'),
    Icon: RestoreIcon,
    run: (workspace, id) => onceOpen(workspace, id, () => workspace.restore()),
  },
  delete: {
    label: say('common.delete-for-ever'),
    Icon: TrashIcon,
    // Asks first.
    run: (workspace, id) => onceOpen(workspace, id, () => (workspace.navigation.dialog = 'purge')),
  },
};

/**
 * Steps of one record.
 *
 * @param workspace - Of the open vault.
 * @param subject - The record.
 * @param actions - What the main process says can be done with it.
 */
export function commandsOfRecord(
  workspace: Workspace,
  { id }: Subject,
  { copies, isExportable, steps: names }: SubjectActions,
): readonly Command[] {
  const isOpen = workspace.navigation.selectedId === id;
  const open = { id: `open ${id}`, label: say('common.open'), Icon: ItemsIcon, run: () => workspace.goTo(id) };
  const exporting = {
    id: `export ${id}`,
    label: say('common.export-dialog'),
    Icon: ExportIcon,
    run: () => workspace.export(id),
  };
  return [
    ...(isOpen ? [] : [open]),
    ...copies.map(({ name, label, isSecret }) => ({
      ...{ id: `copy ${id} ${name}`, label: say('common.copy-it', { what: label }), Icon: CopyIcon },
      run: async () => {
        const copying = () => workspace.api.palette.copy({ id, action: name });
        workspace.report(await ask(copying), copiedWords(isSecret));
      },
    })),
    ...(isExportable ? [exporting] : []),
    ...names.map((name) => {
      const { label, Icon, run } = steps[name];
      return { id: `${name} ${id}`, label, Icon, run: () => run(workspace, id) };
    }),
  ];
}

function toggleFavourite(workspace: Workspace, id: string): void {
  onceOpen(workspace, id, () => workspace.current.toggleFavourite());
}

/** Takes a step of the open record; another one is gone to first. */
function onceOpen(workspace: Workspace, id: string, step: () => unknown): void {
  const { current, navigation } = workspace;
  navigation.leave(() => {
    if (navigation.selectedId !== id) workspace.goTo(id);
    void current.open(id).then(() => (current.detail?.id === id ? step() : undefined));
  });
}
