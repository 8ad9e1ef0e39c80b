import type { ContextMenuParams } from 'electron';
import { sayFirst } from '../../preload/words/first';

/** What can be done at the place that was clicked. */
type Clicked = Pick<ContextMenuParams, 'isEditable' | 'selectionText'> & {
  readonly editFlags: Pick<ContextMenuParams['editFlags'], 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'>;
};

/** An entry of the menu: what it does, and its text. */
export interface EditEntry {
  readonly action: 'cut' | 'copy' | 'paste' | 'selectAll';
  readonly label: string;
  readonly isEnabled: boolean;
}

/**
 * The entries for a click with the other mouse button: all four in a field, copying for selected text elsewhere, none for the rest.
 * What a password field does not give out can't be copied: Chromium says so in the flags.
 */
export function editEntries({ isEditable, selectionText, editFlags }: Clicked): EditEntry[] {
  const copy = { action: 'copy', label: sayFirst('main-first.copy'), isEnabled: editFlags.canCopy } as const;
  if (!isEditable) return selectionText.trim() !== '' && editFlags.canCopy ? [copy] : [];
  return [
    { action: 'cut', label: sayFirst('main-first.cut'), isEnabled: editFlags.canCut },
    copy,
    { action: 'paste', label: sayFirst('main-first.paste'), isEnabled: editFlags.canPaste },
    { action: 'selectAll', label: sayFirst('main-first.select-all'), isEnabled: editFlags.canSelectAll },
  ];
}
