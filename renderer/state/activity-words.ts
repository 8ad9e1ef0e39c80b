import { say } from '../../preload/words/say';
import { formatNames } from './export-words';
import { inSentence } from './formats';
import type { ActivityEvent, ExportFormat, KindDescriptor } from './types';

/** What the list can be narrowed to, in the order of the choice; an event of another kind is under `all` alone. */
export const deeds: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'all', label: say('activity.everything') },
  { value: 'copied', label: say('activity.filter-copied') },
  { value: 'revealed', label: say('activity.revealed') },
  { value: 'exported', label: say('activity.exported') },
  { value: 'imported', label: say('activity.imported') },
  { value: 'unlocked', label: say('activity.unlocked') },
];

/** Each deed without and with what it was done to. */
const bare = {
  copied: 'activity.filter-copied',
  revealed: 'activity.revealed',
  exported: 'activity.exported',
} as const;
const withObject = {
  copied: 'activity.copied-it',
  revealed: 'activity.revealed-it',
  exported: 'activity.exported-it',
} as const;

/** What was taken out of Coffer that is no record, by its detail. */
const ofTheVault = {
  'vault-copy': say('activity.saved-a-copy-of-the-vault'),
  'sheet-print': say('activity.printed-the-recovery-sheet'),
  'sheet-pdf': say('activity.saved-the-recovery-sheet'),
} as const;

/** Of the copy of an MFA code: its detail is this, or begins with this and a full stop. */
const codeDetail = 'code';

/**
 * What was done, in plain words, without the record's title.
 *
 * @param event - As it was noted.
 * @param kind - Of its record; null if that is gone.
 * @param kinds - That there are.
 */
export function wordsOf(
  { what, recordId, detail }: ActivityEvent,
  kind: string | null,
  kinds: readonly KindDescriptor[],
): string {
  switch (what) {
    case 'copied':
      return wordsWith('copied', fieldLabel(detail, kind, kinds) ?? formatLabel(detail));
    case 'revealed':
      return wordsWith('revealed', fieldLabel(detail, kind, kinds));
    case 'exported':
      return recordId === '' && Object.hasOwn(ofTheVault, detail)
        ? ofTheVault[detail as keyof typeof ofTheVault]
        : wordsWith('exported', formatLabel(detail));
    case 'imported':
      return recordId === '' ? say('activity.imported-some', { count: Number(detail) }) : say('activity.imported');
    case 'unlocked':
      return detail === 'made' ? say('activity.made-the-vault') : say('activity.unlocked-the-vault');
    default:
      // Noted by a later version.
      return say('activity.something-else');
  }
}

function wordsWith(deed: keyof typeof bare, what: string | null): string {
  return what === null ? say(bare[deed]) : say(withObject[deed], { what });
}

/** A record that is gone has no kind; then any field of that name has the label that it had. */
function fieldLabel(name: string, kind: string | null, kinds: readonly KindDescriptor[]): string | null {
  if (name === codeDetail || name.startsWith(`${codeDetail}.`)) return say('activity.mfa-code');
  const fields = kinds.filter((known) => kind === null || known.kind === kind).flatMap((known) => known.fields);
  const label = fields.find((field) => field.name === name)?.label;
  return label === undefined ? null : inSentence(label);
}

function formatLabel(name: string): string | null {
  return Object.hasOwn(formatNames, name) ? formatNames[name as ExportFormat] : null;
}
