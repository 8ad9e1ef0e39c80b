import { accessKey, accountForLogin, certificate, consoleLogin, keyPair, mfaDevice, optional } from './needs';
import type { Task } from './shapes';
import { task } from './task';

/** The ways in which EC2 is used, and what each takes. */
export const interfaceTasks: readonly Task[] = [
  task('interfaces', 'console', 'Use EC2 in the web console', {
    about: 'Launching and looking after instances in the AWS Management Console takes a login and nothing else.',
    needs: [accountForLogin, consoleLogin, mfaDevice],
    steps: ['Sign in.', 'Open EC2 and choose the Region at the top right.'],
    words: ['management console', 'browser', 'launch', 'administer'],
  }),
  task('interfaces', 'query-api', 'Call the EC2 Query API or a REST API', {
    about: 'Requests are signed with the secret access key and carry the access key ID.',
    today: 'Requests are signed by Signature Version 4 today. In programs, let an AWS SDK sign them.',
    needs: [accessKey],
    steps: [
      'Export a profile into `~/.aws`, which every SDK reads, or copy the lines that set the variables.',
      'Try it: `aws sts get-caller-identity`.',
    ],
    words: ['https', 'rest', 'sdk', 'program', 'signature', 'boto'],
  }),
  task('interfaces', 'ui-tools', 'Use a program with windows for EC2', {
    about: 'Tools with a user interface, Elasticfox in its day, sign requests for you with an access key.',
    today: 'Elasticfox is gone. Tools of today, such as the AWS Toolkit for VS Code, read the profiles in `~/.aws`.',
    needs: [accessKey],
    steps: ['Export a profile into `~/.aws`, or copy both parts into the tool’s settings.'],
    words: ['elasticfox', 'gui', 'toolkit', 'third-party'],
  }),
  task('interfaces', 'command-line', 'Use EC2 from the command line', {
    about:
      'The AWS CLI takes an access key. The old EC2 API tools, the commands that begin with “ec2-”, took an X.509 certificate with its private key.',
    today:
      'The AWS CLI replaced the EC2 API tools: `ec2-run-instances` is `aws ec2 run-instances`, and so on. Without a stored key, `aws login` or `aws sso login` does.',
    needs: [accessKey, optional(certificate, 'For the old API tools only: an X.509 certificate with its private key')],
    steps: [
      'Export a profile into `~/.aws`.',
      'Try it: `aws ec2 describe-instances --profile NAME`.',
      'For old tools only, export the certificate and its key into `~/.ec2`, and set `EC2_CERT` and `EC2_PRIVATE_KEY`.',
    ],
    words: ['api tools', 'cli', 'terminal', 'shell', 'ec2-run-instances', 'x.509'],
  }),
  task('interfaces', 'soap-api', 'Call the EC2 SOAP API', {
    about: 'SOAP requests to EC2 were signed with an X.509 certificate’s private key.',
    today:
      'EC2 has taken no SOAP requests since the end of 2015. Move the program to the Query API or an SDK, which want an access key.',
    needs: [accessKey, optional(certificate, 'What SOAP took: an X.509 certificate with its private key')],
    steps: [
      'Replace the SOAP calls by an AWS SDK; the actions keep their names.',
      'Export a profile into `~/.aws` for it.',
    ],
    words: ['wsdl', 'ws-security', 'x.509', 'soap'],
  }),
  task('interfaces', 'which-credential', 'Find out which credential a tool wants', {
    about:
      'It depends on the tool and its API: SDKs and the AWS CLI want access keys, AMI tools an X.509 certificate, instances a key pair, the console a login. Some took either.',
    needs: [
      optional(accessKey, 'For SDKs and the AWS CLI: an access key'),
      optional(certificate, 'For the AMI tools: an X.509 certificate with its private key'),
      optional(keyPair, 'For logging in to instances: a key pair'),
      optional(consoleLogin, 'For the console: a login'),
    ],
    steps: [
      'If a tool takes either an access key or a certificate, take the access key: it can be limited and replaced more easily.',
    ],
    words: ['choose', 'difference', 'access key or certificate'],
  }),
];
