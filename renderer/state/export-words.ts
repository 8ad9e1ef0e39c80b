import { say } from '../../preload/words/say';
import type { ExportFormat, ExportedFile } from './types';

/** Names of formats, for lists and buttons. */
export const formatNames: Readonly<Record<ExportFormat, string>> = {
  pkcs1: 'PKCS#1',
  pkcs8: 'PKCS#8',
  openssh: 'OpenSSH',
  public: say('export.public-key'),
  ppk2: 'PPK 2',
  ppk3: 'PPK 3',
  'authorized-keys': say('export.authorized-keys-line'),
  'cloud-init': 'cloud-init',
  'ssh-config': say('export.ssh-config'),
  'x509-key': say('export.signing-key'),
  'x509-cert': say('export.signing-certificate'),
  pkcs12: 'PKCS#12',
  'pkcs12-legacy': say('export.pkcs12-legacy'),
  'env-ec2-sh': say('export.lines-for-sh'),
  'env-ec2-powershell': say('export.lines-for-powershell'),
  'env-ec2-fish': say('export.lines-for-fish'),
  'aws-credentials': say('export.aws-credentials'),
  'aws-config': say('export.aws-config'),
  'access-key-csv': 'accessKeys.csv',
  'env-sh': say('export.lines-for-sh'),
  'env-powershell': say('export.lines-for-powershell'),
  'env-fish': say('export.lines-for-fish'),
  rdp: say('export.remote-desktop'),
};

/** Formats without a secret in them. */
const publicFormats: readonly ExportFormat[] = [
  'public',
  'authorized-keys',
  'cloud-init',
  'ssh-config',
  'x509-cert',
  'env-ec2-sh',
  'env-ec2-powershell',
  'env-ec2-fish',
  'aws-config',
  'rdp',
];

/** How exported files can be protected, in a word each. */
export const protectionWords = {
  plaintext: say('export.plaintext'),
  public: say('export.public'),
  passphrase: say('common.passphrase'),
} as const;

/** How an exported file is protected. What else is in a file of another program is not known. */
export function protectionOf({ format, hasPassphrase, isBackup }: ExportedFile): keyof typeof protectionWords {
  if (isBackup) return 'plaintext';
  if (publicFormats.includes(format)) return 'public';
  return hasPassphrase ? 'passphrase' : 'plaintext';
}

/** A question before something is done. */
interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirmLabel: string;
}

/** What is asked before an exported file, or an entry in a file of another program, is deleted. */
export function deletionOf(file: ExportedFile): Question {
  const { fileName, folder, section } = file;
  if (section === '') {
    const kept = file.isBackup ? [] : [say('export.vault-keeps-the-key')];
    return {
      title: say('export.delete-this-file'),
      text: [say('export.is-deleted', { file: fileName, folder }), ...kept].join(' '),
      confirmLabel: say('export.delete'),
    };
  }
  const isPublic = protectionOf(file) === 'public';
  return {
    title: say('export.take-this-entry-out'),
    text: say(isPublic ? 'export.public-entry-is-taken-out' : 'export.entry-is-taken-out', {
      section,
      file: fileName,
      folder,
    }),
    confirmLabel: say('common.take-out'),
  };
}

/** What is said once that is done; `copy` is the name of the file as it was, or empty. */
export function deletedText({ section }: ExportedFile, copy: string): string {
  if (section === '') return say('export.deleted-the-disk-may-keep');
  return copy === '' ? say('export.taken-out') : say('export.taken-out-copy-kept', { copy });
}

/** Why a row can't be deleted from here; empty if it can. */
export function obstacleOf({ state, section }: ExportedFile): string {
  if (state === 'changed')
    return section === '' ? say('export.changed-delete-it-yourself') : say('export.changed-take-it-out-yourself');
  if (state === 'unreadable') return say('export.cant-be-looked-at-now');
  if (state === 'dragged') return say('export.where-you-dropped-it');
  return state === 'gone' ? say('export.no-longer-there') : '';
}

/** What is asked before a row is taken off the list whose file may still be there; null if nothing is. */
export function forgettingOf({ state, section, fileName, folder, isBackup }: ExportedFile): Question | null {
  if (state !== 'changed' && state !== 'unreadable') return null;
  const changed = section === '' ? 'export.changed-file' : 'export.changed-entry';
  const why = say(state === 'changed' ? changed : 'export.unreadable', { section, file: fileName, folder });
  const before = section === '' || isBackup ? [] : [say('export.before-is-forgotten')];
  return {
    title: say('export.take-it-off-the-list'),
    text: [why, say('export.it-stays'), ...before].join(' '),
    confirmLabel: say('common.take-off-the-list'),
  };
}
