import {
  accessKeyIdLength,
  accountOfAccessKeyId,
  checkSecretAccessKey,
  checkSessionToken,
  isTemporary,
  readAccessKeyId,
  readDay,
  secretAccessKeyLength,
} from './access-key-rules';
import { accessKeyExports, writeAccessKeyExport } from './access-key-exports';
import { showAccountId } from './account-rules';
import type {
  CredentialKind,
  FieldDescriptor,
  Finding,
  KindDescriptor,
  RecordBody,
  RecordContext,
  TypedValues,
  ExportChoice,
  Exported,
} from './descriptor';
import { accountField, choiceField, derivedField, linkField, notesField, secretField, textField } from './field';
import { checkRegion, maxRegionLength } from './key-pair-rules';
import { plainKind, textOf } from './plain-kind';
import { regions } from './regions';

/** AWS's limit for each user. */
const mostPerUser = 2;
/** After which AWS advises to rotate a key (IAM User Guide, "Security best practices"; the limit of IAM's own credential checks). */
const mostDays = 90;
const dayMs = 86_400_000;
/** Far above what AWS gives today. */
const maxTokenBytes = 16_384;

const dayField = (name: string, label: string): FieldDescriptor => textField(name, label, 10, { type: 'date' });

const descriptor: KindDescriptor = {
  kind: 'access-key',
  label: 'Access key',
  labelPlural: 'Access keys',
  isTyped: true,
  isDraggable: false,
  fields: [
    accountField,
    textField('user', 'IAM user', 64, {
      help: 'Empty if it is not known, or a key of the root user.',
      isCopyable: true,
    }),
    choiceField('belongsTo', 'Belongs to', [
      { value: '', label: 'The IAM user above, or not known' },
      { value: 'root', label: 'The root user' },
    ]),
    textField('accessKeyId', 'Access key ID', accessKeyIdLength + 20, {
      type: 'code',
      help: 'Twenty characters that begin with AKIA.',
      isCopyable: true,
      isRequired: true,
    }),
    secretField('secretAccessKey', 'Secret access key', secretAccessKeyLength, {
      help: 'AWS shows it once, when the key is made.',
      isRequired: true,
    }),
    secretField('sessionToken', 'Session token', maxTokenBytes, { help: 'Only for a temporary key, one with ASIA.' }),
    derivedField('keyAccount', 'Account inside the ID', { isCopyable: true }),
    choiceField('status', 'Status', [
      { value: 'active', label: 'Active' },
      { value: 'inactive', label: 'Inactive' },
      { value: 'deleted', label: 'Deleted at AWS' },
    ]),
    dayField('createdOn', 'Created on'),
    dayField('lastUsedOn', 'Last used on'),
    textField('region', 'Region', maxRegionLength, { choices: regions, isCopyable: true }),
    linkField('replaces', 'Takes the place of', ['access-key'], { isEditable: false }),
    notesField,
  ],
};

const plain = plainKind(descriptor, {
  texts: {
    accessKeyId: { store: readAccessKeyId },
    createdOn: { store: readDay('Created on') },
    lastUsedOn: { store: readDay('Last used on') },
    region: {
      store: (typed) => {
        checkRegion(typed);
        return typed;
      },
    },
  },
  secrets: { secretAccessKey: checkSecretAccessKey, sessionToken: checkSessionToken },
  quickCopies: {
    accessKeyId: 'access key ID',
    secretAccessKey: 'secret access key',
    sessionToken: 'session token',
    region: 'region',
  },
});

/** What programs sign requests with: an ID and a secret, of an IAM user or of root. */
export const accessKeyKind: CredentialKind = {
  ...plain,
  make,
  valuesOf,
  copyText,
  subtitleOf,
  identitiesOf,
  limitOf,
  exportsOf: accessKeyExports,
  writeExport,
  remarksOf,
  findingsOf,
  singleOf,
};

function identitiesOf(body: RecordBody): readonly string[] {
  return [`access-key:${textOf(body, 'accessKeyId')}`];
}

function writeExport(body: RecordBody, choice: ExportChoice): Promise<Exported> {
  return Promise.resolve().then(() => writeAccessKeyExport(body, choice));
}

/** A form that was filled in without a status means a key that works. */
function make({ values, ...rest }: TypedValues): RecordBody {
  return plain.make({ ...rest, values: { ...values, status: values['status'] || 'active' } });
}

function valuesOf(body: RecordBody): Record<string, string> {
  return { ...plain.valuesOf(body), keyAccount: showAccountId(accountInside(body)) };
}

function copyText(body: RecordBody, field: string): string {
  return field === 'keyAccount' ? accountInside(body) : plain.copyText(body, field);
}

function subtitleOf(body: RecordBody): string {
  const parts = [textOf(body, 'accessKeyId'), textOf(body, 'user') || textOf(body, 'belongsTo'), statusWord(body)];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Empty if the ID does not tell. */
function accountInside(body: RecordBody): string {
  return accountOfAccessKeyId(textOf(body, 'accessKeyId')) ?? '';
}

/**
 * Tells one user from all others; null if the account or the user is not known, as of a profile, which names none. The digits in
 * the ID come first: not every key is filed under an account.
 */
function ownerOf(body: RecordBody): string | null {
  const account = accountInside(body) || textOf(body, 'account');
  const user = textOf(body, 'user');
  if (account === '' || (user === '' && textOf(body, 'belongsTo') !== 'root')) return null;
  // No IAM user has a colon in its name.
  return `${account}/${user || ':root'}`;
}

/** Temporary keys, and keys that are deleted at AWS, do not count; nor do keys of which the user is not known. */
function limitOf(body: RecordBody) {
  const group = ownerOf(body);
  if (group === null || textOf(body, 'status') === 'deleted' || isTemporary(textOf(body, 'accessKeyId'))) return null;
  const refusal =
    'Access key: AWS gives each user at most two, and both are here. Deactivate and delete one at AWS, set its status here ' +
    'to “Deleted at AWS” or move it to the trash, then add this one. If one of the three is another user’s, name that user at it';
  return { group, most: mostPerUser, refusal };
}

function remarksOf(body: RecordBody, context: RecordContext): string[] {
  const id = textOf(body, 'accessKeyId');
  const inside = accountOfAccessKeyId(id);
  const linked = context.linked('account')?.values['accountId']?.replaceAll('-', '') ?? '';
  const remarks: string[] = [];
  if (inside !== null && linked !== '' && inside !== linked) {
    remarks.push(
      `This key’s ID was made in account ${showAccountId(inside)}, not in the account it is filed under. One of the two is wrong.`,
    );
  }
  if (inside === null) remarks.push('This ID is of an older form, which does not tell its account.');
  if (textOf(body, 'user') === '' && textOf(body, 'belongsTo') === 'root') {
    remarks.push(
      'A key of the root user can do everything, and cannot be limited. AWS advises to have none; use an IAM user.',
    );
  }
  if (isTemporary(id) && !body.has('sessionToken')) {
    remarks.push('A temporary key works only with its session token, which is missing here.');
  }
  return remarks;
}

function findingsOf(body: RecordBody, nowMs: number): readonly Finding[] {
  const createdOn = textOf(body, 'createdOn');
  if (textOf(body, 'status') === 'deleted' || isTemporary(textOf(body, 'accessKeyId')) || createdOn === '') return [];
  const days = Math.floor((nowMs - Date.parse(createdOn)) / dayMs);
  return days > mostDays ? [{ check: 'old-access-key', text: `Made ${days} days ago, on ${createdOn}.` }] : [];
}

/** Two that work at a time are for the days of a rotation only. */
function singleOf(body: RecordBody): string | null {
  const isInUse = textOf(body, 'status') === 'active' && !isTemporary(textOf(body, 'accessKeyId'));
  return isInUse ? ownerOf(body) : null;
}

function statusWord(body: RecordBody): string {
  const status = textOf(body, 'status');
  return status === 'active' ? '' : status;
}
