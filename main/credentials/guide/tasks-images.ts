import { say } from '../../../preload/words/say';
import { accessKey, certificate, consoleLogin, mfaDevice, myAccountId, optional } from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** Making images of instances whose disk is the instance store. */
export const imageTasks: readonly Task[] = [
  task('images', 'bundle-linux', say('main-guide.bundle-a-linux-instance-with-an'), {
    about: say('main-guide.the-ami-tools-on-the-instance-pack-its'),
    today: say('main-guide.nearly-all-images-live-on-ebs'),
    needs: [myAccountId, certificate, optional(accessKey, say('main-guide.to-upload-the-bundle-to-s3-an-access'))],
    steps: [
      say('main-guide.export-the-certificate-and-its-key'),
      say('main-guide.ec2-bundle-vol-k-pk-id'),
      '`ec2-upload-bundle -b BUCKET -m /mnt/bundle/image.manifest.xml -a ACCESS-KEY-ID -s SECRET`.',
      '`aws ec2 register-image --image-location BUCKET/image.manifest.xml --name NAME`.',
      say('main-guide.delete-certificate-and-key-from-the'),
    ],
    words: say('main-guide.ami-tools-ec2-bundle-vol-image').split(', '),
  }),
  task('images', 'bundle-windows', say('main-guide.bundle-a-windows-instance-with-an'), {
    about: say('main-guide.ec2-itself-does-the-bundling-for'),
    today: say('main-guide.the-console-no-longer-offers-it-and-windows'),
    needs: [consoleLogin, mfaDevice, optional(accessKey, say('main-guide.to-do-it-on-the-command-line-an'))],
    steps: [
      say('main-guide.sign-in-and-look-at-the-instances-root'),
      say('main-guide.otherwise-aws-ec2-bundle-instance-instance-id-id'),
    ],
    words: say('main-guide.image-ami-instance-store-bundleinstance').split(', '),
  }),
];
