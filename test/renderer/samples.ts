import type { FieldDescriptor, RecordDetail, RecordSummary } from '../../renderer/state/types';

/** A record's id made from a number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(32, '0');
}

/** A row of the list. */
export function sampleRow(number: number, changes: Partial<RecordSummary> = {}): RecordSummary {
  return {
    id: idOf(number),
    kind: 'key-pair',
    title: `Key ${number}`,
    subtitle: 'RSA 2048',
    tags: [],
    isFavourite: false,
    updatedAtMs: 1_700_000_000_000,
    trashedAtMs: null,
    ...changes,
  };
}

/** A record as the bridge gives it. */
export function sampleDetail(number: number, changes: Partial<RecordDetail> = {}): RecordDetail {
  return {
    ...sampleRow(number),
    createdAtMs: 1_600_000_000_000,
    values: { keyName: 'web', region: 'eu-west-1', comment: 'deploy@web', notes: 'first\nsecond' },
    exports: [
      { format: 'pkcs1', label: 'PKCS#1', note: '', fileName: 'web.pem', isPrivate: true, takesComment: false },
      { format: 'public', label: 'Public key', note: '', fileName: 'web.pub', isPrivate: false, takesComment: true },
    ],
    remarks: [],
    ...changes,
  };
}

/** Fields of a kind: two that can be edited, one that cannot, a secret, and notes. */
export const sampleFields: readonly FieldDescriptor[] = [
  field('keyName', { isEditable: true, isCopyable: true }),
  field('region', { isEditable: true }),
  field('publicKey', { type: 'code', isCopyable: true }),
  field('privateKey', { type: 'code', isSecret: true }),
  field('notes', { type: 'multiline', isEditable: true }),
];

function field(name: string, changes: Partial<FieldDescriptor>): FieldDescriptor {
  const flags = { isSecret: false, isEditable: false, isCopyable: false };
  return { name, label: name, help: '', type: 'text', maxLength: 255, choices: [], ...flags, ...changes };
}
