import { say } from '../../../preload/words/say';
import type { Source } from './shapes';

/** How to get what names an account and lets people in. */
export const accountSources: readonly Source[] = [
  {
    id: 'root-login',
    title: say('main-guide.root-users-login'),
    steps: [
      say('main-guide.for-a-new-account-open-https'),
      say('main-guide.confirm-the-code-that-aws-mails'),
      say('main-guide.for-an-account-that-is-there'),
      say('main-guide.keep-the-e-mail-address-and'),
      say('main-guide.add-an-mfa-device-to-it-at-once'),
    ],
    today: say('main-guide.keep-the-root-user-for-what'),
    whenLost: say('main-guide.choose-forgot-password-on-the-root-users-sign'),
  },
  {
    id: 'login',
    title: say('main-guide.login-to-the-console'),
    steps: [
      say('main-guide.iam-user-an-administrator-opens-iam-users-the'),
      say('main-guide.sign-in-at-https-account-signin'),
      say('main-guide.iam-identity-center-sign-in-at-the-access'),
      say('main-guide.root-user-https-console-aws-amazon-com-with'),
      say('main-guide.keep-the-login-as-a-sign'),
    ],
    today: say('main-guide.older-guides-know-only-the-owners'),
    whenLost: say('main-guide.iam-user-an-administrator-sets-a-new-password'),
  },
  {
    id: 'mfa',
    title: say('main-guide.mfa-device'),
    steps: [
      say('main-guide.sign-in-open-the-accounts-menu'),
      say('main-guide.under-multi-factor-authentication-mfa-choose'),
      say('main-guide.authenticator-app-choose-show-qr-code-or-show'),
      say('main-guide.type-two-codes-that-follow-one'),
      say('main-guide.passkey-security-key-or-hardware-token-follow-awss'),
    ],
    today: say('main-guide.once-a-device-in-your-hand'),
    whenLost: say('main-guide.sign-in-with-another-of-the-logins-devices'),
  },
  {
    id: 'account-id',
    title: say('main-guide.account-id'),
    steps: [
      say('main-guide.in-the-console-open-the-accounts-menu-at'),
      say('main-guide.on-the-command-line-aws-sts-get-caller'),
      say('main-guide.keep-it-in-an-account-record'),
    ],
    today: say('main-guide.the-page-that-showed-it-is'),
    whenLost: say('main-guide.nothing-is-lost-it-is-no-secret-and'),
  },
  {
    id: 'canonical-id',
    title: say('main-guide.canonical-user-id'),
    steps: [
      say('main-guide.sign-in-open-the-accounts-menu-at'),
      say('main-guide.on-the-command-line-aws-s3api-list-buckets'),
      say('main-guide.keep-it-in-the-account-record'),
    ],
    today: say('main-guide.it-cannot-be-worked-out-from'),
    whenLost: say('main-guide.nothing-is-lost-it-is-no-secret-and'),
  },
];
