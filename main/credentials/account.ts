import { say } from '../../preload/words/say';
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
  label: say('main-account.aws-account'),
  labelPlural: say('main-account.aws-accounts'),
  isTyped: true,
  isDraggable: false,
  fields: [
    textField('accountId', say('main-account.account-id'), 64, {
      help: say('main-account.12-digits-with-or-without-hyphens-not-a'),
      isCopyable: true,
    }),
    textField('alias', say('main-account.account-alias'), 63, {
      help: say('main-account.the-name-in-the-sign-in'),
      isCopyable: true,
    }),
    textField('canonicalId', say('main-account.canonical-user-id'), 128, {
      help: say('main-account.64-hexadecimal-digits-amazon-s3-alone'),
      type: 'code',
      isCopyable: true,
    }),
    derivedField('consoleAddress', say('main-account.sign-in-address'), {
      help: say('main-account.where-the-iam-users-of-this'),
      type: 'code',
      isCopyable: true,
    }),
    textField('signInAddress', say('main-account.sign-in-address-of-your-own'), maxSignInAddressLength, {
      help: say('main-account.only-if-it-differs-from-the-usual-one'),
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
    accountId: say('main-account.copied-account-id'),
    consoleAddress: say('main-account.copied-sign-in-address'),
    alias: say('main-account.copied-account-alias'),
    canonicalId: say('main-account.copied-canonical-user-id'),
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
      throw new CofferError('bad-request', say('main-account.format-an-aws-account-is-not-exported-copy'));
    },
    remarksOf: (body) =>
      textOf(body, 'accountId') === '' ? [say('main-account.without-its-id-coffer-cannot-tell')] : [],
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
