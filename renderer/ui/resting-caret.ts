/** As long as the caret of GTK's own fields blinks. */
const restAfterMs = 10_000;
const signsOfUse = ['keydown', 'pointermove', 'pointerdown', 'focusin', 'focus'] as const;

/**
 * An attachment for a form that may stand there all night: the caret of its empty password field blinks no more after ten seconds without
 * use, and again with the first sign of it. Chromium draws a blinking caret twice a second and has no switch for it; so meanwhile the field
 * has `data-resting`, for which PasswordField.svelte draws a caret that stands. The focus stays where it is, and no key is lost.
 *
 * @param form - With the fields.
 * @returns Ends it, as the form goes.
 */
export function restsItsCaret(form: HTMLElement): () => void {
  let resting: HTMLInputElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const rest = (): void => {
    const field = document.activeElement;
    // In a window without the focus no caret blinks.
    if (!document.hasFocus()) return;
    if (!(field instanceof HTMLInputElement) || !form.contains(field) || field.value !== '') return;
    resting = field;
    field.dataset['resting'] = '';
  };
  const wake = (): void => {
    clearTimeout(timer);
    if (resting !== null) delete resting.dataset['resting'];
    resting = null;
  };
  const use = (): void => {
    wake();
    timer = setTimeout(rest, restAfterMs);
  };

  for (const sign of signsOfUse) window.addEventListener(sign, use, { capture: true, passive: true });
  form.addEventListener('input', use);
  use();
  return () => {
    wake();
    for (const sign of signsOfUse) window.removeEventListener(sign, use, { capture: true });
    form.removeEventListener('input', use);
  };
}
