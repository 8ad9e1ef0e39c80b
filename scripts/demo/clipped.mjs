/** Text of the app that cannot be read whole. */
import { pseudoMarks } from '../lib/pseudo.ts';

/**
 * @param {import('@playwright/test').Page} page - Of an app in the pseudo-language.
 * @returns {Promise<{ clipped: string[], plain: string[] }>} Messages that something cuts off, and what stands there in no message: names of the
 *   user's own, and what is not translated.
 */
export async function clippedOn(page) {
  return page.evaluate(([begin, end]) => {
    const tolerancePx = 1.5;
    const isHidden = (style) => style === 'hidden' || style === 'clip';
    const isSeen = (element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest('.visually-hidden, [aria-hidden="true"]') === null;
    /** The nearest edges that cut: those of whatever around it hides what goes over, and of a button that holds it. */
    const cutsOff = (element, text) => {
      for (let around = element; around !== null && around !== document.body; around = around.parentElement) {
        const { overflowX, overflowY, position, display } = getComputedStyle(around);
        if (display === 'contents') continue;
        const box = around.getBoundingClientRect();
        if (box.width <= 1 || box.height <= 1) return false;
        const holds = around.matches('button, [role="option"], [role="menuitem"], th, td');
        const isOver = text.right > box.right + tolerancePx || text.left < box.left - tolerancePx;
        const isBelow = text.bottom > box.bottom + tolerancePx || text.top < box.top - tolerancePx;
        if (isOver && (isHidden(overflowX) || holds)) return true;
        if (isBelow && (isHidden(overflowY) || holds)) return true;
        // What scrolls can be reached; what is behind it is not looked for.
        if (['auto', 'scroll'].includes(overflowY) || ['auto', 'scroll'].includes(overflowX)) {
          return overflowX !== 'auto' && overflowX !== 'scroll' && isOver;
        }
        if (position === 'fixed') break;
      }
      return text.right > innerWidth + tolerancePx || text.left < -tolerancePx;
    };
    const clipped = new Set();
    const plain = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent.trim();
      if (!/\p{L}{2}/u.test(text) || element === null || element.closest('script, style') || !isSeen(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const isMessage = text.includes(begin) || text.includes(end) || /[áéíóúñšžłţð]{2}/.test(text);
      if (!isMessage) plain.add(text);
      else if (cutsOff(element, range.getBoundingClientRect())) clipped.add(text);
    }
    return { clipped: [...clipped], plain: [...plain] };
  }, pseudoMarks);
}
