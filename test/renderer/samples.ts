import type {
  ExportOption,
  AppStatus,
  Factor,
  FieldDescriptor,
  LockedWay,
  RecordDetail,
  RecordSummary,
  WayRow,
  WaysOverview,
} from '../../renderer/state/types';

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
      sampleOption({ format: 'pkcs1', label: 'PKCS#1', fileName: 'web.pem', isPrivate: true, passphrase: 'optional' }),
      sampleOption({ format: 'public', label: 'Public key', fileName: 'web.pub', takesComment: true }),
    ],
    drags: [
      { format: 'pkcs1', label: 'PKCS#1', fileNames: ['web.pem'], isPrivate: true },
      { format: 'public', label: 'Public key', fileNames: ['web.pub'], isPrivate: false },
    ],
    remarks: [],
    secrets: ['privateKey'],
    links: [],
    linkedFrom: [],
    linkedFromTotal: 0,
    sameAs: [],
    versions: [],
    ...changes,
  };
}

/** A way to export, with what is usual filled in. */
function sampleOption(changes: Partial<ExportOption> & Pick<ExportOption, 'format'>): ExportOption {
  return {
    ...{ label: '', note: '', fileName: 'file', isPrivate: false, takesComment: false, passphrase: 'none' },
    ...{ destinations: ['dialog', 'ssh-folder'], fields: [] },
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

/** What the app says while a vault is chosen and locked. */
export function sampleStatus(changes: Partial<AppStatus> = {}): AppStatus {
  return {
    state: 'locked',
    restoring: null,
    vaultName: 'Work',
    vaultFolder: '/home/me',
    otherVaults: 0,
    theme: 'dark',
    isEvaluationRuntime: false,
    versions: { coffer: '0.1.0', electron: '45.4.1' },
    ...changes,
  };
}

/** A way in with a password; its id is made from a number. */
export function sampleWay(number: number, factors: readonly Factor[], changes: Partial<WayRow> = {}): WayRow {
  return {
    slot: idOf(number),
    kind: 'password',
    factors: [...factors],
    name: '',
    madeAtMs: 1_700_000_000_000,
    lastUsedAtMs: null,
    isInUse: false,
    ...changes,
  };
}

/** The recovery code's way in. */
export function sampleRecovery(number: number, changes: Partial<WayRow> = {}): WayRow {
  return sampleWay(number, [], { kind: 'recovery', ...changes });
}

/** The screen of the ways in, on a system that can everything. */
export function sampleOverview(ways: readonly WayRow[], changes: Partial<WaysOverview> = {}): WaysOverview {
  return {
    ways: [...ways],
    codes: null,
    computer: { isPossible: true, reason: '' },
    securityKey: { isPossible: true, reason: '' },
    warnings: [],
    ...changes,
  };
}

/** What the locked file tells of a way in. */
export function lockedWay({ slot, kind, factors }: WayRow): LockedWay {
  return { slot, kind, factors };
}

/** Bytes as text. */
export function text(bytes: Uint8Array | null): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}

/** True for bytes that are all zero, and more than none. */
export function isWiped(bytes: unknown): boolean {
  return bytes instanceof Uint8Array && bytes.length > 0 && bytes.every((byte) => byte === 0);
}

function field(name: string, changes: Partial<FieldDescriptor>): FieldDescriptor {
  const flags = { isSecret: false, isEditable: false, isCopyable: false, isRequired: false, linksTo: [] };
  return { name, label: name, help: '', type: 'text', maxLength: 255, choices: [], ...flags, ...changes };
}
