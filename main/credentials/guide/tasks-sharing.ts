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
  task('sharing', 'tell-account-id', 'Let another account share something with me', {
    about: 'Whoever shares an image or a snapshot with you needs your account ID. It is no secret.',
    needs: [myAccountId],
    steps: ['Copy the account ID; it is copied without hyphens, as AWS wants it.'],
    words: ['receive', 'account number'],
  }),
  task('sharing', 'share-ami', 'Let another account use my image (AMI)', {
    about: 'An image is shared by naming the account IDs that may launch it.',
    today: 'An image whose disks are encrypted needs its KMS key shared too; the key that AWS manages cannot be.',
    needs: [
      theirAccountId,
      optional(consoleLogin, 'To do it in the console: a login'),
      optional(accessKey, 'To do it on the command line: an access key'),
    ],
    steps: [
      'In the EC2 console: “AMIs” → the image → “Actions” → “Edit AMI permissions” → “Private” → “Add account ID”.',
      '`aws ec2 modify-image-attribute --image-id ID --launch-permission "Add=[{UserId=ACCOUNT}]"`.',
      'Take passwords, keys and shell history out of an image before you share it.',
    ],
    words: ['ami', 'machine image', 'launch permission', 'account id'],
  }),
  task('sharing', 'share-snapshot', 'Let another account use my EBS snapshot', {
    about: 'A snapshot is shared by naming the account IDs that may make volumes of it.',
    today: 'An encrypted snapshot needs its KMS key shared too; one under the key that AWS manages cannot be shared.',
    needs: [
      theirAccountId,
      optional(consoleLogin, 'To do it in the console: a login'),
      optional(accessKey, 'To do it on the command line: an access key'),
    ],
    steps: [
      'In the EC2 console: “Snapshots” → the snapshot → “Actions” → “Modify permissions” → “Add account”.',
      '`aws ec2 modify-snapshot-attribute --snapshot-id ID --attribute createVolumePermission --operation-type add --user-ids ACCOUNT`.',
    ],
    words: ['volume', 'ebs', 'disk', 'createvolumepermission', 'account id'],
  }),
  task('sharing', 's3-access', 'Give another account access to my S3 objects', {
    about: 'In Amazon S3, access lists name accounts by canonical user ID, not by account ID.',
    today:
      'Access lists are switched off on buckets made since April 2023. AWS recommends bucket policies, which take account IDs, roles and canonical user IDs.',
    needs: [
      theirCanonicalId,
      optional(myCanonicalId, 'Your own canonical user ID, to keep your access in a list that you write anew'),
      optional(accessKey, 'To do it on the command line: an access key'),
    ],
    steps: [
      'Bucket policy: `"Principal": {"CanonicalUser": "ID"}`.',
      'Access list: `aws s3api put-object-acl --bucket NAME --key KEY --grant-read id=ID`.',
    ],
    words: ['acl', 'bucket', 'canonical user id', 'grant'],
  }),
];
