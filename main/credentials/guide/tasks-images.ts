import { accessKey, certificate, consoleLogin, mfaDevice, myAccountId, optional } from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** Making images of instances whose disk is the instance store. */
export const imageTasks: readonly Task[] = [
  task('images', 'bundle-linux', 'Bundle a Linux instance with an instance store', {
    about:
      'The AMI tools on the instance pack its disk into an image: they sign and encrypt it with your certificate and put your account ID in.',
    today:
      'Nearly all images live on EBS today, where “Create image” needs none of this. Where the AMI tools still run, uploading takes an access key besides.',
    needs: [myAccountId, certificate, optional(accessKey, 'To upload the bundle to S3: an access key')],
    steps: [
      'Export the certificate and its key, and copy both to the instance, outside of what is bundled.',
      '`ec2-bundle-vol -k pk-ID.pem -c cert-ID.pem -u ACCOUNT -d /mnt/bundle`; the account ID without hyphens.',
      '`ec2-upload-bundle -b BUCKET -m /mnt/bundle/image.manifest.xml -a ACCESS-KEY-ID -s SECRET`.',
      '`aws ec2 register-image --image-location BUCKET/image.manifest.xml --name NAME`.',
      'Delete certificate and key from the instance, and the exported files here.',
    ],
    words: ['ami tools', 'ec2-bundle-vol', 'image', 'unix', 'instance store', 'x.509'],
  }),
  task('images', 'bundle-windows', 'Bundle a Windows instance with an instance store', {
    about: 'EC2 itself does the bundling for Windows, so a login to the console was all it took.',
    today:
      'The console no longer offers it, and Windows images of today live on EBS: “Actions” → “Image and templates” → “Create image”. For an old instance `aws ec2 bundle-instance` is left, which takes an access key.',
    needs: [consoleLogin, mfaDevice, optional(accessKey, 'To do it on the command line: an access key')],
    steps: [
      'Sign in and look at the instance’s root device: with EBS, create an image instead.',
      'Otherwise: `aws ec2 bundle-instance --instance-id ID --storage …`, then `aws ec2 register-image`.',
    ],
    words: ['image', 'ami', 'instance store', 'bundleinstance'],
  }),
];
