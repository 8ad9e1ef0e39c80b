import { CofferError } from '../errors';
import {
  maxSignInAddressLength,
  readAccountId,
  readAlias,
  readCanonicalId,
  readSignInAddress,
  showAccountId,
  signInAddressOf,
} from './account-rules';
import { encodeText } from './body';
import type { CredentialKind, KindDescriptor, RecordBody } from './descriptor';
import { derivedField, notesField, textField } from './field';
import { plainKind, textOf } from './plain-kind';

const descriptor: KindDescriptor = {
  kind: 'account',
  label: 'AWS account',
  labelPlural: 'AWS accounts',
  isTyped: true,
  isDraggable: false,
  fields: [
    textField('accountId', 'Account ID', 64, {
      help: '12 digits, with or without hyphens. Not a secret: others need it to share an AMI or a snapshot with you.',
      isCopyable: true,
    }),
    textField('alias', 'Account alias', 63, {
      help: 'The name in the sign-in address, if you gave one.',
      isCopyable: true,
    }),
    textField('canonicalId', 'Canonical user ID', 128, {
      help: '64 hexadecimal digits; Amazon S3 alone uses it.',
      type: 'code',
      isCopyable: true,
    }),
    derivedField('consoleAddress', 'Sign-in address', {
      help: 'Where the IAM users of this account sign in.',
      type: 'code',
      isCopyable: true,
    }),
    textField('signInAddress', 'Sign-in address of your own', maxSignInAddressLength, {
      help: 'Only if it differs from the usual one: IAM Identity Center, AWS GovCloud or China.',
      isCopyable: true,
    }),
    notesField,
  ],
};

const plain = plainKind(descriptor, {
  texts: {
    accountId: { store: readAccountId, show: showAccountId },
    alias: { store: readAlias },
    canonicalId: { store: readCanonicalId },
    signInAddress: { store: readSignInAddress },
  },
  secrets: {},
  quickCopies: {
    accountId: 'account ID',
    consoleAddress: 'sign-in address',
    alias: 'account alias',
    canonicalId: 'canonical user ID',
  },
});

/** An AWS account, to which other credentials belong. */
export const accountKind: CredentialKind = makeKind();

function makeKind(): CredentialKind {
  return {
    ...plain,
    make: (typed) => withAddress(plain.make(typed)),
    applyChanges: (body, typed) => withAddress(plain.applyChanges(body, typed)),
    subtitleOf: (body) =>
      [showAccountId(textOf(body, 'accountId')), textOf(body, 'alias')].filter((part) => part !== '').join(' · '),
    identitiesOf: (body) =>
      [
        ['account', textOf(body, 'accountId')],
        ['canonical-user', textOf(body, 'canonicalId')],
      ].flatMap(([name = '', id = '']) => (id === '' ? [] : [`${name}:${id}`])),
    limitOf: () => null,
    exportsOf: () => [],
    writeExport: () => {
      throw new CofferError('bad-request', 'format: an AWS account is not exported; copy what you need');
    },
    remarksOf: (body) =>
      textOf(body, 'accountId') === ''
        ? ['Without its ID, Coffer cannot tell which access keys belong to this account.']
        : [],
  };
}

function withAddress(body: RecordBody): RecordBody {
  const [accountId, alias, signInAddress] = ['accountId', 'alias', 'signInAddress'].map((name) => textOf(body, name));
  const address = signInAddressOf({
    accountId: accountId ?? '',
    alias: alias ?? '',
    signInAddress: signInAddress ?? '',
  });
  const changed = new Map(body);
  if (address === '') changed.delete('consoleAddress');
  else changed.set('consoleAddress', encodeText(address));
  return changed;
}
