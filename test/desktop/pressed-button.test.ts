import type { InputEvent } from 'electron';
import { expect, test } from 'vitest';
import { isPressedAfter } from '../../main/desktop/pressed-button';

const left = 'leftbuttondown';
const right = 'rightbuttondown';

/** What is held after each event, as Electron 33 tells of a real mouse. */
function held(...events: readonly [InputEvent['type'], ...NonNullable<InputEvent['modifiers']>][]): boolean[] {
  let isPressed = false;
  return events.map(([type, ...modifiers]) => (isPressed = isPressedAfter({ type, modifiers }, isPressed)));
}

test('the left button is held from its press to its release, whatever is typed meanwhile', () => {
  const events = held(['mouseMove'], ['mouseDown', left], ['mouseMove', left], ['keyDown', 'shift'], ['mouseUp', left]);
  expect(events).toEqual([false, true, true, true, false]);
});

test('another button is not the left one', () => {
  expect(held(['mouseDown', right], ['mouseMove', right], ['mouseUp', right])).toEqual([false, false, false]);
  expect(held(['mouseDown', left], ['mouseDown', left, right], ['mouseUp', left, right], ['mouseMove', left])).toEqual([
    ...[true, true, false, true],
  ]);
});

test('a release that the page never saw, as over a menu, is made up for by the next move', () => {
  expect(held(['mouseDown', left], ['mouseMove'], ['keyDown'])).toEqual([true, false, false]);
  expect(held(['mouseDown', left], ['mouseLeave'])).toEqual([true, false]);
});
