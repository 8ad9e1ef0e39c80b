/** Attributes that stand for a state which only one element of a page can be in, or only a setting of the system can bring about. */
const stand = [
  [':focus-within', ':has([data-focused])'],
  [':focus-visible', '[data-focused]'],
  [':hover', '[data-hovered]'],
] as const;

/**
 * Gives every rule for focus and hover a twin for `[data-focused]` and `[data-hovered]`, so that a page can show these states beside
 * each other. Called once, when the page's styles are there.
 */
export function addTwins(): void {
  for (const sheet of document.styleSheets) {
    // From the end: twins move what comes behind them.
    for (let at = sheet.cssRules.length - 1; at >= 0; at--) {
      const rule = sheet.cssRules[at];
      if (!(rule instanceof CSSStyleRule) || rule.selectorText.includes(':not(:focus-visible)')) continue;
      const twin = stand.reduce((text, [state, attribute]) => text.replaceAll(state, attribute), rule.selectorText);
      if (twin !== rule.selectorText) sheet.insertRule(`${twin} { ${rule.style.cssText} }`, at + 1);
    }
  }
}

/**
 * Shows what the system's wish for more contrast brings about.
 *
 * @param isOn - False to follow the system again.
 */
export function forceContrast(isOn: boolean): void {
  const wish = '(prefers-contrast: more)';
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      if (isOn && rule.conditionText === wish) rule.media.mediaText = `${wish}, all`;
      else if (!isOn && rule.conditionText === `${wish}, all`) rule.media.mediaText = wish;
    }
  }
}
