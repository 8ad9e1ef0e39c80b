import { type ContextMenuParams, Menu, type WebContents } from 'electron';

/** What can be done at the place that was clicked. */
type Clicked = Pick<ContextMenuParams, 'isEditable' | 'selectionText'> & {
  readonly editFlags: Pick<ContextMenuParams['editFlags'], 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'>;
};

/** An entry of the menu: what it does, and its text. */
interface Entry {
  readonly action: 'cut' | 'copy' | 'paste' | 'selectAll';
  readonly label: string;
  readonly isEnabled: boolean;
}

/**
 * The entries for a click with the other mouse button: all four in a field, copying for selected text elsewhere, none for the rest.
 * What a password field does not give out can't be copied: Chromium says so in the flags.
 */
export function editEntries({ isEditable, selectionText, editFlags }: Clicked): Entry[] {
  const copy = { action: 'copy', label: 'Copy', isEnabled: editFlags.canCopy } as const;
  if (!isEditable) return selectionText.trim() !== '' && editFlags.canCopy ? [copy] : [];
  return [
    { action: 'cut', label: 'Cut', isEnabled: editFlags.canCut },
    copy,
    { action: 'paste', label: 'Paste', isEnabled: editFlags.canPaste },
    { action: 'selectAll', label: 'Select all', isEnabled: editFlags.canSelectAll },
  ];
}

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
