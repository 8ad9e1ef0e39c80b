import { keyPair, keyPairForPassword, keyPairName, optional, windowsPassword } from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** Launching instances and logging in to them. */
export const instanceTasks: readonly Task[] = [
  task('instances', 'launch', 'Launch an instance that I can log in to', {
    about: 'You name a key pair at launch, and EC2 puts its public half on the instance.',
    today:
      'The public key arrives by the instance’s metadata and is written into the login user’s `~/.ssh/authorized_keys`: ec2-user, ubuntu, admin and so on by image.',
    needs: [keyPairName],
    steps: [
      'Choose the key pair in the console’s launch form, or `aws ec2 run-instances --key-name NAME …`.',
      'Check first that its private key is held here: AWS has no copy.',
    ],
    words: ['run instance', 'start', 'key name', 'authorized_keys'],
  }),
  task('instances', 'ssh', 'Log in to a Linux instance by SSH', {
    about: 'The first login takes the private key of the key pair that the instance was launched with.',
    today: 'EC2 Instance Connect and Session Manager let you in without a key pair, if the instance is set up for it.',
    needs: [keyPair],
    steps: [
      'Export the key to `~/.ssh`, or as PPK for PuTTY.',
      '`ssh -i ~/.ssh/NAME.pem ec2-user@ADDRESS`; the user depends on the image.',
      'Or let Coffer write a Host block into `~/.ssh/config`, and type its name alone.',
    ],
    words: ['unix', 'putty', 'terminal', 'connect', 'ec2-user', 'ubuntu'],
  }),
  task('instances', 'rdp-first', 'Log in to a Windows instance for the first time', {
    about:
      'EC2 makes up the administrator’s first password and encrypts it to the key pair; decrypted, it opens Remote Desktop.',
    needs: [
      windowsPassword,
      optional(keyPairForPassword, 'To decrypt it: the RSA key pair that the instance was launched with'),
    ],
    steps: [
      'Get the password as told below.',
      'Export the .rdp file, open it, and paste the copied password.',
      'Change the password, and keep the new one here.',
    ],
    words: ['remote desktop', 'rdp', 'administrator', 'get password'],
  }),
  task('instances', 'rdp-later', 'Log in to a Windows instance again', {
    about:
      'The password that EC2 made up opens an instance only until it is changed. After that, and on instances from an image that you bundled, the last one that was set counts.',
    needs: [windowsPassword],
    steps: [
      'Edit the Windows password here whenever you change it on the instance.',
      'Export the .rdp file, and copy the password.',
    ],
    words: ['remote desktop', 'rdp', 'changed password', 'rebundled'],
  }),
];
