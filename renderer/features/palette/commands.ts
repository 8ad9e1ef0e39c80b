import type { AppState } from '../../state/app.svelte';
import { ask } from '../../state/answer';
import { copiedWords } from '../../state/copied-words';
import { inSentence } from '../../state/formats';
import type { Command, CommandGroup, Subject, SubjectActions } from '../../state/palette.svelte';
import { keysText } from '../../state/shortcuts';
import type { RecordSummary } from '../../state/types';
import type { Workspace } from '../../state/workspace.svelte';
import { CopyIcon, EditIcon, ExportIcon, GuideIcon, ImportIcon, InfoIcon, ItemsIcon } from '../../ui/icons';
import { KeyboardIcon, LockIcon, PlusIcon, SettingsIcon } from '../../ui/icons';
import { iconOf } from '../kinds/registry';
import { lowerPlaces, upperPlaces } from '../workspace/places';

/** A task of the guide. */
type Task = Readonly<{ id: string; title: string; words: readonly string[] }>;

/** Keys that lead to a place. */
const placeKeys = { settings: 'settings', guide: 'guide' } as const;

/**
 * All steps of the palette but those of a record.
 *
 * @param workspace - Of the open vault.
 * @param app - The app's state.
 * @param tasks - Of the guide.
 */
export function commandsOf(workspace: Workspace, app: AppState, tasks: readonly Task[]): readonly CommandGroup[] {
  return [
    { name: 'Go to', commands: placesOf(workspace) },
    { name: 'New', commands: makersOf(workspace) },
    { name: 'Vault', commands: vaultCommands(workspace, app) },
    { name: 'Appearance', commands: themesOf(app) },
    { name: 'Help', commands: helpOf(app) },
    { name: 'Accounts and tags', isLong: true, commands: narrowingsOf(workspace) },
    {
      name: 'Guide',
      isLong: true,
      commands: tasks.map(({ id, title, words }) => ({
        ...{ id: `task ${id}`, label: title, words: words.join(' '), Icon: GuideIcon },
        run: () => workspace.showTask(id),
      })),
    },
  ];
}

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
  { copies, isExportable }: SubjectActions,
): readonly Command[] {
  const isOpen = workspace.navigation.selectedId === id;
  const open = { id: `open ${id}`, label: 'Open', Icon: ItemsIcon, run: () => workspace.goTo(id) };
  const exporting = { id: `export ${id}`, label: 'Export…', Icon: ExportIcon, run: () => workspace.export(id) };
  const edit = { id: `edit ${id}`, label: 'Edit', Icon: EditIcon, run: () => workspace.edit(id) };
  return [
    ...(isOpen ? [] : [open]),
    ...copies.map(({ name, label, isSecret }) => ({
      ...{ id: `copy ${id} ${name}`, label: `Copy ${label}`, Icon: CopyIcon },
      run: async () => {
        const copying = () => workspace.api.palette.copy({ id, action: name });
        workspace.report(await ask(copying), copiedWords(isSecret));
      },
    })),
    ...(isExportable ? [exporting] : []),
    // What can be copied of a record in the trash is nothing, and it takes no changes.
    ...(copies.length > 0 || isExportable ? [edit] : []),
  ];
}

/**
 * The step that opens a record.
 *
 * @param workspace - Of the open vault.
 * @param row - Of the list.
 */
export function openingOf(workspace: Workspace, row: RecordSummary): Command {
  const { id, title, kind } = row;
  return { id: `record ${id}`, label: title, Icon: iconOf(kind), run: () => workspace.goTo(id) };
}

function placesOf(workspace: Workspace): readonly Command[] {
  const places = [...upperPlaces, ...lowerPlaces].map(({ section, label, Icon }) => ({
    ...{ id: `go ${section}`, label, words: 'go to show', Icon },
    ...(section === 'settings' || section === 'guide' ? { keys: keysText(placeKeys[section]) } : {}),
    run: () => workspace.go(section),
  }));
  const kinds = workspace.kinds.map(({ kind, labelPlural }) => ({
    ...{ id: `kind ${kind}`, label: labelPlural, words: 'go to show kind', Icon: iconOf(kind) },
    run: () => workspace.narrow({ kind }),
  }));
  return [...places, ...kinds];
}

function narrowingsOf(workspace: Workspace): readonly Command[] {
  const { accounts = [], tags = [] } = workspace.facets.counts ?? {};
  return [
    ...accounts.map(({ id, title }) => ({
      ...{ id: `account ${id}`, label: `Account ${title}`, words: 'go to show', Icon: iconOf('account') },
      run: () => workspace.narrow({ account: id }),
    })),
    ...tags.map(({ tag }) => ({
      ...{ id: `tag ${tag}`, label: `Tag ${tag}`, words: 'go to show', Icon: ItemsIcon },
      run: () => workspace.narrow({ tag }),
    })),
  ];
}

function makersOf(workspace: Workspace): readonly Command[] {
  return workspace.kinds.map(({ kind, label }) => ({
    ...{ id: `new ${kind}`, label: `New ${inSentence(label)}`, words: 'make create add', Icon: PlusIcon },
    run: () => workspace.create(kind),
  }));
}

function vaultCommands(workspace: Workspace, app: AppState): readonly Command[] {
  const { navigation } = workspace;
  return [
    {
      ...{ id: 'import', label: 'Import…', words: 'open files paste', keys: keysText('import'), Icon: ImportIcon },
      run: () => navigation.leave(() => (navigation.dialog = 'import')),
    },
    { id: 'lock', label: 'Lock', words: 'close', keys: keysText('lock'), Icon: LockIcon, run: () => app.lock() },
  ];
}

function themesOf(app: AppState): readonly Command[] {
  const themes = [
    ['light', 'Light theme'],
    ['dark', 'Dark theme'],
    ['system', 'Theme of the system'],
  ] as const;
  return themes
    .filter(([theme]) => theme !== app.status?.theme)
    .map(([theme, label]) => ({
      ...{ id: `theme ${theme}`, label, words: 'appearance colours mode', Icon: SettingsIcon },
      run: () => app.setTheme(theme),
    }));
}

function helpOf(app: AppState): readonly Command[] {
  return [
    {
      ...{ id: 'shortcuts', label: 'Keyboard shortcuts', words: 'help keys', keys: keysText('shortcuts') },
      ...{ Icon: KeyboardIcon, run: () => void (app.isShortcutsShown = true) },
    },
    {
      ...{ id: 'about', label: 'About Coffer', words: 'help version licences', Icon: InfoIcon },
      run: () => void (app.isAboutShown = true),
    },
  ];
}
