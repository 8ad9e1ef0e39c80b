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

/** What is asked before an exported file, or an entry in a file of another program, is deleted. */
export function deletionOf(file: ExportedFile): { title: string; text: string; confirmLabel: string } {
  const { fileName, folder, section } = file;
  if (section === '') {
    const kept = file.isBackup ? '' : ' The vault keeps the key.';
    return {
      title: 'Delete this file?',
      text: `${fileName} in ${folder} is deleted. The disk may keep its blocks for a while.${kept}`,
      confirmLabel: 'Delete',
    };
  }
  const secret = protectionOf(file) === 'Public' ? '' : ', the secret in it,';
  return {
    title: 'Take this entry out?',
    text:
      `The entry “${section}” is taken out of ${fileName} in ${folder}; everything else in that file stays. The file as it was${secret} is kept ` +
      'beside it and listed here: delete it, too, once all is well.',
    confirmLabel: 'Take out',
  };
}
