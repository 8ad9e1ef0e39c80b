import { maxCommentLength } from '../keys/comment';
import type { FieldDescriptor, KindDescriptor } from './descriptor';
import { maxKeyNameLength, maxNotesLength, maxRegionLength } from './key-pair-rules';
import { regions } from './regions';

/** For values that Coffer works out and nobody types. */
const maxDerivedLength = 4096;
/** A 16,384-bit key as PEM has some 13,000 characters. */
const maxPrivateKeyLength = 20_000;

/** How EC2 key pairs are drawn. */
export const keyPairDescriptor: KindDescriptor = {
  kind: 'key-pair',
  label: 'EC2 key pair',
  labelPlural: 'EC2 key pairs',
  fields: [
    editable('keyName', 'EC2 key pair name', maxKeyNameLength, {
      help: 'The name that EC2 knows the key pair by. ASCII, at most 255 characters.',
      isCopyable: true,
    }),
    editable('region', 'Region', maxRegionLength, {
      help: 'A key pair belongs to one Region. Leave it empty if you do not know.',
      isCopyable: true,
      choices: regions,
    }),
    derived('algorithm', 'Algorithm', ''),
    derived('origin', 'Origin', ''),
    editable('comment', 'Comment', maxCommentLength, {
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
      ...derived('privateKey', 'Private key', 'Anyone who has it can log in. Export it rather than showing it.'),
      type: 'code',
      isSecret: true,
      maxLength: maxPrivateKeyLength,
    },
    { ...editable('notes', 'Notes', maxNotesLength, { help: '' }), type: 'multiline' },
  ],
};

type Extras = Pick<FieldDescriptor, 'help'> & Partial<FieldDescriptor>;

function editable(name: string, label: string, maxLength: number, extras: Extras): FieldDescriptor {
  const base = { isSecret: false, isEditable: true, isCopyable: false, choices: [] } as const;
  return { name, label, type: 'text', maxLength, ...base, ...extras };
}

function derived(name: string, label: string, help: string): FieldDescriptor {
  return editable(name, label, maxDerivedLength, { help, isEditable: false });
}

function copyable(name: string, label: string, help: string): FieldDescriptor {
  return { ...derived(name, label, help), type: 'code', isCopyable: true };
}
