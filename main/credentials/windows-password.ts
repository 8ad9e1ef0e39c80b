import { CofferError } from '../errors';
import type {
  CredentialKind,
  ExportChoice,
  ExportOption,
  Exported,
  KindDescriptor,
  RecordBody,
  RecordContext,
} from './descriptor';
import { accountField, linkField, notesField, secretField, textField } from './field';
import { fileStemOf } from './file-stem';
import { plainKind, textOf, type FieldRules } from './plain-kind';
import { checkAddress, checkWindowsUser, writeRdpFile } from './rdp-file';

/** Whom EC2 makes the password for. */
const defaultUser = 'Administrator';
/** Windows takes passwords of at most 127 characters at a prompt; this is in bytes of UTF-8. */
const maxPasswordBytes = 512;

const descriptor: KindDescriptor = {
  kind: 'windows-password',
  label: 'Windows password',
  labelPlural: 'Windows passwords',
  isTyped: true,
  isDraggable: false,
  fields: [
    textField('instanceId', 'Instance', 19, {
      help: 'The instance’s ID, such as i-0123456789abcdef0.',
      isCopyable: true,
    }),
    textField('address', 'Address', 255, { help: 'Host name or IP address for Remote Desktop.', isCopyable: true }),
    textField('userName', 'User name', 104, { help: 'Administrator, unless you made another user.', isCopyable: true }),
    secretField('password', 'Password', maxPasswordBytes, { help: 'Leave it empty to have it decrypted later.' }),
    linkField('keyPair', 'Key pair', ['key-pair'], {
      help: 'The one that the instance was launched with. Leave it empty to try all.',
    }),
    accountField,
    notesField,
  ],
};

const rules: FieldRules = {
  texts: {
    instanceId: { store: checkedInstanceId },
    address: { store: (typed) => checked(typed, checkAddress) },
    userName: { store: (typed) => checked(typed, checkWindowsUser) || defaultUser },
  },
  secrets: {},
  quickCopies: {
    password: 'Windows password',
    userName: 'user name',
    address: 'address',
    instanceId: 'instance ID',
  },
};

const plain = plainKind(descriptor, rules);

/** The password of a Windows instance's administrator, which EC2 hands out encrypted for the instance's key pair. */
export const windowsPasswordKind: CredentialKind = {
  ...plain,
  subtitleOf,
  identitiesOf,
  limitOf,
  exportsOf,
  writeExport,
  remarksOf,
  chosenSecret: 'password',
};

/**
 * A body with the password that was decrypted.
 *
 * @param body - Stays as it is.
 * @param opened - The password, which stays the caller's; whose key opened it; and the instance that the data named, or empty.
 * @returns Shares values with the body; its `password` is fresh, and the caller's to wipe.
 */
export function withPassword(
  body: RecordBody,
  opened: { readonly password: Uint8Array; readonly keyPairId: string; readonly instanceId: string },
): RecordBody {
  const { password, keyPairId, instanceId } = opened;
  const values = { keyPair: keyPairId, ...(instanceId === '' ? {} : { instanceId }) };
  return plain.applyChanges(body, { values, secrets: { password } });
}

function subtitleOf(body: RecordBody): string {
  const parts = ['instanceId', 'address'].map((name) => textOf(body, name));
  return parts.filter((part) => part !== '').join(' · ');
}

function identitiesOf(body: RecordBody): readonly string[] {
  const instanceId = textOf(body, 'instanceId');
  // Windows does not tell small letters from capitals.
  const user = (textOf(body, 'userName') || defaultUser).toLowerCase();
  return instanceId === '' ? [] : [`windows-password:${instanceId}/${user}`];
}

function limitOf(): null {
  return null;
}

function exportsOf(body: RecordBody, title: string): readonly ExportOption[] {
  if (textOf(body, 'address') === '') return [];
  const stem = fileStemOf(title) || textOf(body, 'instanceId') || 'windows';
  return [
    {
      format: 'rdp',
      label: 'Remote Desktop file (.rdp)',
      note: 'Address and user name. The password is not in it: copy that from here when you are asked.',
      fileName: `${stem}.rdp`,
      isPrivate: false,
      takesComment: false,
      passphrase: 'none',
      destinations: ['dialog'],
      fields: [],
    },
  ];
}

function writeExport(body: RecordBody, { format }: ExportChoice): Promise<Exported> {
  if (format !== 'rdp')
    throw new CofferError('bad-request', 'format: expected one that Windows passwords are exported in');
  const [address, userName] = [textOf(body, 'address'), textOf(body, 'userName')];
  return Promise.resolve({ type: 'file', bytes: writeRdpFile({ address, userName }) });
}

function remarksOf(body: RecordBody, context: RecordContext): readonly string[] {
  const remarks: string[] = [];
  if (context.linked('keyPair')?.values['algorithm'] === 'Ed25519') {
    remarks.push('The key pair is an Ed25519 one, which EC2 does not take for Windows; its password needs an RSA key.');
  }
  if (textOf(body, 'address') === '') remarks.push('Add the address, and a Remote Desktop file can be exported.');
  return remarks;
}

function checkedInstanceId(typed: string): string {
  const instanceId = typed.trim();
  // EC2 User Guide, "Resource IDs": 8 digits until 2016, 17 since.
  if (instanceId === '' || /^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(instanceId)) return instanceId;
  throw new CofferError('bad-request', 'Instance: expected an ID such as i-0123456789abcdef0, or nothing');
}

function checked(typed: string, check: (text: string) => void): string {
  const text = typed.trim();
  if (text !== '') check(text);
  return text;
}
