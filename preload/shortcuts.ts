/** What the sheet of shortcuts puts together. */
export type ShortcutGroup = 'Everywhere' | 'List' | 'Command palette' | 'View';

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
  palette: { label: 'Commands…', group: 'Everywhere', keys: withCommand('K') },
  'new-item': { label: 'New item', group: 'Everywhere', keys: withCommand('N') },
  import: { label: 'Import…', group: 'Everywhere', keys: withCommand('I') },
  find: { label: 'Find', group: 'Everywhere', keys: withCommand('F') },
  'open-vault': { label: 'Open vault…', group: 'Everywhere', keys: withCommand('O') },
  lock: { label: 'Lock', group: 'Everywhere', keys: withCommand('L') },
  settings: { label: 'Settings…', group: 'Everywhere', keys: withCommand(',') },
  guide: { label: 'Guide', group: 'Everywhere', keys: ['F1'] },
  shortcuts: { label: 'Keyboard shortcuts', group: 'Everywhere', keys: ['?'] },

  'list-move': {
    label: 'Move to another item',
    group: 'List',
    keys: ['Up', 'Down', 'PageUp', 'PageDown', 'Home', 'End'],
  },
  'list-open': { label: 'Open the item', group: 'List', keys: ['Enter', 'Space'] },
  'list-extend': {
    label: 'Select all up to another item',
    group: 'List',
    keys: ['Shift+Up', 'Shift+Down'],
    more: ['Shift+PageUp', 'Shift+PageDown', 'Shift+Home', 'Shift+End', 'Shift+Enter', 'Shift+Space'],
  },
  'list-tick': {
    label: 'Select one more, or no longer',
    group: 'List',
    keys: withCommand('Space'),
    more: withCommand('Enter'),
  },
  'list-all': { label: 'Select all', group: 'List', keys: withCommand('A') },
  'list-end': { label: 'Select none', group: 'List', keys: ['Escape'] },

  'palette-move': { label: 'Move to another line', group: 'Command palette', keys: ['Up', 'Down'] },
  'palette-run': { label: 'Do it', group: 'Command palette', keys: ['Enter'] },
  'palette-more': { label: 'What can be done with the item', group: 'Command palette', keys: ['Right'] },
  'palette-back': { label: 'Back', group: 'Command palette', keys: ['Escape'] },

  'zoom-in': {
    label: 'Zoom in',
    group: 'View',
    keys: withCommand('Plus'),
    // The same key without Shift, and the one of the number block.
    more: ['CommandOrControl+=', 'CommandOrControl+numadd'],
  },
  'zoom-out': {
    label: 'Zoom out',
    group: 'View',
    keys: withCommand('-'),
    more: ['CommandOrControl+numsub'],
  },
  'zoom-reset': { label: 'Actual size', group: 'View', keys: withCommand('0') },
  'full-screen': { label: 'Full screen', group: 'View', keys: ['F11'], macKeys: ['Control+Command+F'] },
} as const satisfies Record<string, Shortcut>;

/** Name of a step that has keys. */
export type ShortcutName = keyof typeof shortcuts;
