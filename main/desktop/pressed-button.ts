import type { InputEvent } from 'electron';

/**
 * Whether the left mouse button is held down, after an event of a page. Each event of the mouse says anew which buttons are: a release that
 * went elsewhere, as to a menu of the system's, is made up for by the next one.
 *
 * @param isPressed - Whether it was before.
 */
export function isPressedAfter({ type, modifiers }: InputEvent, isPressed: boolean): boolean {
  if (!type.startsWith('mouse')) return isPressed;
  // That of a release still names the button that was let go.
  return type !== 'mouseUp' && modifiers?.includes('leftbuttondown') === true;
}
