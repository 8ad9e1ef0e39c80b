import { say } from '../../../preload/words/say';
import { keyPair, keyPairForPassword, keyPairName, optional, windowsPassword } from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** Launching instances and logging in to them. */
export const instanceTasks: readonly Task[] = [
  task('instances', 'launch', say('main-guide.launch-an-instance-that-i-can'), {
    about: say('main-guide.you-name-a-key-pair-at'),
    today: say('main-guide.the-public-key-arrives-by-the-instances-metadata'),
    needs: [keyPairName],
    steps: [say('main-guide.choose-the-key-pair-in-the'), say('main-guide.check-first-that-its-private-key-is-held')],
    words: say('main-guide.run-instance-start-key-name-authorized').split(', '),
  }),
  task('instances', 'ssh', say('main-guide.log-in-to-a-linux-instance'), {
    about: say('main-guide.the-first-login-takes-the-private'),
    today: say('main-guide.ec2-instance-connect-and-session-manager'),
    needs: [keyPair],
    steps: [
      say('main-guide.export-the-key-to-ssh-or'),
      say('main-guide.ssh-i-ssh-name-pem-ec2'),
      say('main-guide.or-let-coffer-write-a-host'),
    ],
    words: say('main-guide.unix-putty-terminal-connect-ec2-user').split(', '),
  }),
  task('instances', 'rdp-first', say('main-guide.log-in-to-a-windows-instance'), {
    about: say('main-guide.ec2-makes-up-the-administrators-first'),
    needs: [windowsPassword, optional(keyPairForPassword, say('main-guide.to-decrypt-it-the-rsa-key-pair-that'))],
    steps: [
      say('main-guide.get-the-password-as-told-below'),
      say('main-guide.export-the-rdp-file-open-it'),
      say('main-guide.change-the-password-and-keep-the'),
    ],
    words: say('main-guide.remote-desktop-rdp-administrator-get-password').split(', '),
  }),
  task('instances', 'rdp-later', say('main-guide.log-in-to-a-windows-instance-again'), {
    about: say('main-guide.the-password-that-ec2-made-up'),
    needs: [windowsPassword],
    steps: [say('main-guide.edit-the-windows-password-here-whenever'), say('main-guide.export-the-rdp-file-and-copy')],
    words: say('main-guide.remote-desktop-rdp-changed-password-rebundled').split(', '),
  }),
];
