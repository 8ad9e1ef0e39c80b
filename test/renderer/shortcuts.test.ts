import { describe, expect, test } from 'vitest';
import { type ShortcutName, shortcuts } from '../../preload/shortcuts';
import { acceleratorText, keysText, shortcutSheet, stepOf } from '../../renderer/state/shortcuts';

const names = Object.keys(shortcuts) as ShortcutName[];
const none = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const pressed = (key: string, held: Partial<typeof none> = {}) => ({ ...none, key, ...held });
const ctrl = { ctrlKey: true };
const meta = { metaKey: true };

describe('a key press', () => {
  test.each<[string, Partial<typeof none>, ShortcutName | null]>([
    ['k', ctrl, 'palette'],
    ['K', ctrl, 'palette'],
    ['k', meta, null],
    ['k', { ...ctrl, altKey: true }, null],
    ['k', { ...ctrl, shiftKey: true }, null],
    ['k', {}, null],
    ['л', { ...ctrl, code: 'KeyK' }, 'palette'],
    ['л', { ...ctrl, code: 'KeyL' }, 'lock'],
    [',', ctrl, 'settings'],
    ['F1', {}, 'guide'],
    ['?', { shiftKey: true }, 'shortcuts'],
    ['?', {}, 'shortcuts'],
    ['?', ctrl, null],
    ['ArrowDown', {}, 'list-move'],
    ['ArrowDown', { shiftKey: true }, 'list-extend'],
    ['End', { shiftKey: true }, 'list-extend'],
    [' ', {}, 'list-open'],
    ['Enter', ctrl, 'list-tick'],
    ['a', ctrl, 'list-all'],
    ['Escape', {}, 'list-end'],
    ['+', { ...ctrl, shiftKey: true }, 'zoom-in'],
    ['x', ctrl, null],
  ])('%s %j on a PC is for %s', (key, held, name) => {
    expect(stepOf(pressed(key, held), names, false)).toBe(name);
  });

  test('on a Mac has Command where others have Ctrl', () => {
    expect(stepOf(pressed('k', meta), names, true)).toBe('palette');
    expect(stepOf(pressed('k', ctrl), names, true)).toBeNull();
    expect(stepOf(pressed('f', { ...meta, ...ctrl }), names, true)).toBe('full-screen');
  });

  test('is for none but the steps that are looked for', () => {
    expect(stepOf(pressed('Enter'), ['palette-run'], false)).toBe('palette-run');
    expect(stepOf(pressed('Enter'), ['palette-more'], false)).toBeNull();
  });
});

describe('keys by name', () => {
  test('are those of the system', () => {
    expect([keysText('palette', false), keysText('palette', true)]).toEqual(['Ctrl+K', '⌘K']);
    expect([keysText('full-screen', false), keysText('full-screen', true)]).toEqual(['F11', '⌃⌘F']);
    expect([acceleratorText('Shift+CommandOrControl+Space', false), acceleratorText('Alt+Shift+Up', true)]).toEqual([
      ...['Ctrl+Shift+Space', '⌥⇧↑'],
    ]);
  });
});

describe('the sheet', () => {
  test('has a line for each shortcut, and one for quick access if that has keys', () => {
    const lines = (quickAccessKeys: string) => shortcutSheet(quickAccessKeys, false).flatMap((group) => group.lines);
    expect(
      lines('')
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
    expect(lines('CommandOrControl+Shift+Space').find(({ name }) => name === 'quick-access')?.keys).toEqual([
      'Ctrl+Shift+Space',
    ]);
    expect(lines('').map(({ label }) => label)).not.toContain(expect.stringContaining('…'));
  });

  test('no two steps of one place have the same keys', () => {
    for (const group of ['everywhere', 'list', 'palette'] as const) {
      const keys = names.filter((name) => shortcuts[name].group === group).flatMap((name) => shortcuts[name].keys);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
