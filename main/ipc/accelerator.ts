import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

const modifiers = new Map(
  Object.entries({
    ctrl: 'Control',
    control: 'Control',
    cmd: 'Command',
    command: 'Command',
    commandorcontrol: 'CommandOrControl',
    cmdorctrl: 'CommandOrControl',
    alt: 'Alt',
    option: 'Alt',
    shift: 'Shift',
    super: 'Super',
    meta: 'Super',
  }),
);
const namedKeys = ['Space', 'Tab', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'Up', 'Down', 'Left', 'Right'];

/**
 * Reads keys for a shortcut that works everywhere.
 *
 * @param typed - Such as `ctrl + shift + k`; empty for none.
 * @returns As Electron names them: modifiers in front, each once.
 * @throws CofferError `bad-request` for what is no such keys: without Ctrl, Alt, Super or Command a key would be lost to all other programs.
 */
export function readAccelerator(typed: string): string {
  if (typed.trim() === '') return '';
  const parts = typed.split('+').map((part) => part.trim());
  const held = parts.slice(0, -1).map((part) => modifiers.get(part.toLowerCase()));
  const key = keyOf(parts.at(-1) ?? '');
  const isHeld = held.some((name) => name !== undefined && name !== 'Shift');
  if (key === null || !isHeld || held.includes(undefined)) {
    throw new CofferError('bad-request', say('main-records.keys-expected-ctrl-alt-super-or-command-with'));
  }
  return [...new Set(held), key].join('+');
}

function keyOf(typed: string): string | null {
  if (/^([a-z0-9]|f([1-9]|1[0-2]))$/i.test(typed)) return typed.toUpperCase();
  return namedKeys.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? null;
}
