import { type Page, expect } from '@playwright/test';

/** What has the focus, as a screen reader is told of it. */
interface Focused {
  readonly role: string;
  readonly name: string;
}

const nothing = 'nothing has the focus';
/** More stops than any screen has: whoever presses Tab so often without finding it can't reach it. */
const mostStops = 60;

/** A person without a mouse: everything is reached by Tab and by arrows, and the focus must be seen at each stop. */
export class KeyboardDriver {
  /** The page of the moment. */
  page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Presses keys, one after the other. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types where the focus is. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /**
   * Presses a key until what has the focus has this role and name.
   *
   * @param key - `Shift+Tab` to go back, an arrow to go on inside of a group.
   */
  async reach(role: string, name: string, key = 'Tab'): Promise<void> {
    const stops: string[] = [];
    for (let stop = 0; stop < mostStops; stop++) {
      await this.press(key);
      const fault = await this.page.evaluate(faultOfFocus);
      // Behind the last stop the page itself has it, for one press.
      if (fault === nothing) continue;
      const focused = await this.#focused();
      stops.push(`${focused.role} “${focused.name}”`);
      expect(fault, stops.at(-1)).toBe('');
      if (focused.role === role && focused.name === name) return;
    }
    throw new Error(`${key} never came to ${role} “${name}”, but to: ${stops.join(', ')}`);
  }

  /** Reaches a button by Tab and presses it. */
  async pressButton(name: string, key = 'Tab'): Promise<void> {
    await this.reach('button', name, key);
    await this.press('Enter');
  }

  /** Waits until what has this role and name has the focus, and can be seen to have it. */
  async expectFocus(role: string, name: string): Promise<void> {
    await expect(this.page.locator(':focus')).toHaveCount(1);
    await expect.poll(() => this.#focused()).toEqual({ role, name });
    await expect.poll(() => this.page.evaluate(faultOfFocus)).toBe('');
  }

  async #focused(): Promise<Focused> {
    const [first = ''] = (await this.page.locator(':focus').ariaSnapshot()).split('\n');
    const [, role = '', name = '""'] = /^- '?(\w+)(?: ("(?:[^"\\]|\\.)*"))?/.exec(first) ?? [];
    return { role, name: JSON.parse(name) as string };
  }
}

/** Runs in the page. Says why a person would not see where the focus is; empty if they do. */
function faultOfFocus(): string {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return 'nothing has the focus';
  if (!focused.matches(':focus-visible')) return 'what has the focus does not match :focus-visible';
  const isOutlined = (element: Element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  };
  // The outline of an input may be drawn around the box that it stands in.
  const box = focused.parentElement;
  if (!isOutlined(focused) && (box === null || !isOutlined(box))) return 'no outline is drawn';
  const { top, bottom, left, right } = focused.getBoundingClientRect();
  const isInside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return isInside ? '' : 'what has the focus is outside of the window';
}
