import { accountForLogin, consoleLogin, mfaDevice, rootLogin } from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** What the owner of an account does with a login. */
export const accountTasks: readonly Task[] = [
  task('account', 'sign-up', 'Open an AWS account', {
    about: 'A new account begins with an e-mail address and a password: the root user, who may do everything.',
    today: 'Amazon’s shop and AWS have logins of their own now: one for the shop does not open AWS.',
    needs: [rootLogin],
    steps: [
      'Follow “Root user’s login” below, and keep the login and the account here.',
      'Set up IAM Identity Center or an IAM user for every day.',
    ],
    words: ['sign up', 'register', 'new account', 'create'],
  }),
  task('account', 'sign-up-services', 'Start using a further AWS service', {
    about: 'Signing up for services is done with the login of the account.',
    today: 'Nearly every service is there from the start today; a few, and new Regions, want to be switched on.',
    needs: [consoleLogin, mfaDevice],
    steps: ['Sign in to the console and open the service.', 'Regions are switched on under “Account” → “AWS Regions”.'],
    words: ['subscribe', 'enable', 'region', 'sign up'],
  }),
  task('account', 'bills', 'See what AWS charges', {
    about: 'Bills and payments are shown to whoever has the login.',
    today:
      'IAM users see bills only once the root user has allowed it: “Account” → “IAM user and role access to Billing information”.',
    needs: [consoleLogin, mfaDevice],
    steps: [
      'Sign in to the console.',
      'Open the account’s menu at the top right and choose “Billing and Cost Management”.',
    ],
    words: ['bill', 'invoice', 'cost', 'payment'],
  }),
  task('account', 'account-tasks', 'Change the account itself', {
    about:
      'Address, contacts, payment, e-mail address, closing: what concerns the account as a whole is done with a login.',
    today: 'Some of it, such as the root user’s e-mail address, only the root user can change.',
    needs: [rootLogin, mfaDevice],
    steps: ['Sign in as the root user.', 'Open the account’s menu at the top right and choose “Account”.'],
    words: ['settings', 'address', 'contact', 'close account', 'owner'],
  }),
  task('account', 'security-credentials', 'See or renew credentials at AWS', {
    about:
      'Access keys, certificates, MFA devices and account numbers are listed on one page, open to whoever signs in.',
    today:
      'The page is in the account’s menu at the top right, “Security credentials”. Administrators find other users’ under IAM → Users.',
    needs: [consoleLogin, mfaDevice],
    steps: [
      'Sign in to the console.',
      'Open the account’s menu at the top right and choose “Security credentials”.',
      'Make or renew what you need, and bring it here at once: most of it is shown a single time.',
    ],
    sources: ['access-key', 'certificate', 'account-id', 'canonical-id'],
    words: ['create credentials', 'regenerate', 'security credentials page'],
  }),
  task('account', 'sign-in', 'Sign in to an account that is there', {
    about: 'The console asks the root user for an e-mail address, and an IAM user for account, name and password.',
    needs: [accountForLogin, consoleLogin, mfaDevice],
    steps: [
      'Open the account’s sign-in address, or https://console.aws.amazon.com/.',
      'Copy each part from here into the page; Coffer clears the clipboard where it can.',
    ],
    words: ['login', 'log in', 'password', 'root', 'returning user'],
  }),
  task('account', 'mfa', 'Protect a login with a second factor', {
    about:
      'A device or an app gives a code that is asked for besides the password, so that a stolen password is not enough.',
    needs: [consoleLogin, mfaDevice],
    steps: ['Follow “MFA device” below.', 'Sign in once with it, before you rely on it.'],
    words: ['multi-factor authentication', 'two-factor', 'token', 'totp', 'passcode', 'device'],
  }),
];
