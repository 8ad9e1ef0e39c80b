import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { otpCodeAt } from '../keys/otp-key';
import type { CredentialKind, KindDescriptor, QuickCopy, RecordBody } from './descriptor';
import { accountField, notesField, secretField, textField, userField } from './field';
import { deviceSecretOf, devicesOf } from './mfa-device';
import { rememberPassword } from './old-passwords';
import { missingForAws } from './password-policy';
import { plainKind, textOf } from './plain-kind';
import { foldUser, readUser } from './user-rules';

/** Longest e-mail address (RFC 5321 §4.5.3.1.3, path of 256 with its brackets). */
const maxEmailLength = 254;
/** Far above the 128 characters that AWS takes. */
const maxPasswordBytes = 1024;

const descriptor: KindDescriptor = {
  kind: 'sign-in',
  label: say('main-sign-in.sign-in'),
  labelPlural: say('main-sign-in.sign-ins'),
  isTyped: true,
  isDraggable: false,
  fields: [
    accountField,
    textField('email', say('main-sign-in.e-mail-address'), maxEmailLength, {
      help: say('main-sign-in.of-the-root-user-the-owner-of-the'),
      isCopyable: true,
    }),
    { ...userField, help: say('main-sign-in.for-an-iam-user-leave-it') },
    secretField('password', say('main-sign-in.password'), maxPasswordBytes),
    notesField,
  ],
};

const plain = plainKind(descriptor, {
  texts: { email: { store: readEmail }, user: { store: readUser } },
  secrets: {},
  quickCopies: {
    password: say('main-sign-in.console-password'),
    user: say('main-sign-in.iam-user'),
    email: say('main-sign-in.copied-e-mail-address'),
  },
});
/** Of the quick copy of a code, before the device's id. */
const codePrefix = 'code.';

/** How a person signs in to the AWS Management Console: as root by e-mail, or as an IAM user. */
export const signInKind: CredentialKind = makeKind();

function makeKind(): CredentialKind {
  return {
    ...plain,
    make: (typed) => checkWho(plain.make(typed)),
    applyChanges: (body, typed) => rememberPassword(body, checkWho(plain.applyChanges(body, typed)), typed.nowMs ?? 0),
    subtitleOf: (body) => (isRoot(body) ? `root · ${textOf(body, 'email')}` : `IAM user · ${textOf(body, 'user')}`),
    identitiesOf,
    quickCopiesOf: (body) => {
      const copies = plain.quickCopiesOf(body);
      const first = copies.filter(({ name }) => name === 'password');
      return [...first, ...codesOf(body), ...copies.filter(({ name }) => name !== 'password')];
    },
    quickText: (body, name, nowMs) => {
      if (!name.startsWith(codePrefix)) return plain.quickText(body, name, nowMs);
      const { device, secret } = deviceSecretOf(body, name.slice(codePrefix.length));
      return otpCodeAt(secret, device, nowMs).code;
    },
    limitOf: () => null,
    chosenSecret: 'password',
    findingsOf: (body) =>
      devicesOf(body).length > 0
        ? []
        : [
            {
              check: 'no-mfa',
              text: say(isRoot(body) ? 'main-sign-in.no-mfa-device-root' : 'main-sign-in.no-mfa-device-user'),
            },
          ],
    exportsOf: () => [],
    writeExport: () => {
      throw new CofferError('bad-request', say('main-sign-in.format-a-sign-in-is-not-exported-copy'));
    },
    remarksOf: (body) => {
      const remarks: string[] = [];
      if (devicesOf(body).length === 0) remarks.push(say('main-sign-in.this-sign-in-has-no-mfa'));
      const password = body.get('password');
      return password === undefined ? remarks : [...remarks, ...missingForAws(password)];
    },
  };
}

/** The codes of virtual devices; named only where there are several. */
function codesOf(body: RecordBody): QuickCopy[] {
  const virtual = devicesOf(body).filter(({ type }) => type === 'virtual');
  return virtual.map(({ id, name }) => ({
    name: codePrefix + id,
    label: virtual.length === 1 ? say('main-sign-in.mfa-code') : say('main-sign-in.mfa-code-of', { name }),
    isSecret: true,
  }));
}

/** Users also as they are written: so are the marks of records that were saved before names were folded. */
function identitiesOf(body: RecordBody): readonly string[] {
  if (isRoot(body)) return [`root:${textOf(body, 'email').toLowerCase()}`];
  const user = textOf(body, 'user');
  const spellings = new Set([foldUser(user), user]);
  return Array.from(spellings, (name) => `user:${textOf(body, 'account')}/${name}`);
}

function isRoot(body: RecordBody): boolean {
  return textOf(body, 'user') === '';
}

function checkWho(body: RecordBody): RecordBody {
  if (isRoot(body) && textOf(body, 'email') === '') {
    throw new CofferError('bad-request', say('main-sign-in.e-mail-address-expected-one-for-the-root'));
  }
  return body;
}

function readEmail(typed: string): string {
  const email = typed.trim();
  if (email !== '' && !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new CofferError('bad-request', say('main-sign-in.e-mail-address-expected-one-such-as-name'));
  }
  return email;
}
