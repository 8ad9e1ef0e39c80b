import { say } from '../../../preload/words/say';
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
    { name: say('palette.go-to'), commands: placesOf(workspace) },
    { name: say('common.new'), commands: makersOf(workspace) },
    { name: say('common.vault'), commands: vaultCommands(workspace, app) },
    { name: say('common.appearance'), commands: themesOf(app) },
    { name: say('places.help'), commands: helpOf(app) },
    { name: say('palette.accounts-and-tags'), isLong: true, commands: narrowingsOf(workspace) },
    {
      name: say('places.guide'),
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
  const open = { id: `open ${id}`, label: say('common.open'), Icon: ItemsIcon, run: () => workspace.goTo(id) };
  const exporting = {
    id: `export ${id}`,
    label: say('common.export-dialog'),
    Icon: ExportIcon,
    run: () => workspace.export(id),
  };
  const edit = { id: `edit ${id}`, label: say('common.edit'), Icon: EditIcon, run: () => workspace.edit(id) };
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
    ...{ id: `go ${section}`, label, words: say('palette.words-go'), Icon },
    ...(section === 'settings' || section === 'guide' ? { keys: keysText(placeKeys[section]) } : {}),
    run: () => workspace.go(section),
  }));
  const kinds = workspace.kinds.map(({ kind, labelPlural }) => ({
    ...{ id: `kind ${kind}`, label: labelPlural, words: say('palette.words-go-kind'), Icon: iconOf(kind) },
    run: () => workspace.narrow({ kind }),
  }));
  return [...places, ...kinds];
}

function narrowingsOf(workspace: Workspace): readonly Command[] {
  const { accounts = [], tags = [] } = workspace.facets.counts ?? {};
  return [
    ...accounts.map(({ id, title }) => ({
      ...{
        id: `account ${id}`,
        label: say('palette.account', { account: title }),
        words: say('palette.words-go'),
        Icon: iconOf('account'),
      },
      run: () => workspace.narrow({ account: id }),
    })),
    ...tags.map(({ tag }) => ({
      ...{ id: `tag ${tag}`, label: say('palette.tag', { tag }), words: say('palette.words-go'), Icon: ItemsIcon },
      run: () => workspace.narrow({ tag }),
    })),
  ];
}

function makersOf(workspace: Workspace): readonly Command[] {
  return workspace.kinds.map(({ kind, label }) => ({
    ...{
      id: `new ${kind}`,
      label: say('common.new-it', { what: inSentence(label) }),
      words: say('palette.words-make'),
      Icon: PlusIcon,
    },
    run: () => workspace.create(kind),
  }));
}

function vaultCommands(workspace: Workspace, app: AppState): readonly Command[] {
  const { navigation } = workspace;
  return [
    {
      ...{
        id: 'import',
        label: say('common.import-dialog'),
        words: say('palette.words-import'),
        keys: keysText('import'),
        Icon: ImportIcon,
      },
      run: () => navigation.leave(() => (navigation.dialog = 'import')),
    },
    {
      id: 'lock',
      label: say('common.lock'),
      words: say('palette.words-lock'),
      keys: keysText('lock'),
      Icon: LockIcon,
      run: () => app.lock(),
    },
  ];
}

function themesOf(app: AppState): readonly Command[] {
  const themes = [
    ['light', say('palette.light-theme')],
    ['dark', say('palette.dark-theme')],
    ['system', say('palette.theme-of-the-system')],
  ] as const;
  return themes
    .filter(([theme]) => theme !== app.status?.theme)
    .map(([theme, label]) => ({
      ...{ id: `theme ${theme}`, label, words: say('palette.words-theme'), Icon: SettingsIcon },
      run: () => app.setTheme(theme),
    }));
}

function helpOf(app: AppState): readonly Command[] {
  return [
    {
      ...{
        id: 'shortcuts',
        label: say('shortcuts.keyboard-shortcuts'),
        words: say('palette.words-shortcuts'),
        keys: keysText('shortcuts'),
      },
      ...{ Icon: KeyboardIcon, run: () => void (app.isShortcutsShown = true) },
    },
    {
      ...{ id: 'about', label: say('common.about-coffer'), words: say('palette.words-about'), Icon: InfoIcon },
      run: () => void (app.isAboutShown = true),
    },
  ];
}
