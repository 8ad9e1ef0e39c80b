import { say } from '../../../preload/words/say';
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
  task('credentials', 'get-login', say('main-guide.get-a-login'), {
    about: say('main-guide.the-root-users-comes-with-the'),
    needs: [consoleLogin, optional(rootLogin, say('main-guide.the-root-users-login-kept-for'))],
    steps: [say('main-guide.follow-login-to-the-console-below'), say('main-guide.keep-it-as-a-sign-in')],
    words: say('main-guide.password-user-sign-in-credentials').split(', '),
  }),
  task('credentials', 'get-access-key', say('main-guide.get-an-access-key'), {
    about: say('main-guide.an-id-and-a-secret-that-sign-requests'),
    needs: [accessKey, optional(consoleLogin, say('main-guide.to-make-one-in-the-console-a-login'))],
    steps: [say('main-guide.follow-access-key-below'), say('main-guide.import-the-file-that-aws-hands')],
    words: say('main-guide.access-key-id-secret-access-key').split(', '),
  }),
  task('credentials', 'replace-access-key', say('main-guide.replace-or-switch-off-an-access'), {
    about: say('main-guide.a-user-has-at-most-two-keys'),
    needs: [accessKey],
    steps: [
      say('main-guide.open-the-access-key-here-and-begin-the'),
      say('main-guide.aws-iam-update-access-key-access'),
      say('main-guide.aws-iam-delete-access-key-access'),
    ],
    words: say('main-guide.rotate-rotation-disable-inactive-two-keys').split(', '),
  }),
  task('credentials', 'get-certificate', say('main-guide.get-an-x-509-certificate-with'), {
    about: say('main-guide.for-the-ami-tools-make-it'),
    needs: [
      certificate,
      optional(consoleLogin, say('main-guide.to-upload-it-in-the-console-a-login')),
      optional(accessKey, say('main-guide.to-upload-it-on-the-command-line-an')),
    ],
    steps: [say('main-guide.follow-x-509-signing-certificate-and'), say('main-guide.export-both-files-into-ec2-where')],
    words: say('main-guide.signing-certificate-pem-pk-cert-ec2').split(', '),
  }),
  task('credentials', 'get-key-pair-aws', say('main-guide.have-aws-make-a-key-pair'), {
    about: say('main-guide.aws-keeps-the-public-half-and'),
    needs: [
      keyPair,
      optional(consoleLogin, say('main-guide.to-do-it-in-the-console-a-login')),
      optional(accessKey, say('main-guide.to-do-it-on-the-command-line-an')),
    ],
    steps: [say('main-guide.follow-key-pair-made-by-aws'), say('main-guide.import-the-file-here-and-check')],
    words: say('main-guide.createkeypair-ec2-add-keypair-ssh-key').split(', '),
  }),
  task('credentials', 'get-key-pair-own', say('main-guide.bring-a-key-pair-of-my'), {
    about: say('main-guide.make-it-here-or-with-openssh'),
    needs: [
      publicKey,
      optional(consoleLogin, say('main-guide.to-do-it-in-the-console-a-login')),
      optional(accessKey, say('main-guide.to-do-it-on-the-command-line-an')),
    ],
    steps: [say('main-guide.follow-key-pair-of-your-own'), say('main-guide.check-its-fingerprint-against-the-one')],
    sources: ['key-pair'],
    words: say('main-guide.importkeypair-ec2-import-keypair-openssh-ssh').split(', '),
  }),
  task('credentials', 'get-windows-password', say('main-guide.get-the-password-of-a-windows'), {
    about: say('main-guide.aws-hands-it-out-encrypted-coffer'),
    needs: [
      windowsPassword,
      keyPairForPassword,
      optional(consoleLogin, say('main-guide.to-do-it-in-the-console-a-login')),
      optional(accessKey, say('main-guide.to-do-it-on-the-command-line-an')),
    ],
    steps: [say('main-guide.follow-password-of-a-windows-instance')],
    words: say('main-guide.get-password-data-decrypt-administrator-rdp').split(', '),
  }),
  task('credentials', 'get-account-id', say('main-guide.find-out-my-account-id'), {
    about: say('main-guide.12-digits-that-name-the-account'),
    needs: [myAccountId],
    steps: [say('main-guide.follow-account-id-below')],
    words: say('main-guide.account-number-account-identifiers-12-digits').split(', '),
  }),
  task('credentials', 'get-canonical-id', say('main-guide.find-out-my-canonical-user-id'), {
    about: say('main-guide.64-hex-digits-that-name-the'),
    needs: [myCanonicalId],
    steps: [say('main-guide.follow-canonical-user-id-below')],
    words: say('main-guide.s3-account-identifiers').split(', '),
  }),
  task('lost', 'lost-login', say('main-guide.i-lost-a-password-or-an'), {
    about: say('main-guide.aws-lets-you-set-a-new'),
    needs: [
      optional(consoleLogin, say('main-guide.another-login-that-may-manage-users')),
      optional(mfaDevice, say('main-guide.another-mfa-device-of-the-same')),
    ],
    steps: [say('main-guide.see-if-it-is-lost-below')],
    sources: ['root-login'],
    words: say('main-guide.forgot-reset-recover').split(', '),
  }),
  task('lost', 'lost-access-key', say('main-guide.i-lost-a-secret-access-key'), {
    about: say('main-guide.it-cannot-be-shown-again-replace'),
    needs: [
      optional(accessKey, say('main-guide.another-access-key-that-still-works')),
      optional(consoleLogin, say('main-guide.a-login-to-make-a-new')),
    ],
    steps: [say('main-guide.see-if-it-is-lost'), say('main-guide.after-a-leak-look-in-cloudtrail')],
    words: say('main-guide.leaked-stolen-forgot-compromised').split(', '),
  }),
  task('lost', 'lost-certificate', say('main-guide.i-lost-a-certificates-private-key'), {
    about: say('main-guide.it-could-be-fetched-a-single'),
    needs: [
      optional(certificate, say('main-guide.another-certificate-that-still-works')),
      optional(consoleLogin, say('main-guide.a-login-to-upload-a-new')),
    ],
    steps: [say('main-guide.see-if-it-is-lost')],
    words: say('main-guide.x-509-pem-download-once').split(', '),
  }),
  task('lost', 'lost-key-pair', say('main-guide.i-lost-a-key-pairs-private'), {
    about: say('main-guide.aws-never-had-a-copy-a'),
    needs: [optional(publicKey, say('main-guide.the-public-key-of-a-new'))],
    steps: [say('main-guide.look-first-whether-a-backup-of'), say('main-guide.see-if-it-is-lost')],
    words: say('main-guide.ssh-key-pem-locked-out').split(', '),
  }),
  task('lost', 'lost-windows-password', say('main-guide.i-lost-the-password-of-a'), {
    about: say('main-guide.the-first-one-can-be-decrypted'),
    needs: [
      optional(windowsPassword, say('main-guide.the-password-if-it-is-held')),
      optional(keyPairForPassword, say('main-guide.the-instances-key-pair-for-the')),
    ],
    steps: [say('main-guide.see-if-it-is-lost')],
    words: say('main-guide.administrator-reset-rdp').split(', '),
  }),
];
