import type { ExportFormat } from './types';

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
export const publicFormats: readonly ExportFormat[] = [
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
