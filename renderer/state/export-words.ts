import type { ExportFormat, ExportedFile } from './types';

/** Names of formats, for lists and buttons. */
export const formatNames: Readonly<Record<ExportFormat, string>> = {
  pkcs1: 'PKCS#1',
  pkcs8: 'PKCS#8',
  openssh: 'OpenSSH',
  public: 'Public key',
  ppk2: 'PPK 2',
  ppk3: 'PPK 3',
  'authorized-keys': 'authorized_keys line',
  'cloud-init': 'cloud-init',
  'ssh-config': 'ssh config',
  'x509-key': 'Signing key',
  'x509-cert': 'Signing certificate',
  pkcs12: 'PKCS#12',
  'pkcs12-legacy': 'PKCS#12 (old)',
  'env-ec2-sh': 'Lines for sh',
  'env-ec2-powershell': 'Lines for PowerShell',
  'env-ec2-fish': 'Lines for fish',
  'aws-credentials': 'AWS credentials',
  'aws-config': 'AWS config',
  'access-key-csv': 'accessKeys.csv',
  'env-sh': 'Lines for sh',
  'env-powershell': 'Lines for PowerShell',
  'env-fish': 'Lines for fish',
  rdp: 'Remote Desktop',
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

/** How an exported file is protected, in a word. What else is in a file of another program is not known. */
export function protectionOf({ format, hasPassphrase, isBackup }: ExportedFile): string {
  if (isBackup) return 'Plaintext';
  if (publicFormats.includes(format)) return 'Public';
  return hasPassphrase ? 'Passphrase' : 'Plaintext';
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
    const kept = file.isBackup ? '' : ' The vault keeps the key.';
    return {
      title: 'Delete this file?',
      text: `${fileName} in ${folder} is deleted. The disk may keep its blocks for a while.${kept}`,
      confirmLabel: 'Delete',
    };
  }
  const secret = protectionOf(file) === 'Public' ? '' : ', with the secret in it,';
  return {
    title: 'Take this entry out?',
    text:
      `What Coffer put into the entry “${section}” is taken out of ${fileName} in ${folder}; what it replaced there comes back, and everything ` +
      `else in that file stays. The file as it was${secret} is kept beside it and listed here: delete it, too, once all is well.`,
    confirmLabel: 'Take out',
  };
}

/** What is said once that is done; `copy` is the name of the file as it was, or empty. */
export function deletedText({ section }: ExportedFile, copy: string): string {
  if (section === '') return 'Deleted. The disk may keep its blocks.';
  return copy === '' ? 'Taken out.' : `Taken out. The file as it was is kept beside it and listed here: ${copy}`;
}

/** Why a row can't be deleted from here; empty if it can. */
export function obstacleOf({ state, section }: ExportedFile): string {
  if (state === 'changed')
    return `Changed since; look at it and ${section === '' ? 'delete it' : 'take it out'} yourself`;
  if (state === 'unreadable') return 'Can’t be looked at now';
  if (state === 'dragged') return 'Where you dropped it';
  return state === 'gone' ? 'No longer there' : '';
}

/** What is asked before a row is taken off the list whose file may still be there; null if nothing is. */
export function forgettingOf({ state, section, fileName, folder, isBackup }: ExportedFile): Question | null {
  if (state !== 'changed' && state !== 'unreadable') return null;
  const what = section === '' ? fileName : `The entry “${section}” of ${fileName}`;
  const why =
    state === 'changed'
      ? `${what} in ${folder} is not what Coffer wrote any more, so that Coffer doesn’t touch it.`
      : `Coffer can’t look at ${fileName} in ${folder} now: its disk may not be connected, or it may not be read.`;
  const before = section === '' || isBackup ? '' : ' What stood there before Coffer’s merge is forgotten.';
  return {
    title: 'Take it off the list?',
    text: `${why} It stays as it is, with the secrets that may be in it, and nothing here will remind you of it.${before}`,
    confirmLabel: 'Take off the list',
  };
}
