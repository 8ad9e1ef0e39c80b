import * as z from 'zod';

/** Formats of exports; the kinds' own list, which a test compares. */
export const exportFormat = z.enum([
  'pkcs1',
  'pkcs8',
  'openssh',
  'public',
  'ppk2',
  'ppk3',
  'authorized-keys',
  'cloud-init',
  'ssh-config',
  'x509-key',
  'x509-cert',
  'pkcs12',
  'pkcs12-legacy',
  'env-ec2-sh',
  'env-ec2-powershell',
  'env-ec2-fish',
  'aws-credentials',
  'aws-config',
  'access-key-csv',
  'env-sh',
  'env-powershell',
  'env-fish',
  'rdp',
]);

/** Where an export may go. */
export const exportDestination = z.enum(['dialog', 'ssh-folder', 'ec2-folder', 'clipboard', 'merge']);

/** What can be dragged out of the window; the main process's own list, which a test compares. */
export const dragFormat = z.enum([
  'pkcs1',
  'pkcs8',
  'openssh',
  'ppk3',
  'ppk2',
  'public',
  'x509-key',
  'x509-cert',
  'x509-pair',
]);

/** A way to drag a record out of the window. */
export const dragChoice = z.strictObject({
  format: dragFormat,
  label: z.string(),
  /** One file, or two that belong together. */
  fileNames: z.array(z.string()),
  isPrivate: z.boolean(),
});
