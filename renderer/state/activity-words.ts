import { formatNames } from './export-words';
import { inSentence } from './formats';
import type { ActivityEvent, ExportFormat, KindDescriptor } from './types';

/** What the list can be narrowed to, in the order of the choice; an event of another kind is under `all` alone. */
export const deeds: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'all', label: 'Everything' },
  { value: 'copied', label: 'Copied' },
  { value: 'revealed', label: 'Revealed' },
  { value: 'exported', label: 'Exported' },
  { value: 'imported', label: 'Imported' },
  { value: 'unlocked', label: 'Unlocked' },
];

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
      return joined('Copied', fieldLabel(detail, kind, kinds) ?? formatLabel(detail));
    case 'revealed':
      return joined('Revealed', fieldLabel(detail, kind, kinds));
    case 'exported':
      return joined('Exported', formatLabel(detail));
    case 'imported':
      return recordId === '' ? `Imported ${Number(detail).toLocaleString()} items` : 'Imported';
    case 'unlocked':
      return 'Unlocked the vault';
    default:
      // Noted by a later version.
      return 'Something else';
  }
}

function joined(verb: string, object: string | null): string {
  return object === null ? verb : `${verb} ${object}`;
}

/** A record that is gone has no kind; then any field of that name has the label that it had. */
function fieldLabel(name: string, kind: string | null, kinds: readonly KindDescriptor[]): string | null {
  if (name === codeDetail || name.startsWith(`${codeDetail}.`)) return 'MFA code';
  const fields = kinds.filter((known) => kind === null || known.kind === kind).flatMap((known) => known.fields);
  const label = fields.find((field) => field.name === name)?.label;
  return label === undefined ? null : inSentence(label);
}

function formatLabel(name: string): string | null {
  return Object.hasOwn(formatNames, name) ? formatNames[name as ExportFormat] : null;
}
