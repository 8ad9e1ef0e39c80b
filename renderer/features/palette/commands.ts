import { say } from '../../../preload/words/say';
import type { AppState } from '../../state/app.svelte';
import { inSentence } from '../../state/formats';
import type { Command, CommandGroup } from '../../state/palette.svelte';
import { keysText } from '../../state/shortcuts';
import type { RecordSummary } from '../../state/types';
import type { Workspace } from '../../state/workspace.svelte';
import { GuideIcon, InfoIcon, ItemsIcon, KeyboardIcon, PlusIcon, SettingsIcon } from '../../ui/icons';
import { iconOf } from '../kinds/registry';
import { lowerPlaces, upperPlaces } from '../workspace/places';
import { vaultCommands } from './vault-commands';

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
