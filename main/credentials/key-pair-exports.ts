import type { ExportDestination, ExportOption } from './descriptor';
import { choiceField, textField } from './field';
import { fileStemOf } from './file-stem';

const destinations: readonly ExportDestination[] = ['dialog', 'ssh-folder'];

/** Users that the images of EC2 come with (EC2 User Guide, "Default usernames"). */
const users = [
  { value: 'ec2-user', label: 'ec2-user (Amazon Linux, Red Hat, SUSE)' },
  { value: 'ubuntu', label: 'ubuntu' },
  { value: 'admin', label: 'admin (Debian)' },
  { value: 'centos', label: 'centos' },
  { value: 'fedora', label: 'fedora' },
  { value: 'bitnami', label: 'bitnami' },
];

/**
 * How a key pair can be exported, the usual way first.
 *
 * @param key - Its type, and whether its private key is here.
 * @param names - EC2's name, of which file names are made; the record's title, if that has nothing that they can hold.
 */
export function keyPairExports(
  { isEd25519, hasPrivateKey }: { readonly isEd25519: boolean; readonly hasPrivateKey: boolean },
  names: { readonly keyName: string; readonly title: string },
): ExportOption[] {
  const stem = fileStemOf(names.keyName) || fileStemOf(names.title) || 'key-pair';
  if (!hasPrivateKey) return publicOptions(stem);
  const privates = isEd25519 ? ed25519Options(stem) : rsaOptions(stem);
  return [...privates, ...puttyOptions(stem), ...publicOptions(stem), hostOption(stem)];
}

type Words = Pick<ExportOption, 'label' | 'note'> & Partial<ExportOption>;

function rsaOptions(stem: string): ExportOption[] {
  return [
    option('pkcs1', `${stem}.pem`, {
      label: 'RSA .pem, as AWS hands out',
      note: 'PKCS#1. Old encryption if you set a passphrase: choose a long one, or OpenSSH or PKCS#8.',
    }),
    option('pkcs8', `${stem}-pkcs8.pem`, {
      label: 'PKCS#8 .pem',
      note: 'For OpenSSL and programming libraries; ssh reads it too.',
    }),
    opensshOption(stem),
  ];
}

function ed25519Options(stem: string): ExportOption[] {
  return [
    opensshOption(stem),
    option('pkcs8', `${stem}-pkcs8.pem`, {
      label: 'PKCS#8 .pem (not for ssh)',
      note: 'For OpenSSL and programming libraries; not for ssh, which does not read Ed25519 keys in this format.',
    }),
  ];
}

function opensshOption(stem: string): ExportOption {
  return option('openssh', stem, {
    label: 'OpenSSH private key',
    note: 'For ssh, scp and ssh-agent. With a passphrase it has the strongest protection against guessing.',
    takesComment: true,
  });
}

function puttyOptions(stem: string): ExportOption[] {
  return [
    option('ppk3', `${stem}.ppk`, {
      label: 'PuTTY .ppk',
      note: 'For PuTTY, WinSCP and FileZilla (PPK 3, PuTTY 0.75 and later).',
      takesComment: true,
    }),
    option('ppk2', `${stem}-v2.ppk`, {
      label: 'PuTTY .ppk, old (PPK 2)',
      note: 'For PuTTY before 0.75. Its passphrase is guessed fast: choose a long one.',
      takesComment: true,
    }),
  ];
}

function publicOptions(stem: string): ExportOption[] {
  return [
    publicOption('public', `${stem}.pub`, ['dialog', 'ssh-folder', 'clipboard'], {
      label: 'OpenSSH public key (.pub)',
      note: 'For authorized_keys, or to import in EC2. It is no secret.',
      fields: [
        choiceField('form', 'Form', [
          { value: 'openssh', label: 'OpenSSH, one line' },
          { value: 'rfc4716', label: 'RFC 4716 (SSH2 public key)' },
        ]),
      ],
    }),
    publicOption('authorized-keys', `${stem}-authorized_keys`, ['clipboard', 'dialog'], {
      label: 'Line for authorized_keys',
      note: 'Goes into ~/.ssh/authorized_keys on the instance. It is no secret.',
      fields: [
        choiceField('limits', 'What it allows', [
          { value: 'none', label: 'Everything' },
          { value: 'restrict', label: 'A shell, no forwarding (restrict)' },
        ]),
        textField('from', 'Only from', 1024, { help: 'Addresses or networks, separated by commas. Empty: anywhere.' }),
      ],
    }),
    publicOption('cloud-init', `${stem}-cloud-init.yaml`, ['clipboard', 'dialog'], {
      label: 'User data for cloud-init',
      note: 'Lets this key in as the default user of a new instance. It is no secret.',
    }),
  ];
}

function hostOption(stem: string): ExportOption {
  return {
    ...publicOption('ssh-config', 'config', ['merge'], {
      label: 'Host entry in ~/.ssh/config',
      note: 'Names the private key’s file, so export that to ~/.ssh first. Other entries stay as they are.',
      fields: [
        textField('alias', 'Host alias', 128, {
          help: 'What you type after ssh.',
          choices: aliasesOf(stem),
          isRequired: true,
        }),
        textField('address', 'Address', 255, { help: 'Host name or IP address of the instance.', isRequired: true }),
        textField('user', 'User', 64, { choices: users, isRequired: true }),
      ],
    }),
    takesComment: false,
  };
}

/** The form begins with the first of the choices. */
function aliasesOf(stem: string): readonly { readonly value: string; readonly label: string }[] {
  return [{ value: stem, label: stem }];
}

function option(format: ExportOption['format'], fileName: string, words: Words): ExportOption {
  const base = { isPrivate: true, takesComment: false, passphrase: 'optional', destinations, fields: [] } as const;
  return { format, fileName, ...base, ...words };
}

function publicOption(
  format: ExportOption['format'],
  fileName: string,
  places: readonly ExportDestination[],
  words: Words,
): ExportOption {
  const base = { isPrivate: false, takesComment: true, passphrase: 'none', fields: [] } as const;
  return { format, fileName, destinations: places, ...base, ...words };
}
