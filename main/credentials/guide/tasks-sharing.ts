import { say } from '../../../preload/words/say';
import {
  accessKey,
  consoleLogin,
  myAccountId,
  myCanonicalId,
  optional,
  theirAccountId,
  theirCanonicalId,
} from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** Sharing images, snapshots and objects between accounts. */
export const sharingTasks: readonly Task[] = [
  task('sharing', 'tell-account-id', say('main-guide.let-another-account-share-something-with'), {
    about: say('main-guide.whoever-shares-an-image-or-a'),
    needs: [myAccountId],
    steps: [say('main-guide.copy-the-account-id-it-is')],
    words: say('main-guide.receive-account-number').split(', '),
  }),
  task('sharing', 'share-ami', say('main-guide.let-another-account-use-my-image'), {
    about: say('main-guide.an-image-is-shared-by-naming'),
    today: say('main-guide.an-image-whose-disks-are-encrypted'),
    needs: [
      theirAccountId,
      optional(consoleLogin, say('main-guide.to-do-it-in-the-console-a-login')),
      optional(accessKey, say('main-guide.to-do-it-on-the-command-line-an')),
    ],
    steps: [
      say('main-guide.in-the-ec2-console-amis-the-image-actions'),
      '`aws ec2 modify-image-attribute --image-id ID --launch-permission "Add=[{UserId=ACCOUNT}]"`.',
      say('main-guide.take-passwords-keys-and-shell-history'),
    ],
    words: say('main-guide.ami-machine-image-launch-permission-account').split(', '),
  }),
  task('sharing', 'share-snapshot', say('main-guide.let-another-account-use-my-ebs'), {
    about: say('main-guide.a-snapshot-is-shared-by-naming'),
    today: say('main-guide.an-encrypted-snapshot-needs-its-kms'),
    needs: [
      theirAccountId,
      optional(consoleLogin, say('main-guide.to-do-it-in-the-console-a-login')),
      optional(accessKey, say('main-guide.to-do-it-on-the-command-line-an')),
    ],
    steps: [
      say('main-guide.in-the-ec2-console-snapshots-the-snapshot-actions'),
      '`aws ec2 modify-snapshot-attribute --snapshot-id ID --attribute createVolumePermission --operation-type add --user-ids ACCOUNT`.',
    ],
    words: say('main-guide.volume-ebs-disk-createvolumepermission-account-id').split(', '),
  }),
  task('sharing', 's3-access', say('main-guide.give-another-account-access-to-my'), {
    about: say('main-guide.in-amazon-s3-access-lists-name'),
    today: say('main-guide.access-lists-are-switched-off-on'),
    needs: [
      theirCanonicalId,
      optional(myCanonicalId, say('main-guide.your-own-canonical-user-id-to')),
      optional(accessKey, say('main-guide.to-do-it-on-the-command-line-an')),
    ],
    steps: [
      say('main-guide.bucket-policy', { policy: '`"Principal": {"CanonicalUser": "ID"}`' }),
      say('main-guide.access-list-aws-s3api-put-object-acl-bucket'),
    ],
    words: say('main-guide.acl-bucket-canonical-user-id-grant').split(', '),
  }),
];
