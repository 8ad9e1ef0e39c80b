import { maxCommentLength } from '../keys/comment';
import type { FieldDescriptor, KindDescriptor } from './descriptor';
import { accountField, derivedField, notesField, textField } from './field';
import { maxKeyNameLength, maxRegionLength } from './key-pair-rules';
import { regions } from './regions';

/** How EC2 key pairs are drawn. */
export const keyPairDescriptor: KindDescriptor = {
  kind: 'key-pair',
  label: 'EC2 key pair',
  labelPlural: 'EC2 key pairs',
  isTyped: false,
  isDraggable: true,
  fields: [
    textField('keyName', 'EC2 key pair name', maxKeyNameLength, {
      help: 'The name that EC2 knows the key pair by. ASCII, at most 255 characters.',
      isCopyable: true,
    }),
    textField('region', 'Region', maxRegionLength, {
      help: 'A key pair belongs to one Region. Leave it empty if you do not know.',
      isCopyable: true,
      choices: regions,
    }),
    derivedField('algorithm', 'Algorithm'),
    derivedField('origin', 'Origin'),
    textField('comment', 'Comment', maxCommentLength, {
      help: 'Stands at the end of the public key, to tell keys apart in authorized_keys.',
      isCopyable: true,
    }),
    copyable('publicKey', 'Public key', 'One line for authorized_keys, or to import in EC2.'),
    copyable(
      'awsCreated',
      'Fingerprint if AWS made the key (SHA-1)',
      'EC2 shows this one if EC2 generated the key pair.',
    ),
    copyable(
      'awsImported',
      'Fingerprint if you imported it to AWS (MD5)',
      'EC2 shows this one if you imported the public key there.',
    ),
    copyable('awsFingerprint', 'EC2 fingerprint (SHA-256)', 'EC2 may show it with "=" at the end.'),
    copyable('openssh', 'OpenSSH fingerprint', 'What ssh and ssh-keygen -l show.'),
    {
      ...derivedField('privateKey', 'Private key', {
        help: 'Anyone who has it can log in. Export it rather than showing it.',
      }),
      type: 'code',
      isSecret: true,
    },
    accountField,
    notesField,
  ],
};

function copyable(name: string, label: string, help: string): FieldDescriptor {
  return derivedField(name, label, { help, type: 'code', isCopyable: true });
}
