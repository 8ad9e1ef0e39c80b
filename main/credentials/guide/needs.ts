import { say } from '../../../preload/words/say';
import type { ExportFormat } from '../descriptor';
import type { GuideAction, GuideKind, Need, Offer } from './shapes';

const make = (kind: GuideKind): GuideAction => ({ type: 'make', kind });
const copy = (field: string): GuideAction => ({ type: 'copy', field });
const exportAs = (format: ExportFormat): GuideAction => ({ type: 'export', format });
const importIt: GuideAction = { type: 'import' };
const openIt: GuideAction = { type: 'open' };

const rootSignIn: Offer = { kind: 'sign-in', fields: ['email', 'password'], use: [copy('email'), copy('password')] };
const userSignIn: Offer = { kind: 'sign-in', fields: ['user', 'password'], use: [copy('user'), copy('password')] };

function need(words: Pick<Need, 'id' | 'text' | 'source' | 'anyOf' | 'whenMissing'> & Partial<Need>): Need {
  return { isOptional: false, whose: 'mine', ...words };
}

/** E-mail and password of the account's owner. */
export const rootLogin = need({
  id: 'root-login',
  text: say('main-guide.the-root-users-e-mail-address'),
  source: 'root-login',
  anyOf: [rootSignIn],
  whenMissing: [make('sign-in')],
});

/** Any login to the console, an IAM user's for preference. */
export const consoleLogin = need({
  id: 'login',
  text: say('main-guide.a-login-an-iam-users-name-and-password'),
  source: 'login',
  anyOf: [userSignIn, rootSignIn],
  whenMissing: [make('sign-in')],
});

/** A second factor that is kept with a login. */
export const mfaDevice = need({
  id: 'mfa',
  text: say('main-guide.the-code-of-an-mfa-device'),
  source: 'mfa',
  isOptional: true,
  anyOf: [{ kind: 'sign-in', fields: ['mfa'], use: [openIt] }],
  whenMissing: [make('sign-in')],
});

/** Account ID or alias, which the sign-in page of an IAM user asks for. */
export const accountForLogin = need({
  id: 'account-for-login',
  text: say('main-guide.the-account-id-or-alias-which'),
  source: 'account-id',
  isOptional: true,
  anyOf: [
    // Coffer works the sign-in address out from whichever of them is there.
    { kind: 'account', fields: ['accountId'], use: [copy('consoleAddress'), copy('accountId')] },
    { kind: 'account', fields: ['alias'], use: [copy('consoleAddress'), copy('alias')] },
    { kind: 'account', fields: ['signInAddress'], use: [copy('consoleAddress')] },
  ],
  whenMissing: [make('account')],
});

/** Access key ID and secret. */
export const accessKey = need({
  id: 'access-key',
  text: say('main-guide.an-active-access-key-its-id-and-its'),
  source: 'access-key',
  anyOf: [
    {
      kind: 'access-key',
      fields: ['accessKeyId', 'secretAccessKey'],
      use: [
        copy('accessKeyId'),
        copy('secretAccessKey'),
        exportAs('aws-credentials'),
        exportAs('aws-config'),
        exportAs('env-sh'),
        exportAs('env-powershell'),
        exportAs('env-fish'),
        exportAs('access-key-csv'),
      ],
    },
  ],
  whenMissing: [importIt, make('access-key')],
});

/** X.509 certificate with its private key. */
export const certificate = need({
  id: 'certificate',
  text: say('main-guide.an-active-x-509-signing-certificate'),
  source: 'certificate',
  anyOf: [
    {
      kind: 'certificate',
      fields: ['certificate', 'privateKey'],
      use: [
        exportAs('x509-cert'),
        exportAs('x509-key'),
        exportAs('env-ec2-sh'),
        exportAs('env-ec2-powershell'),
        exportAs('env-ec2-fish'),
        exportAs('pkcs12'),
        copy('certificateId'),
      ],
    },
  ],
  whenMissing: [make('certificate'), importIt],
});

/** A key pair whose private half is held. */
export const keyPair = need({
  id: 'key-pair',
  text: say('main-guide.the-private-key-of-the-key'),
  source: 'key-pair',
  anyOf: [
    {
      kind: 'key-pair',
      fields: ['privateKey'],
      use: [exportAs('openssh'), exportAs('pkcs1'), exportAs('ppk3'), exportAs('ppk2'), exportAs('ssh-config')],
    },
  ],
  whenMissing: [make('key-pair'), importIt],
});

/** The name of a key pair in EC2. */
export const keyPairName = need({
  id: 'key-pair-name',
  text: say('main-guide.the-name-of-a-key-pair'),
  source: 'key-pair',
  anyOf: [{ kind: 'key-pair', fields: ['keyName', 'privateKey'], use: [copy('keyName'), copy('publicKey')] }],
  whenMissing: [make('key-pair'), importIt],
});

/** The public half, to hand to EC2 or to put on an instance. */
export const publicKey = need({
  id: 'public-key',
  text: say('main-guide.a-public-key-of-your-own'),
  source: 'own-key-pair',
  anyOf: [
    {
      kind: 'key-pair',
      fields: ['publicKey'],
      use: [copy('publicKey'), exportAs('public'), exportAs('authorized-keys'), copy('keyName')],
    },
  ],
  whenMissing: [make('key-pair'), importIt],
});

/** The decrypted password of a Windows instance. */
export const windowsPassword = need({
  id: 'windows-password',
  text: say('main-guide.the-administrators-password-of-the-instance'),
  source: 'windows-password',
  anyOf: [
    {
      kind: 'windows-password',
      fields: ['password'],
      use: [exportAs('rdp'), copy('password'), copy('userName'), copy('address')],
    },
  ],
  whenMissing: [make('windows-password')],
});

/** The key that decrypts a Windows password. */
export const keyPairForPassword = need({
  id: 'key-pair-for-password',
  text: say('main-guide.the-rsa-key-pair-of-the'),
  source: 'key-pair',
  anyOf: [{ kind: 'key-pair', fields: ['privateKey'], use: [openIt, exportAs('pkcs1')] }],
  whenMissing: [importIt],
});

/** One's own account ID. */
export const myAccountId = need({
  id: 'account-id',
  text: say('main-guide.your-account-id-12-digits-without-hyphens'),
  source: 'account-id',
  anyOf: [{ kind: 'account', fields: ['accountId'], use: [copy('accountId')] }],
  whenMissing: [make('account')],
});

/** Account ID of the other party. */
export const theirAccountId = need({
  id: 'their-account-id',
  text: say('main-guide.the-account-id-of-whoever-is-to-use'),
  source: 'account-id',
  whose: 'theirs',
  anyOf: [{ kind: 'account', fields: ['accountId'], use: [copy('accountId')] }],
  whenMissing: [make('account')],
});

/** One's own canonical user ID. */
export const myCanonicalId = need({
  id: 'canonical-id',
  text: say('main-guide.your-canonical-user-id-64-hex-digits-known'),
  source: 'canonical-id',
  anyOf: [{ kind: 'account', fields: ['canonicalId'], use: [copy('canonicalId')] }],
  whenMissing: [make('account')],
});

/** Canonical user ID of the other party. */
export const theirCanonicalId = need({
  id: 'their-canonical-id',
  text: say('main-guide.the-canonical-user-id-of-whoever-is-to'),
  source: 'canonical-id',
  whose: 'theirs',
  anyOf: [{ kind: 'account', fields: ['canonicalId'], use: [copy('canonicalId')] }],
  whenMissing: [make('account')],
});

/**
 * A need that the task can do without.
 *
 * @param given - Not changed.
 * @param text - Said instead of the need's own words.
 */
export function optional(given: Need, text: string): Need {
  return { ...given, text, isOptional: true };
}
