const inFront = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Whether a dialog or a menu is open: what is behind it takes no keys. */
export function isDialogOpen(): boolean {
  return document.querySelector(inFront) !== null;
}
