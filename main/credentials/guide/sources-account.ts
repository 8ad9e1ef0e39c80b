import type { Source } from './shapes';

/** How to get what names an account and lets people in. */
export const accountSources: readonly Source[] = [
  {
    id: 'root-login',
    title: 'Root user’s login',
    steps: [
      'For a new account, open https://aws.amazon.com/ and choose “Create account”. Give an e-mail address that stays yours, and name the account.',
      'Confirm the code that AWS mails you, and set a long password; Coffer can make one in a new sign-in record.',
      'For an account that is there, open https://console.aws.amazon.com/ and choose to sign in with the root user’s e-mail address.',
      'Keep the e-mail address and the password as a sign-in here, with the user left empty.',
      'Add an MFA device to it at once: AWS asks for one.',
    ],
    today:
      'Keep the root user for what only it can do. For every day AWS recommends IAM Identity Center, or roles; an IAM user where neither will do.',
    whenLost:
      'Choose “Forgot password?” on the root user’s sign-in page; AWS mails a link. Keep the mailbox safe: whoever reads it can do the same.',
  },
  {
    id: 'login',
    title: 'Login to the console',
    steps: [
      'IAM user: an administrator opens IAM → Users → the user → “Security credentials” → “Console sign-in” → “Manage console access”, and hands over the password.',
      'Sign in at https://ACCOUNT.signin.aws.amazon.com/console, where ACCOUNT is the account’s ID or alias.',
      'IAM Identity Center: sign in at the access portal’s address instead, https://….awsapps.com/start, and pick account and role.',
      'Root user: https://console.aws.amazon.com/ with e-mail address and password.',
      'Keep the login as a sign-in here, belonging to its account.',
    ],
    today: 'Older guides know only the owner’s login, today’s root user. AWS now advises against using it day to day.',
    whenLost:
      'IAM user: an administrator sets a new password at the same place. Root user: “Forgot password?” on the sign-in page.',
  },
  {
    id: 'mfa',
    title: 'MFA device',
    steps: [
      'Sign in, open the account’s menu at the top right and choose “Security credentials”.',
      'Under “Multi-factor authentication (MFA)” choose “Assign MFA device”.',
      'Authenticator app: choose “Show QR code” or “Show secret key”, and give that to the sign-in’s MFA devices in Coffer.',
      'Type two codes that follow one another; Coffer shows the live one with its remaining seconds.',
      'Passkey, security key or hardware token: follow AWS’s steps, and keep a token’s serial number here.',
    ],
    today:
      'Once a device in your hand was the only kind. Today a passkey or an app does as well; a login can have up to eight devices, and AWS requires MFA for root users. A code kept beside its password protects less than one kept elsewhere.',
    whenLost:
      'Sign in with another of the login’s devices. Otherwise, root user: “Troubleshoot MFA” on the sign-in page proves you by e-mail and telephone. IAM user: an administrator removes the device.',
  },
  {
    id: 'account-id',
    title: 'Account ID',
    steps: [
      'In the console, open the account’s menu at the top right: the 12 digits stand there; the sign beside them copies them.',
      'On the command line: `aws sts get-caller-identity --query Account --output text`.',
      'Keep it in an account record. Coffer shows it with hyphens and copies it without, as AWS wants it.',
    ],
    today: 'The page that showed it is still called “Security credentials”; the menu at the top right is quicker.',
    whenLost: 'Nothing is lost: it is no secret and never changes. Look it up again.',
  },
  {
    id: 'canonical-id',
    title: 'Canonical user ID',
    steps: [
      'Sign in, open the account’s menu at the top right and choose “Security credentials”; the ID stands under “Account details”.',
      'On the command line: `aws s3api list-buckets --query Owner.ID --output text`.',
      'Keep it in the account record.',
    ],
    today:
      'It cannot be worked out from the account ID. Bucket policies take account IDs and roles as well, which are easier to read.',
    whenLost: 'Nothing is lost: it is no secret and never changes. Look it up again.',
  },
];
