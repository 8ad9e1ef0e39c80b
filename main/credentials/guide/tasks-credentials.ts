import {
  accessKey,
  certificate,
  consoleLogin,
  keyPair,
  keyPairForPassword,
  mfaDevice,
  myAccountId,
  myCanonicalId,
  optional,
  publicKey,
  rootLogin,
  windowsPassword,
} from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** Getting each credential from AWS. */
export const credentialTasks: readonly Task[] = [
  task('credentials', 'get-login', 'Get a login', {
    about:
      'The root user’s comes with the account; an administrator makes others. Whoever has the root user’s can make every other credential.',
    needs: [consoleLogin, optional(rootLogin, 'The root user’s login, kept for what only it can do')],
    steps: ['Follow “Login to the console” below.', 'Keep it as a sign-in, and add an MFA device.'],
    words: ['password', 'user', 'sign-in credentials'],
  }),
  task('credentials', 'get-access-key', 'Get an access key', {
    about: 'An ID and a secret that sign requests: the credential that most tools ask for.',
    needs: [accessKey, optional(consoleLogin, 'To make one in the console: a login')],
    steps: ['Follow “Access key” below.', 'Import the file that AWS hands out, or type both parts in.'],
    words: ['access key id', 'secret access key', 'create'],
  }),
  task('credentials', 'replace-access-key', 'Replace or switch off an access key', {
    about: 'A user has at most two keys, so that the new one can take over before the old one goes.',
    needs: [accessKey],
    steps: [
      'Open the access key here and begin the rotation: create, test, deactivate, delete, each step noted.',
      '`aws iam update-access-key --access-key-id ID --status Inactive` switches one off; it can be switched on again.',
      '`aws iam delete-access-key --access-key-id ID` is for ever.',
    ],
    words: ['rotate', 'rotation', 'disable', 'inactive', 'two keys'],
  }),
  task('credentials', 'get-certificate', 'Get an X.509 certificate with its private key', {
    about: 'For the AMI tools. Make it here and hand AWS the certificate alone.',
    needs: [
      certificate,
      optional(consoleLogin, 'To upload it in the console: a login'),
      optional(accessKey, 'To upload it on the command line: an access key'),
    ],
    steps: [
      'Follow “X.509 signing certificate and private key” below.',
      'Export both files into `~/.ec2` where the tools look.',
    ],
    words: ['signing certificate', 'pem', 'pk-', 'cert-', '.ec2'],
  }),
  task('credentials', 'get-key-pair-aws', 'Have AWS make a key pair', {
    about: 'AWS keeps the public half and gives you the private one, a single time.',
    needs: [
      keyPair,
      optional(consoleLogin, 'To do it in the console: a login'),
      optional(accessKey, 'To do it on the command line: an access key'),
    ],
    steps: [
      'Follow “Key pair made by AWS” below.',
      'Import the file here, and check its fingerprint against the one that EC2 shows.',
    ],
    words: ['createkeypair', 'ec2-add-keypair', 'ssh key', 'create key pair'],
  }),
  task('credentials', 'get-key-pair-own', 'Bring a key pair of my own to AWS', {
    about: 'Make it here, or with OpenSSH or PuTTYgen, and give AWS the public half alone.',
    needs: [
      publicKey,
      optional(consoleLogin, 'To do it in the console: a login'),
      optional(accessKey, 'To do it on the command line: an access key'),
    ],
    steps: ['Follow “Key pair of your own” below.', 'Check its fingerprint against the one that EC2 shows.'],
    sources: ['key-pair'],
    words: ['importkeypair', 'ec2-import-keypair', 'openssh', 'ssh-keygen', 'third-party tool'],
  }),
  task('credentials', 'get-windows-password', 'Get the password of a Windows instance', {
    about: 'AWS hands it out encrypted; Coffer decrypts it with the instance’s key pair.',
    needs: [
      windowsPassword,
      keyPairForPassword,
      optional(consoleLogin, 'To do it in the console: a login'),
      optional(accessKey, 'To do it on the command line: an access key'),
    ],
    steps: ['Follow “Password of a Windows instance” below.'],
    words: ['get-password-data', 'decrypt', 'administrator', 'rdp'],
  }),
  task('credentials', 'get-account-id', 'Find out my account ID', {
    about: '12 digits that name the account to AWS and to others. No secret.',
    needs: [myAccountId],
    steps: ['Follow “Account ID” below.'],
    words: ['account number', 'account identifiers', '12 digits'],
  }),
  task('credentials', 'get-canonical-id', 'Find out my canonical user ID', {
    about: '64 hex digits that name the account to Amazon S3. No secret.',
    needs: [myCanonicalId],
    steps: ['Follow “Canonical user ID” below.'],
    words: ['s3', 'account identifiers'],
  }),
  task('lost', 'lost-login', 'I lost a password or an MFA device', {
    about: 'AWS lets you set a new password by mail; an administrator does it for IAM users.',
    needs: [
      optional(consoleLogin, 'Another login that may manage users'),
      optional(mfaDevice, 'Another MFA device of the same login'),
    ],
    steps: ['See “If it is lost” below. Then keep the new password here; the old one stays in the history.'],
    sources: ['root-login'],
    words: ['forgot', 'reset', 'recover'],
  }),
  task('lost', 'lost-access-key', 'I lost a secret access key, or it leaked', {
    about: 'It cannot be shown again. Replace it; if it leaked, make it inactive at once.',
    needs: [
      optional(accessKey, 'Another access key that still works'),
      optional(consoleLogin, 'A login, to make a new one'),
    ],
    steps: ['See “If it is lost” below.', 'After a leak, look in CloudTrail for what was done with it.'],
    words: ['leaked', 'stolen', 'forgot', 'compromised'],
  }),
  task('lost', 'lost-certificate', 'I lost a certificate’s private key', {
    about: 'It could be fetched a single time. A new certificate takes its place.',
    needs: [
      optional(certificate, 'Another certificate that still works'),
      optional(consoleLogin, 'A login, to upload a new one'),
    ],
    steps: ['See “If it is lost” below.'],
    words: ['x.509', 'pem', 'download once'],
  }),
  task('lost', 'lost-key-pair', 'I lost a key pair’s private key', {
    about: 'AWS never had a copy. A new key pair takes its place, and its public key has to get onto the instance.',
    needs: [optional(publicKey, 'The public key of a new key pair')],
    steps: [
      'Look first whether a backup of this vault, or “Look on this computer”, has it.',
      'See “If it is lost” below.',
    ],
    words: ['ssh key', 'pem', 'locked out'],
  }),
  task('lost', 'lost-windows-password', 'I lost the password of a Windows instance', {
    about: 'The first one can be decrypted again; one that was set later must be replaced.',
    needs: [
      optional(windowsPassword, 'The password, if it is held after all'),
      optional(keyPairForPassword, 'The instance’s key pair, for the first password'),
    ],
    steps: ['See “If it is lost” below.'],
    words: ['administrator', 'reset', 'rdp'],
  }),
];
