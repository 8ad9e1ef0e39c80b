import { Menu, type WebContents } from 'electron';
import { editEntries } from './edit-entries';

/** Gives a page the menu that text fields have everywhere; Electron has none of itself. */
export function offerEditMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, params) => {
    const entries = editEntries(params);
    if (entries.length === 0) return;
    const template = entries.map(({ action, label, isEnabled }) => ({
      label,
      enabled: isEnabled,
      click: () => contents[action](),
    }));
    // Without a window it opens in the one that has the focus, which is the one that was clicked.
    Menu.buildFromTemplate(template).popup();
  });
}
