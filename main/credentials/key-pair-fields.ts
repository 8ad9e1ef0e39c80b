import { say } from '../../preload/words/say';
import { maxCommentLength } from '../keys/comment';
import type { FieldDescriptor, KindDescriptor } from './descriptor';
import { accountField, derivedField, notesField, textField } from './field';
import { maxKeyNameLength, maxRegionLength } from './key-pair-rules';
import { regions } from './regions';

/** How EC2 key pairs are drawn. */
export const keyPairDescriptor: KindDescriptor = {
  kind: 'key-pair',
  label: say('main-key-pair.ec2-key-pair'),
  labelPlural: say('main-key-pair.ec2-key-pairs'),
  isTyped: false,
  isDraggable: true,
  fields: [
    textField('keyName', say('main-key-pair.ec2-key-pair-name'), maxKeyNameLength, {
      help: say('main-key-pair.the-name-that-ec2-knows-the'),
      isCopyable: true,
    }),
    textField('region', say('main-key-pair.region'), maxRegionLength, {
      help: say('main-key-pair.a-key-pair-belongs-to-one'),
      isCopyable: true,
      choices: regions,
    }),
    derivedField('algorithm', say('main-key-pair.algorithm')),
    derivedField('origin', say('main-key-pair.origin')),
    textField('comment', say('main-key-pair.comment'), maxCommentLength, {
      help: say('main-key-pair.stands-at-the-end-of-the'),
      isCopyable: true,
    }),
    copyable('publicKey', say('main-key-pair.public-key'), say('main-key-pair.one-line-for-authorized-keys-or')),
    copyable(
      'awsCreated',
      say('main-key-pair.fingerprint-if-aws-made-the-key'),
      say('main-key-pair.ec2-shows-this-one-if-ec2'),
    ),
    copyable(
      'awsImported',
      say('main-key-pair.fingerprint-if-you-imported-it-to'),
      say('main-key-pair.ec2-shows-this-one-if-you'),
    ),
    copyable(
      'awsFingerprint',
      say('main-key-pair.ec2-fingerprint-sha-256'),
      say('main-key-pair.ec2-may-show-it-with-at'),
    ),
    copyable('openssh', say('main-key-pair.openssh-fingerprint'), say('main-key-pair.what-ssh-and-ssh-keygen-l')),
    {
      ...derivedField('privateKey', say('main-key-pair.private-key'), {
        help: say('main-key-pair.anyone-who-has-it-can-log'),
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
