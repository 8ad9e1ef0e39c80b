import { say } from '../../preload/words/say';
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
  label: say('main-windows-password.windows-password'),
  labelPlural: say('main-windows-password.windows-passwords'),
  isTyped: true,
  isDraggable: false,
  fields: [
    textField('instanceId', say('main-windows-password.instance'), 19, {
      help: say('main-windows-password.the-instances-id-such-as-i'),
      isCopyable: true,
    }),
    textField('address', say('main-windows-password.address'), 255, {
      help: say('main-windows-password.host-name-or-ip-address-for'),
      isCopyable: true,
    }),
    textField('userName', say('main-windows-password.user-name'), 104, {
      help: say('main-windows-password.administrator-unless-you-made-another-user'),
      isCopyable: true,
    }),
    secretField('password', say('main-windows-password.password'), maxPasswordBytes, {
      help: say('main-windows-password.leave-it-empty-to-have-it'),
    }),
    linkField('keyPair', say('main-windows-password.key-pair'), ['key-pair'], {
      help: say('main-windows-password.the-one-that-the-instance-was'),
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
    password: say('main-windows-password.windows-password'),
    userName: say('main-windows-password.copied-user-name'),
    address: say('main-windows-password.copied-address'),
    instanceId: say('main-windows-password.instance-id'),
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
      label: say('main-windows-password.remote-desktop-file-rdp'),
      note: say('main-windows-password.address-and-user-name-the-password-is-not'),
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
    throw new CofferError(
      'bad-request',
      say('main-windows-password.format-expected-one-that-windows-passwords-are-exported'),
    );
  const [address, userName] = [textOf(body, 'address'), textOf(body, 'userName')];
  return Promise.resolve({ type: 'file', bytes: writeRdpFile({ address, userName }) });
}

function remarksOf(body: RecordBody, context: RecordContext): readonly string[] {
  const remarks: string[] = [];
  if (context.linked('keyPair')?.values['algorithm'] === 'Ed25519') {
    remarks.push(say('main-windows-password.the-key-pair-is-an-ed25519'));
  }
  if (textOf(body, 'address') === '') remarks.push(say('main-windows-password.add-the-address-and-a-remote'));
  return remarks;
}

function checkedInstanceId(typed: string): string {
  const instanceId = typed.trim();
  // EC2 User Guide, "Resource IDs": 8 digits until 2016, 17 since.
  if (instanceId === '' || /^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(instanceId)) return instanceId;
  throw new CofferError(
    'bad-request',
    say('main-windows-password.instance-expected-an-id-such-as-i-0123456789abcdef0'),
  );
}

function checked(typed: string, check: (text: string) => void): string {
  const text = typed.trim();
  if (text !== '') check(text);
  return text;
}
