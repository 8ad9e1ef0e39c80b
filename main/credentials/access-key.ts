import { say } from '../../preload/words/say';
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
import { hasRotation } from './access-key-rotation';
import { showAccountId } from './account-rules';
import type {
  CredentialKind,
  FieldDescriptor,
  Finding,
  FindingTimes,
  KindDescriptor,
  RecordBody,
  RecordContext,
  RecordLimit,
  RecordOwner,
  Single,
  TypedValues,
  ExportChoice,
  Exported,
} from './descriptor';
import { accountField, choiceField, derivedField, linkField, notesField, secretField, textField } from './field';
import { checkRegion, maxRegionLength } from './key-pair-rules';
import { plainKind, textOf } from './plain-kind';
import { regions } from './regions';
import { readUser } from './user-rules';

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
  label: say('main-access-key.access-key'),
  labelPlural: say('main-access-key.access-keys'),
  isTyped: true,
  isDraggable: false,
  fields: [
    accountField,
    textField('user', say('main-access-key.iam-user'), 64, {
      help: say('main-access-key.empty-if-it-is-not-known'),
      isCopyable: true,
    }),
    choiceField('belongsTo', say('main-access-key.belongs-to'), [
      { value: '', label: say('main-access-key.the-iam-user-above-or-not') },
      { value: 'root', label: say('main-access-key.the-root-user') },
    ]),
    textField('accessKeyId', say('main-access-key.access-key-id'), accessKeyIdLength + 20, {
      type: 'code',
      help: say('main-access-key.twenty-characters-that-begin-with-akia'),
      isCopyable: true,
      isRequired: true,
    }),
    secretField('secretAccessKey', say('main-access-key.secret-access-key'), secretAccessKeyLength, {
      help: say('main-access-key.aws-shows-it-once-when-the'),
      isRequired: true,
    }),
    secretField('sessionToken', say('main-access-key.session-token'), maxTokenBytes, {
      help: say('main-access-key.only-for-a-temporary-key-one'),
    }),
    derivedField('keyAccount', say('main-access-key.account-inside-the-id'), { isCopyable: true }),
    choiceField('status', say('main-access-key.status'), [
      { value: 'active', label: say('main-access-key.active') },
      { value: 'inactive', label: say('main-access-key.inactive') },
      { value: 'deleted', label: say('main-access-key.deleted-at-aws') },
    ]),
    dayField('createdOn', say('main-access-key.created-on')),
    dayField('lastUsedOn', say('main-access-key.last-used-on')),
    textField('region', say('main-access-key.region'), maxRegionLength, { choices: regions, isCopyable: true }),
    linkField('replaces', say('main-access-key.takes-the-place-of'), ['access-key'], { isEditable: false }),
    notesField,
  ],
};

const plain = plainKind(descriptor, {
  texts: {
    user: { store: readUser },
    accessKeyId: { store: readAccessKeyId },
    createdOn: { store: readDay(say('main-access-key.created-on')) },
    lastUsedOn: { store: readDay(say('main-access-key.last-used-on')) },
    region: {
      store: (typed) => {
        checkRegion(typed);
        return typed;
      },
    },
  },
  secrets: { secretAccessKey: checkSecretAccessKey, sessionToken: checkSessionToken },
  quickCopies: {
    accessKeyId: say('main-access-key.copied-access-key-id'),
    secretAccessKey: say('main-access-key.copied-secret-access-key'),
    sessionToken: say('main-access-key.copied-session-token'),
    region: say('main-access-key.copied-region'),
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

/** Null if the account or the user is not known, as of a profile, which names none. */
function ownerOf(body: RecordBody): RecordOwner | null {
  const [accountId, account] = [accountInside(body), textOf(body, 'account')];
  const user = textOf(body, 'user');
  if ((accountId === '' && account === '') || (user === '' && textOf(body, 'belongsTo') !== 'root')) return null;
  // No IAM user has a colon in its name.
  return { accountId, account, user: user || ':root' };
}

/** Temporary keys, and keys that are deleted at AWS, do not count; nor do keys of which the user is not known. */
function limitOf(body: RecordBody): RecordLimit | null {
  const owner = ownerOf(body);
  if (owner === null || textOf(body, 'status') === 'deleted' || isTemporary(textOf(body, 'accessKeyId'))) return null;
  const refusal = say('main-access-key.access-key-aws-gives-each-user-at-most');
  return { owner, most: mostPerUser, refusal };
}

function remarksOf(body: RecordBody, context: RecordContext): string[] {
  const id = textOf(body, 'accessKeyId');
  const inside = accountOfAccessKeyId(id);
  const linked = context.linked('account')?.values['accountId']?.replaceAll('-', '') ?? '';
  const remarks: string[] = [];
  if (inside !== null && linked !== '' && inside !== linked) {
    remarks.push(say('main-access-key.this-keys-id-was-made-in', { account: showAccountId(inside) }));
  }
  if (inside === null) remarks.push(say('main-access-key.this-id-is-of-an-older'));
  if (textOf(body, 'user') === '' && textOf(body, 'belongsTo') === 'root') {
    remarks.push(say('main-access-key.a-key-of-the-root-user'));
  }
  if (isTemporary(id) && !body.has('sessionToken')) {
    remarks.push(say('main-access-key.a-temporary-key-works-only-with'));
  }
  return remarks;
}

/** A key of which nobody noted the day, as most that were imported, is at least as old as its record. */
function findingsOf(body: RecordBody, { nowMs, createdAtMs }: FindingTimes): readonly Finding[] {
  if (textOf(body, 'status') === 'deleted' || isTemporary(textOf(body, 'accessKeyId'))) return [];
  const createdOn = textOf(body, 'createdOn');
  const days = Math.floor((nowMs - (createdOn === '' ? createdAtMs : Date.parse(createdOn))) / dayMs);
  if (days <= mostDays) return [];
  const text =
    createdOn === ''
      ? say('main-access-key.in-coffer-for-days', { days })
      : say('main-access-key.made-days-ago-on', { days, createdOn });
  return [{ check: 'old-access-key', text, isUnderWay: hasRotation(body) }];
}

/** Two that work at a time are for the days of a rotation only. */
function singleOf(body: RecordBody): Single | null {
  const isInUse = textOf(body, 'status') === 'active' && !isTemporary(textOf(body, 'accessKeyId'));
  const owner = isInUse ? ownerOf(body) : null;
  if (owner === null) return null;
  const createdOn = textOf(body, 'createdOn');
  return { owner, madeAtMs: createdOn === '' ? null : Date.parse(createdOn), isUnderWay: hasRotation(body) };
}

function statusWord(body: RecordBody): string {
  const status = textOf(body, 'status');
  return status === 'active' ? '' : status;
}
