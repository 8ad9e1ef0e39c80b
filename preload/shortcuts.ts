import { say } from './words/say';

/** What the sheet of shortcuts puts together. */
export type ShortcutGroup = 'everywhere' | 'list' | 'palette' | 'view';

/** Keys of one step. */
export interface Shortcut {
  /** What it does, as the menu bar names it, too. */
  readonly label: string;
  readonly group: ShortcutGroup;
  /** As Electron names keys; any of them will do. */
  readonly keys: readonly string[];
  /** Instead of `keys`, on macOS. */
  readonly macKeys?: readonly string[];
  /** Keys that do the same and are not shown: the same key elsewhere on the keyboard. */
  readonly more?: readonly string[];
}

const withCommand = (key: string) => [`CommandOrControl+${key}`];

/**
 * All shortcuts of the app's window, by the name of their step: the menu bar, the page's handlers and the sheet of shortcuts have them
 * from here. Keys of fields and menus are the system's, and those of quick access are a setting.
 */
export const shortcuts = {
  palette: { label: say('shortcuts.commands'), group: 'everywhere', keys: withCommand('K') },
  'new-item': { label: say('shortcuts.new-item'), group: 'everywhere', keys: withCommand('N') },
  import: { label: say('common.import-dialog'), group: 'everywhere', keys: withCommand('I') },
  find: { label: say('shortcuts.find'), group: 'everywhere', keys: withCommand('F') },
  'open-vault': { label: say('shortcuts.open-vault'), group: 'everywhere', keys: withCommand('O') },
  lock: { label: say('common.lock'), group: 'everywhere', keys: withCommand('L') },
  settings: { label: say('shortcuts.settings'), group: 'everywhere', keys: withCommand(',') },
  guide: { label: say('places.guide'), group: 'everywhere', keys: ['F1'] },
  shortcuts: { label: say('shortcuts.keyboard-shortcuts'), group: 'everywhere', keys: ['?'] },

  'list-move': {
    label: say('shortcuts.move-to-another-item'),
    group: 'list',
    keys: ['Up', 'Down', 'PageUp', 'PageDown', 'Home', 'End'],
  },
  'list-open': { label: say('shortcuts.open-the-item'), group: 'list', keys: ['Enter', 'Space'] },
  'list-extend': {
    label: say('shortcuts.select-all-up-to-another-item'),
    group: 'list',
    keys: ['Shift+Up', 'Shift+Down'],
    more: ['Shift+PageUp', 'Shift+PageDown', 'Shift+Home', 'Shift+End', 'Shift+Enter', 'Shift+Space'],
  },
  'list-tick': {
    label: say('shortcuts.select-one-more-or-no-longer'),
    group: 'list',
    keys: withCommand('Space'),
    more: withCommand('Enter'),
  },
  'list-all': { label: say('shortcuts.select-all'), group: 'list', keys: withCommand('A') },
  'list-end': { label: say('shortcuts.select-none'), group: 'list', keys: ['Escape'] },

  'palette-move': { label: say('shortcuts.move-to-another-line'), group: 'palette', keys: ['Up', 'Down'] },
  'palette-run': { label: say('shortcuts.do-it'), group: 'palette', keys: ['Enter'] },
  'palette-more': { label: say('shortcuts.what-can-be-done-with-the-item'), group: 'palette', keys: ['Right'] },
  'palette-back': { label: say('common.back'), group: 'palette', keys: ['Escape'] },

  'zoom-in': {
    label: say('shortcuts.zoom-in'),
    group: 'view',
    keys: withCommand('Plus'),
    // The same key without Shift, and the one of the number block.
    more: ['CommandOrControl+=', 'CommandOrControl+numadd'],
  },
  'zoom-out': {
    label: say('shortcuts.zoom-out'),
    group: 'view',
    keys: withCommand('-'),
    more: ['CommandOrControl+numsub'],
  },
  'zoom-reset': { label: say('shortcuts.actual-size'), group: 'view', keys: withCommand('0') },
  'full-screen': { label: say('shortcuts.full-screen'), group: 'view', keys: ['F11'], macKeys: ['Control+Command+F'] },
} as const satisfies Record<string, Shortcut>;

/** Name of a step that has keys. */
export type ShortcutName = keyof typeof shortcuts;
