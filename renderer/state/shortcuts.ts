import { say } from '../../preload/words/say';
import { type Shortcut, type ShortcutGroup, type ShortcutName, shortcuts } from '../../preload/shortcuts';

/** What is looked at of a key press. */
type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** A line of the sheet of shortcuts. */
export interface ShortcutLine {
  readonly name: string;
  readonly label: string;
  /** Each as a keyboard of this system names it. */
  readonly keys: readonly string[];
}

/** Keys that the page and Electron name in two ways. */
const pageNames: Readonly<Record<string, string>> = {
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Space: ' ',
  Plus: '+',
};
const shownNames: Readonly<Record<string, string>> = {
  ...{ Up: '↑', Down: '↓', Left: '←', Right: '→', Plus: '+', PageUp: 'Page Up', PageDown: 'Page Down' },
  ...{ Escape: 'Esc', '-': '−' },
};
const macModifiers: Readonly<Record<string, string>> = {
  ...{ Control: '⌃', Alt: '⌥', Shift: '⇧', Command: '⌘', CommandOrControl: '⌘', Super: '⌘' },
};
const modifierOrder = ['Control', 'CommandOrControl', 'Super', 'Alt', 'Shift', 'Command'];
const macModifierOrder = ['Control', 'Alt', 'Shift', 'Super', 'CommandOrControl', 'Command'];
const groups = {
  everywhere: say('shortcuts.everywhere'),
  list: say('shortcuts.list'),
  palette: say('shortcuts.command-palette'),
  view: say('shortcuts.view'),
} as const satisfies Readonly<Record<ShortcutGroup, string>>;

/** Whether this is a Mac, as the browser engine says. */
function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}

/**
 * Finds the step that a key press is for.
 *
 * @param event - Of the key.
 * @param names - Steps that are looked for.
 * @param onMac - Whether this is a Mac.
 * @returns Null if it is for none of them.
 */
export function stepOf<Name extends ShortcutName>(
  event: Pressed,
  names: readonly Name[],
  onMac = isMac(),
): Name | null {
  return (
    names.find((name) => [...keysOf(name, onMac), ...moreOf(name)].some((keys) => isFor(event, keys, onMac))) ?? null
  );
}

/**
 * The first keys of a step, for a tooltip.
 *
 * @param name - Of the step.
 * @param onMac - Whether this is a Mac.
 * @returns Such as `Ctrl+K`, or `⌘K` on a Mac.
 */
export function keysText(name: ShortcutName, onMac = isMac()): string {
  return acceleratorText(keysOf(name, onMac)[0] ?? '', onMac);
}

/**
 * Keys as a keyboard names them.
 *
 * @param accelerator - As Electron names them.
 * @param onMac - Whether this is a Mac.
 */
export function acceleratorText(accelerator: string, onMac = isMac()): string {
  const { held, key } = partsOf(accelerator);
  const order = onMac ? macModifierOrder : modifierOrder;
  const sorted = [...held].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const shown = shownNames[key] ?? key;
  if (onMac) return [...sorted.map((name) => macModifiers[name] ?? name), shown].join('');
  return [...sorted.map((name) => (name === 'CommandOrControl' || name === 'Control' ? 'Ctrl' : name)), shown].join(
    '+',
  );
}

/**
 * All shortcuts, as the sheet shows them.
 *
 * @param quickAccessKeys - As Electron names them; empty for none.
 * @param onMac - Whether this is a Mac.
 */
export function shortcutSheet(
  quickAccessKeys: string,
  onMac = isMac(),
): readonly { readonly group: ShortcutGroup; readonly name: string; readonly lines: readonly ShortcutLine[] }[] {
  const names = Object.keys(shortcuts) as ShortcutName[];
  const quickAccess = { name: 'quick-access', label: say('shortcuts.quick-access-from-any-program') };
  return (Object.keys(groups) as ShortcutGroup[]).map((group) => {
    const lines: ShortcutLine[] = names
      .filter((name) => shortcuts[name].group === group)
      .map((name) => ({
        name,
        label: shortcuts[name].label.replace('…', ''),
        keys: keysOf(name, onMac).map((keys) => acceleratorText(keys, onMac)),
      }));
    if (group === 'everywhere' && quickAccessKeys !== '')
      lines.push({ ...quickAccess, keys: [acceleratorText(quickAccessKeys, onMac)] });
    return { group, name: groups[group], lines };
  });
}

/** Whether keys that are typed there make text. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

function keysOf(name: ShortcutName, onMac: boolean): readonly string[] {
  const { keys, macKeys }: Shortcut = shortcuts[name];
  return onMac ? (macKeys ?? keys) : keys;
}

function moreOf(name: ShortcutName): readonly string[] {
  const { more = [] }: Shortcut = shortcuts[name];
  return more;
}

function partsOf(accelerator: string): { readonly held: readonly string[]; readonly key: string } {
  const parts = accelerator.split('+');
  return { held: parts.slice(0, -1), key: parts.at(-1) ?? '' };
}

function isFor(event: Pressed, accelerator: string, onMac: boolean): boolean {
  const { held, key } = partsOf(accelerator);
  const isHeld = (...names: readonly string[]) => names.some((name) => held.includes(name));
  const wantsControl = isHeld('Control') || (!onMac && isHeld('CommandOrControl'));
  const wantsMeta = isHeld('Command', 'Super') || (onMac && isHeld('CommandOrControl'));
  if (event.ctrlKey !== wantsControl || event.metaKey !== wantsMeta || event.altKey !== isHeld('Alt')) return false;
  // Where such a character stands, and whether with Shift, differs from keyboard to keyboard.
  const isSign = /^[^A-Za-z0-9]$/.test(key) || key === 'Plus';
  if (!isSign && event.shiftKey !== isHeld('Shift')) return false;
  const wanted = pageNames[key] ?? key;
  // On a keyboard of another script the letter is told by its place.
  const isOtherScript = /^[^ -~]$/u.test(event.key) && /^[A-Z]$/.test(key);
  return isOtherScript ? event.code === `Key${key}` : event.key.toLowerCase() === wanted.toLowerCase();
}
