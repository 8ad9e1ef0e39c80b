import { say } from '../../preload/words/say';
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
      label: say('main-key-pair.rsa-pem-as-aws-hands-out'),
      note: say('main-key-pair.pkcs-1-old-encryption-if-you-set-a'),
    }),
    option('pkcs8', `${stem}-pkcs8.pem`, {
      label: say('main-key-pair.pkcs-8-pem'),
      note: say('main-key-pair.for-openssl-and-programming-libraries-ssh'),
    }),
    opensshOption(stem),
  ];
}

function ed25519Options(stem: string): ExportOption[] {
  return [
    opensshOption(stem),
    option('pkcs8', `${stem}-pkcs8.pem`, {
      label: say('main-key-pair.pkcs-8-pem-not-for-ssh'),
      note: say('main-key-pair.for-openssl-and-programming-libraries-not'),
    }),
  ];
}

function opensshOption(stem: string): ExportOption {
  return option('openssh', stem, {
    label: say('main-key-pair.openssh-private-key'),
    note: say('main-key-pair.for-ssh-scp-and-ssh-agent'),
    takesComment: true,
  });
}

function puttyOptions(stem: string): ExportOption[] {
  return [
    option('ppk3', `${stem}.ppk`, {
      label: say('main-key-pair.putty-ppk'),
      note: say('main-key-pair.for-putty-winscp-and-filezilla-ppk'),
      takesComment: true,
    }),
    option('ppk2', `${stem}-v2.ppk`, {
      label: say('main-key-pair.putty-ppk-old-ppk-2'),
      note: say('main-key-pair.for-putty-before-0-75-its-passphrase-is'),
      takesComment: true,
    }),
  ];
}

function publicOptions(stem: string): ExportOption[] {
  return [
    publicOption('public', `${stem}.pub`, ['dialog', 'ssh-folder', 'clipboard'], {
      label: say('main-key-pair.openssh-public-key-pub'),
      note: say('main-key-pair.for-authorized-keys-or-to-import'),
      fields: [
        choiceField('form', say('main-key-pair.form'), [
          { value: 'openssh', label: say('main-key-pair.openssh-one-line') },
          { value: 'rfc4716', label: say('main-key-pair.rfc-4716-ssh2-public-key') },
        ]),
      ],
    }),
    publicOption('authorized-keys', `${stem}-authorized_keys`, ['clipboard', 'dialog'], {
      label: say('main-key-pair.line-for-authorized-keys'),
      note: say('main-key-pair.goes-into-ssh-authorized-keys-on'),
      fields: [
        choiceField('limits', say('main-key-pair.what-it-allows'), [
          { value: 'none', label: say('main-key-pair.everything') },
          { value: 'restrict', label: say('main-key-pair.a-shell-no-forwarding-restrict') },
        ]),
        textField('from', say('main-key-pair.only-from'), 1024, {
          help: say('main-key-pair.addresses-or-networks-separated-by-commas-empty-anywhere'),
        }),
      ],
    }),
    publicOption('cloud-init', `${stem}-cloud-init.yaml`, ['clipboard', 'dialog'], {
      label: say('main-key-pair.user-data-for-cloud-init'),
      note: say('main-key-pair.lets-this-key-in-as-the'),
    }),
  ];
}

function hostOption(stem: string): ExportOption {
  return {
    ...publicOption('ssh-config', 'config', ['merge'], {
      label: say('main-key-pair.host-entry-in-ssh-config'),
      note: say('main-key-pair.names-the-private-keys-file-so'),
      fields: [
        textField('alias', say('main-key-pair.host-alias'), 128, {
          help: say('main-key-pair.what-you-type-after-ssh'),
          choices: aliasesOf(stem),
          isRequired: true,
        }),
        textField('address', say('main-key-pair.address'), 255, {
          help: say('main-key-pair.host-name-or-ip-address-of'),
          isRequired: true,
        }),
        textField('user', say('main-key-pair.user'), 64, { choices: users, isRequired: true }),
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
