import { say } from '../../../preload/words/say';
import { accountForLogin, consoleLogin, mfaDevice, rootLogin } from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** What the owner of an account does with a login. */
export const accountTasks: readonly Task[] = [
  task('account', 'sign-up', say('main-guide.open-an-aws-account'), {
    about: say('main-guide.a-new-account-begins-with-an-e-mail'),
    today: say('main-guide.amazons-shop-and-aws-have-logins-of-their'),
    needs: [rootLogin],
    steps: [say('main-guide.follow-root-users-login-below-and'), say('main-guide.set-up-iam-identity-center-or')],
    words: say('main-guide.sign-up-register-new-account-create').split(', '),
  }),
  task('account', 'sign-up-services', say('main-guide.start-using-a-further-aws-service'), {
    about: say('main-guide.signing-up-for-services-is-done'),
    today: say('main-guide.nearly-every-service-is-there-from'),
    needs: [consoleLogin, mfaDevice],
    steps: [say('main-guide.sign-in-to-the-console-and'), say('main-guide.regions-are-switched-on-under-account')],
    words: say('main-guide.subscribe-enable-region-sign-up').split(', '),
  }),
  task('account', 'bills', say('main-guide.see-what-aws-charges'), {
    about: say('main-guide.bills-and-payments-are-shown-to'),
    today: say('main-guide.iam-users-see-bills-only-once-the-root'),
    needs: [consoleLogin, mfaDevice],
    steps: [say('main-guide.sign-in-to-the-console'), say('main-guide.open-the-accounts-menu-at-the')],
    words: say('main-guide.bill-invoice-cost-payment').split(', '),
  }),
  task('account', 'account-tasks', say('main-guide.change-the-account-itself'), {
    about: say('main-guide.address-contacts-payment-e-mail-address-closing-what'),
    today: say('main-guide.some-of-it-such-as-the'),
    needs: [rootLogin, mfaDevice],
    steps: [say('main-guide.sign-in-as-the-root-user'), say('main-guide.open-the-accounts-menu-at-the-top')],
    words: say('main-guide.settings-address-contact-close-account-owner').split(', '),
  }),
  task('account', 'security-credentials', say('main-guide.see-or-renew-credentials-at-aws'), {
    about: say('main-guide.access-keys-certificates-mfa-devices-and'),
    today: say('main-guide.the-page-is-in-the-accounts'),
    needs: [consoleLogin, mfaDevice],
    steps: [
      say('main-guide.sign-in-to-the-console'),
      say('main-guide.open-the-accounts-menu-at-the-top-right'),
      say('main-guide.make-or-renew-what-you-need-and-bring'),
    ],
    sources: ['access-key', 'certificate', 'account-id', 'canonical-id'],
    words: say('main-guide.create-credentials-regenerate-security-credentials-page').split(', '),
  }),
  task('account', 'sign-in', say('main-guide.sign-in-to-an-account-that'), {
    about: say('main-guide.the-console-asks-the-root-user'),
    needs: [accountForLogin, consoleLogin, mfaDevice],
    steps: [say('main-guide.open-the-accounts-sign-in-address'), say('main-guide.copy-each-part-from-here-into')],
    words: say('main-guide.login-log-in-password-root-returning').split(', '),
  }),
  task('account', 'mfa', say('main-guide.protect-a-login-with-a-second'), {
    about: say('main-guide.a-device-or-an-app-gives'),
    needs: [consoleLogin, mfaDevice],
    steps: [say('main-guide.follow-mfa-device-below'), say('main-guide.sign-in-once-with-it-before')],
    words: say('main-guide.multi-factor-authentication-two-factor-token').split(', '),
  }),
];
