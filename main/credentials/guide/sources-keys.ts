import { say } from '../../../preload/words/say';
import type { Source } from './shapes';

/** How to get what signs requests and opens instances. */
export const keySources: readonly Source[] = [
  {
    id: 'access-key',
    title: say('main-guide.access-key'),
    steps: [
      say('main-guide.iam-user-sign-in-open-the-accounts-menu'),
      say('main-guide.under-access-keys-choose-create-access'),
      say('main-guide.choose-download-csv-file-before-you-leave-the'),
      say('main-guide.import-the-file-here-then-delete'),
      say('main-guide.on-the-command-line-aws-iam-create-access'),
      say('main-guide.a-user-has-at-most-two'),
    ],
    today: say('main-guide.older-guides-have-aws-show-a'),
    whenLost: say('main-guide.a-lost-secret-cannot-be-fetched'),
  },
  {
    id: 'certificate',
    title: say('main-guide.x-509-signing-certificate-and-private'),
    steps: [
      say('main-guide.make-one-here-coffer-generates-the-key-and'),
      say('main-guide.export-the-certificate-and-upload-it-iam-users'),
      say('main-guide.take-the-certificate-id-from-awss'),
      say('main-guide.export-the-certificate-and-the-key'),
      say('main-guide.if-aws-or-another-tool-made'),
    ],
    today: say('main-guide.only-the-ami-tools-for-bundling'),
    whenLost: say('main-guide.aws-keeps-no-copy-of-the'),
  },
  {
    id: 'key-pair',
    title: say('main-guide.key-pair-made-by-aws'),
    steps: [
      say('main-guide.in-the-ec2-console-choose-the'),
      say('main-guide.name-it-and-choose-rsa-or'),
      say('main-guide.the-browser-saves-the-private-key'),
      say('main-guide.on-the-command-line-aws-ec2-create-key'),
    ],
    today: say('main-guide.aws-ec2-create-key-pair-took'),
    whenLost: say('main-guide.aws-has-no-copy-of-the'),
  },
  {
    id: 'own-key-pair',
    title: say('main-guide.key-pair-of-your-own'),
    steps: [
      say('main-guide.generate-a-key-pair-here-or'),
      say('main-guide.export-its-public-key-or-copy'),
      say('main-guide.in-the-ec2-console-network-security-key-pairs'),
      say('main-guide.on-the-command-line-aws-ec2-import-key'),
      say('main-guide.do-so-in-every-region-in'),
    ],
    today: say('main-guide.aws-ec2-import-key-pair-took'),
    whenLost: say('main-guide.as-with-one-made-by-aws-make-a'),
  },
  {
    id: 'windows-password',
    title: say('main-guide.password-of-a-windows-instance'),
    steps: [
      say('main-guide.wait-for-the-instance-to-start'),
      say('main-guide.on-the-command-line-aws-ec2-get-password'),
      say('main-guide.in-the-ec2-console-instead-instances-the-instance'),
      say('main-guide.sign-in-as-administrator-and-change'),
    ],
    today: say('main-guide.pasting-the-encrypted-answer-here-keeps'),
    whenLost: say('main-guide.if-it-was-never-changed-fetch'),
  },
];
