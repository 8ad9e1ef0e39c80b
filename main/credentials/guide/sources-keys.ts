import type { Source } from './shapes';

/** How to get what signs requests and opens instances. */
export const keySources: readonly Source[] = [
  {
    id: 'access-key',
    title: 'Access key',
    steps: [
      'IAM user: sign in, open the account’s menu at the top right and choose “Security credentials”; or, as an administrator, IAM → Users → the user → “Security credentials”.',
      'Under “Access keys” choose “Create access key”, and say what it is for.',
      'Choose “Download .csv file” before you leave the page: the secret is shown this once.',
      'Import the file here, then delete it from the download folder.',
      'On the command line: `aws iam create-access-key --user-name NAME`.',
      'A user has at most two at a time, so that a new one can take over before the old one is made inactive and deleted.',
    ],
    today:
      'Older guides have AWS show a secret again whenever asked; it has not for years. Avoid keys for the root user. For people, `aws login` (AWS CLI 2.32 or newer) or IAM Identity Center gives keys that end by themselves; for programs inside AWS, a role does.',
    whenLost:
      'A lost secret cannot be fetched again. Make a second key, put it to use, make the lost one inactive, and delete it once nothing misses it.',
  },
  {
    id: 'certificate',
    title: 'X.509 signing certificate and private key',
    steps: [
      'Make one here: Coffer generates the key and the certificate, and AWS never sees the private key.',
      'Export the certificate, and upload it: IAM → Users → the user → “Security credentials” → “X.509 Signing certificates”, or `aws iam upload-signing-certificate --user-name NAME --certificate-body file://cert.pem`.',
      'Take the certificate ID from AWS’s answer into the record; the files are named after it.',
      'Export the certificate and the key into `~/.ec2` for tools that look there, with the lines for `EC2_CERT` and `EC2_PRIVATE_KEY`.',
      'If AWS or another tool made it for you, import both files, or the PKCS#12 file, instead.',
    ],
    today:
      'Only the AMI tools for bundling still ask for one. A user has at most two, counting inactive ones; delete one to make room.',
    whenLost:
      'AWS keeps no copy of the private key, and hands out one that it made a single time. Make a new certificate, upload it, and make the old one inactive, then delete it.',
  },
  {
    id: 'key-pair',
    title: 'Key pair made by AWS',
    steps: [
      'In the EC2 console, choose the Region, then “Network & Security” → “Key Pairs” → “Create key pair”.',
      'Name it and choose RSA or ED25519; for Windows instances choose RSA.',
      'The browser saves the private key, this one time. Import the file here, then delete it from the download folder.',
      'On the command line: `aws ec2 create-key-pair --key-name NAME --key-type rsa --query KeyMaterial --output text`.',
    ],
    today:
      '`aws ec2 create-key-pair` took the place of `ec2-add-keypair`. The action in the API is still CreateKeyPair.',
    whenLost:
      'AWS has no copy of the private key. Make a new key pair, and get its public key onto the instance by Session Manager, by EC2 Instance Connect or by attaching its disk to another instance.',
  },
  {
    id: 'own-key-pair',
    title: 'Key pair of your own',
    steps: [
      'Generate a key pair here, or import one that ssh-keygen or PuTTYgen made.',
      'Export its public key, or copy it.',
      'In the EC2 console: “Network & Security” → “Key Pairs” → “Actions” → “Import key pair”; paste the public key and give the same name.',
      'On the command line: `aws ec2 import-key-pair --key-name NAME --public-key-material fileb://NAME.pub`.',
      'Do so in every Region in which you launch instances.',
    ],
    today:
      '`aws ec2 import-key-pair` took the place of `ec2-import-keypair`. The action in the API is still ImportKeyPair. The private key never leaves you.',
    whenLost: 'As with one made by AWS: make a new key pair, and bring its public key to the instance.',
  },
  {
    id: 'windows-password',
    title: 'Password of a Windows instance',
    steps: [
      'Wait for the instance to start; its password can take up to 15 minutes.',
      'On the command line: `aws ec2 get-password-data --instance-id ID`. Paste the answer into a new Windows password here, and Coffer decrypts it with the key pair that it holds.',
      'In the EC2 console instead: “Instances” → the instance → “Connect” → “RDP client” → “Get password”, which wants the private key in the browser.',
      'Sign in as Administrator, and change the password; keep the new one here.',
    ],
    today:
      'Pasting the encrypted answer here keeps the private key out of the browser. The console has one step for it now, “RDP client”.',
    whenLost:
      'If it was never changed, fetch and decrypt it again with the same key pair. If it was, the Systems Manager runbook AWSSupport-ResetAccess, or EC2Launch from another instance, sets a new one.',
  },
];
