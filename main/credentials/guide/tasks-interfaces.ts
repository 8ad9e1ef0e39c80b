import { say } from '../../../preload/words/say';
import { accessKey, accountForLogin, certificate, consoleLogin, keyPair, mfaDevice, optional } from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** The ways in which EC2 is used, and what each takes. */
export const interfaceTasks: readonly Task[] = [
  task('interfaces', 'console', say('main-guide.use-ec2-in-the-web-console'), {
    about: say('main-guide.launching-and-looking-after-instances-in'),
    needs: [accountForLogin, consoleLogin, mfaDevice],
    steps: [say('main-guide.sign-in'), say('main-guide.open-ec2-and-choose-the-region')],
    words: say('main-guide.management-console-browser-launch-administer').split(', '),
  }),
  task('interfaces', 'query-api', say('main-guide.call-the-ec2-query-api-or'), {
    about: say('main-guide.requests-are-signed-with-the-secret'),
    today: say('main-guide.requests-are-signed-by-signature-version'),
    needs: [accessKey],
    steps: [say('main-guide.export-a-profile-into-aws-which'), say('main-guide.try-it-aws-sts-get-caller-identity')],
    words: say('main-guide.https-rest-sdk-program-signature-boto').split(', '),
  }),
  task('interfaces', 'ui-tools', say('main-guide.use-a-program-with-windows-for'), {
    about: say('main-guide.tools-with-a-user-interface-elasticfox'),
    today: say('main-guide.elasticfox-is-gone-tools-of-today'),
    needs: [accessKey],
    steps: [say('main-guide.export-a-profile-into-aws-or')],
    words: say('main-guide.elasticfox-gui-toolkit-third-party').split(', '),
  }),
  task('interfaces', 'command-line', say('main-guide.use-ec2-from-the-command-line'), {
    about: say('main-guide.the-aws-cli-takes-an-access'),
    today: say('main-guide.the-aws-cli-replaced-the-ec2-api-tools'),
    needs: [accessKey, optional(certificate, say('main-guide.for-the-old-api-tools-only-an-x'))],
    steps: [
      say('main-guide.export-a-profile-into-aws'),
      say('main-guide.try-it-aws-ec2-describe-instances-profile-name'),
      say('main-guide.for-old-tools-only-export-the'),
    ],
    words: say('main-guide.api-tools-cli-terminal-shell-ec2').split(', '),
  }),
  task('interfaces', 'soap-api', say('main-guide.call-the-ec2-soap-api'), {
    about: say('main-guide.soap-requests-to-ec2-were-signed'),
    today: say('main-guide.ec2-has-taken-no-soap-requests'),
    needs: [certificate, optional(accessKey, say('main-guide.what-the-query-api-takes-instead'))],
    steps: [say('main-guide.replace-the-soap-calls-by-an'), say('main-guide.export-a-profile-into-aws-for')],
    words: say('main-guide.wsdl-ws-security-x-509-soap').split(', '),
  }),
  task('interfaces', 'which-credential', say('main-guide.find-out-which-credential-a-tool'), {
    about: say('main-guide.it-depends-on-the-tool-and-its-api'),
    needs: [
      optional(accessKey, say('main-guide.for-sdks-and-the-aws-cli-an-access')),
      optional(certificate, say('main-guide.for-the-ami-tools-an-x-509-certificate')),
      optional(keyPair, say('main-guide.for-logging-in-to-instances-a-key-pair')),
      optional(consoleLogin, say('main-guide.for-the-console-a-login')),
    ],
    steps: [say('main-guide.if-a-tool-takes-either-an-access-key')],
    words: say('main-guide.choose-difference-access-key-or-certificate').split(', '),
  }),
];
