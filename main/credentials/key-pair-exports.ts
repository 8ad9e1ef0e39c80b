import { fileStemOf } from './file-stem';
import type { ExportDestination, ExportOption } from './descriptor';

const destinations: readonly ExportDestination[] = ['dialog', 'ssh-folder'];

/**
 * How a key pair can be exported, the usual way first.
 *
 * @param isEd25519 - Otherwise RSA.
 * @param keyName - EC2's name; file names are made from it.
 * @param title - The record's title, used if the name has nothing that file names can hold.
 */
export function keyPairExports(isEd25519: boolean, keyName: string, title: string): ExportOption[] {
  const stem = fileStemOf(keyName) || fileStemOf(title) || 'key-pair';
  const openssh = privateOption('openssh', stem, {
    label: 'OpenSSH private key',
    note: 'For ssh, scp and ssh-agent. With a passphrase it has the strongest protection against guessing.',
    takesComment: true,
  });
  const publicKey: ExportOption = {
    format: 'public',
    label: 'OpenSSH public key (.pub)',
    note: 'For authorized_keys, or to import in EC2. It is no secret.',
    fileName: `${stem}.pub`,
    isPrivate: false,
    takesComment: true,
    passphrase: 'none',
    destinations,
    fields: [],
  };
  if (isEd25519) {
    const pkcs8 = privateOption('pkcs8', `${stem}-pkcs8.pem`, {
      label: 'PKCS#8 .pem (not for ssh)',
      note: 'For OpenSSL and programming libraries; not for ssh, which does not read Ed25519 keys in this format.',
    });
    return [openssh, pkcs8, publicKey];
  }
  const pkcs1 = privateOption('pkcs1', `${stem}.pem`, {
    label: 'RSA .pem, as AWS hands out',
    note: 'PKCS#1. Old encryption if you set a passphrase: choose a long one, or OpenSSH or PKCS#8.',
  });
  const pkcs8 = privateOption('pkcs8', `${stem}-pkcs8.pem`, {
    label: 'PKCS#8 .pem',
    note: 'For OpenSSL and programming libraries; ssh reads it too.',
  });
  return [pkcs1, pkcs8, openssh, publicKey];
}

type Words = Pick<ExportOption, 'label' | 'note'> & Partial<ExportOption>;

function privateOption(format: ExportOption['format'], fileName: string, words: Words): ExportOption {
  const base = { isPrivate: true, takesComment: false, passphrase: 'optional', destinations, fields: [] } as const;
  return { format, fileName, ...base, ...words };
}
