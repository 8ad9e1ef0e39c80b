import type { MenuItemConstructorOptions as Item } from 'electron';
import { describe, expect, test } from 'vitest';
import { editEntries } from '../../main/desktop/edit-entries';
import { zoomAfter } from '../../main/desktop/manners';
import { type MenuSource, menuTemplate } from '../../main/desktop/menu-template';
import { eventNames } from '../../preload/channels';
import { type Shortcut, shortcuts } from '../../preload/shortcuts';

function setUp(changes: Partial<MenuSource> = {}) {
  const done: string[] = [];
  const source: MenuSource = {
    platform: 'linux',
    isUnlocked: true,
    recent: [{ label: 'R&D', open: () => done.push('open') }],
    tell: (event) => done.push(event),
    lock: () => done.push('lock'),
    zoom: (step) => done.push(`zoom ${step}`),
    ...changes,
  };
  const menus = menuTemplate(source);
  const flat = (items: readonly Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
  const all = flat(menus);
  const click = (item: Item) => (item.click as (() => void) | undefined)?.();
  const named = (label: string) => all.find((item) => item.label === label);
  return { done, menus, all, click, named };
}

const platforms = ['darwin', 'linux', 'win32'] as const;

describe('the menu bar', () => {
  test('has the menus that each platform expects', () => {
    const titles = (platform: NodeJS.Platform) =>
      setUp({ platform }).menus.map(({ label, role }) => label?.replace('&', '') ?? role);
    expect(titles('darwin')).toEqual(['Coffer', 'File', 'Edit', 'View', 'windowMenu', 'help']);
    expect(titles('linux')).toEqual(['File', 'Edit', 'View', 'Help']);
    expect(titles('win32')).toEqual(titles('linux'));
  });

  test.each(platforms)('on %s has settings, quitting and About once, and nothing for developers', (platform) => {
    const { all } = setUp({ platform });
    const shown = all.filter(({ visible }) => visible !== false);
    for (const wanted of ['Settings…', 'About Coffer']) {
      expect(shown.filter(({ label }) => label === wanted)).toHaveLength(1);
    }
    expect(shown.filter(({ role }) => role === 'quit')).toHaveLength(1);
    const text = JSON.stringify(all).toLowerCase();
    expect(text).not.toMatch(/devtools|reload|inspect/);
    const keys = shown.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('takes steps by messages that the bridge knows, and all of them', () => {
    const { all, click, done } = setUp();
    for (const item of all) click(item);
    const sent = done.filter((step) => step.startsWith('menu:'));
    expect([...sent].sort()).toEqual(eventNames.filter((name) => name.startsWith('menu:')).sort());
    expect(done).toEqual(expect.arrayContaining(['open', 'lock', 'zoom in', 'zoom out', 'zoom reset']));
  });

  test('is grey for what needs an open vault', () => {
    const { named } = setUp({ isUnlocked: false, recent: [] });
    for (const label of ['New item', 'Import…', 'Lock', 'Settings…', 'Find', 'Commands…', 'Guide', 'Open recent']) {
      expect(named(label)?.enabled, label).toBe(false);
    }
    for (const label of ['Open vault…', 'Help']) expect(named(label)?.enabled, label).not.toBe(false);
  });

  test.each(platforms)('on %s has the keys of the table of shortcuts, and no others', (platform) => {
    const { all } = setUp({ platform });
    const known = Object.values(shortcuts).flatMap((shortcut) => {
      const { keys, macKeys, more = [] }: Shortcut = shortcut;
      return [...(platform === 'darwin' ? (macKeys ?? keys) : keys), ...more];
    });
    const used = all.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]));
    expect(used.filter((keys) => !known.includes(keys))).toEqual([]);
    expect(used).toEqual(expect.arrayContaining(['CommandOrControl+K', 'F1', 'CommandOrControl+Plus']));
    // A character must stay one that can be typed.
    expect(used).not.toContain('?');
    expect(all.find(({ label }) => label === 'Keyboard shortcuts')?.accelerator).toBeUndefined();
  });

  test('names files as they are called', () => {
    expect(setUp().named('R&&D')).toBeDefined();
  });
});

describe('the menu of a field', () => {
  const flags = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true };
  const labels = (clicked: Parameters<typeof editEntries>[0]) =>
    editEntries(clicked).map(({ label, isEnabled }) => (isEnabled ? label : `(${label})`));

  test('offers all four, grey where they do nothing', () => {
    expect(labels({ isEditable: true, selectionText: '', editFlags: flags })).toEqual([
      ...['Cut', 'Copy', 'Paste', 'Select all'],
    ]);
    const ofPassword = { ...flags, canCut: false, canCopy: false };
    expect(labels({ isEditable: true, selectionText: 'x', editFlags: ofPassword })).toEqual([
      ...['(Cut)', '(Copy)', 'Paste', 'Select all'],
    ]);
  });

  test('elsewhere copies what is selected, and is not there otherwise', () => {
    expect(labels({ isEditable: false, selectionText: 'fingerprint', editFlags: flags })).toEqual(['Copy']);
    expect(labels({ isEditable: false, selectionText: ' ', editFlags: flags })).toEqual([]);
    expect(labels({ isEditable: false, selectionText: 'x', editFlags: { ...flags, canCopy: false } })).toEqual([]);
  });
});

test('zooming goes in steps from 50 to 300 percent and back to 100', () => {
  const steps = (from: number, step: 'in' | 'out') => {
    const all = [from];
    for (let n = 0; n < 20; n++) all.push(zoomAfter(all.at(-1)!, step));
    return [...new Set(all)];
  };
  expect(steps(100, 'in')).toEqual([100, 110, 125, 150, 175, 200, 250, 300]);
  expect(steps(100, 'out')).toEqual([100, 90, 80, 75, 67, 50]);
  expect(zoomAfter(113, 'in')).toBe(125);
  expect(zoomAfter(113, 'out')).toBe(110);
  expect(zoomAfter(113, 'reset')).toBe(100);
});
