/** For what is in front: where the focus stood before it, nearest first. */
const placesBefore = new WeakMap<Element, readonly HTMLElement[]>();
const inFront = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/**
 * Notes where the focus is, for something that is about to be put in front. A menu is gone by the time that the focus is to go
 * back, and so may be a dialog: then it is the menu's button, or where the focus was before that dialog.
 *
 * @returns Places to try, nearest first; for {@link focusAnyOf}.
 */
export function placesOfFocus(): readonly HTMLElement[] {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return [];
  const front = focused.closest(inFront);
  const opener = document.getElementById(front?.getAttribute('aria-labelledby') ?? '');
  const isMenu = front?.role === 'menu';
  return [focused, ...(isMenu && opener !== null ? [opener] : []), ...(front ? (placesBefore.get(front) ?? []) : [])];
}

/**
 * Keeps the places for what may be opened from there.
 *
 * @param front - The dialog.
 * @param places - From {@link placesOfFocus}, when it was opened.
 */
export function keepPlaces(front: Element, places: readonly HTMLElement[]): void {
  placesBefore.set(front, places);
}

/**
 * Gives the focus to the nearest place that is still there.
 *
 * @param places - From {@link placesOfFocus}.
 * @returns False if none of them is.
 */
export function focusAnyOf(places: readonly HTMLElement[]): boolean {
  return places.some((place) => {
    place.focus({ preventScroll: true });
    return document.activeElement === place;
  });
}

/**
 * An attachment for what may go away while the focus is on it: the focus goes back to where it was before.
 *
 * @param element - A row, a bar or a message.
 * @returns Ends it, as the element goes.
 */
export function givesFocusBack(element: HTMLElement): () => void {
  let before = document.activeElement;
  let isInside = false;
  const follow = ({ target }: FocusEvent) => {
    isInside = target instanceof Node && element.contains(target);
    if (!isInside && target instanceof HTMLElement) before = target;
  };
  document.addEventListener('focusin', follow);
  return () => {
    document.removeEventListener('focusin', follow);
    const isLost = document.activeElement === document.body || element.contains(document.activeElement);
    if (isInside && isLost && before instanceof HTMLElement) before.focus();
  };
}
