import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { copyBytes } from '../keys/bytes';
import { describeKey } from '../keys/describe';
import { writePrivateKey } from '../keys/export';
import { writeAuthorizedKeys, writeCloudConfig, writeRfc4716 } from '../keys/public-write';
import type { ExportChoice, ExportFormat, Exported, RecordBody, RecordContext } from './descriptor';
import { privateKeyOf, publicBlobOf } from './key-pair-parts';
import { checkAddress } from './rdp-file';

/** Formats of which ssh can read the file, the likeliest first. OpenSSH 9.2 says "invalid format" to PKCS#8 of Ed25519. */
const sshFormats = {
  rsa: ['openssh', 'pkcs1', 'pkcs8'],
  ed25519: ['openssh'],
} as const satisfies Record<string, readonly ExportFormat[]>;
const maxAliasLength = 128;
const maxUserLength = 64;

/**
 * Does an export of a key pair.
 *
 * @param body - A key pair's; for private formats with a private key.
 * @param choice - Format, passphrase, comment and the values of the format's own fields.
 * @param context - Tells where the exported private key lies, for `~/.ssh/config`.
 * @throws CofferError `bad-request` for a value against the rules, or if there is no exported file yet that ssh could use.
 */
export async function writeKeyPair(body: RecordBody, choice: ExportChoice, context: RecordContext): Promise<Exported> {
  const { format, comment, values } = choice;
  switch (format) {
    case 'public':
      return file(
        values['form'] === 'rfc4716' ? writeRfc4716(publicBlobOf(body), comment) : publicLineOf(body, comment),
      );
    case 'authorized-keys':
      return file(
        writeAuthorizedKeys(publicBlobOf(body), comment, {
          isRestricted: values['limits'] === 'restrict',
          from: values['from'] ?? '',
        }),
      );
    case 'cloud-init':
      return file(writeCloudConfig(publicBlobOf(body), comment));
    case 'ssh-config':
      return hostOf(values, sshFormats[describeKey(privateKeyOf(body)).algorithm.type], context);
    case 'pkcs1':
    case 'pkcs8':
    case 'openssh':
    case 'ppk2':
    case 'ppk3':
      return file(await privateFile(body, format, choice));
    default:
      throw new CofferError('bad-request', say('main-key-pair.format-expected-one-that-key-pairs-are-exported'));
  }
}

function publicLineOf(body: RecordBody, comment: string): Uint8Array {
  return writeAuthorizedKeys(publicBlobOf(body), comment);
}

async function privateFile(
  body: RecordBody,
  format: Parameters<typeof writePrivateKey>[1],
  { passphrase, comment }: ExportChoice,
): Promise<Uint8Array> {
  const pkcs8 = copyBytes(privateKeyOf(body));
  try {
    return await writePrivateKey(pkcs8, format, { passphrase, comment });
  } finally {
    pkcs8.fill(0);
  }
}

/** A `Host` block. `IdentitiesOnly` keeps ssh from offering every key of the agent: servers end the talk after a few. */
function hostOf(
  values: Readonly<Record<string, string>>,
  formats: readonly ExportFormat[],
  context: RecordContext,
): Exported {
  const [alias = '', address = '', user = ''] = ['alias', 'address', 'user'].map((name) => values[name]);
  if (alias.length > maxAliasLength || !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(alias)) {
    throw new CofferError('bad-request', say('main-key-pair.host-alias-expected-letters-digits-dots-dashes-and'));
  }
  checkAddress(address);
  if (/:\d{1,5}$/.test(address) && !/^[0-9A-Fa-f:.]+$/.test(address)) {
    throw new CofferError('bad-request', say('main-key-pair.address-expected-a-host-name-or-an-ip'));
  }
  if (user.length > maxUserLength || !/^[a-z_][a-z0-9_.-]*\$?$/i.test(user)) {
    throw new CofferError('bad-request', say('main-key-pair.user-expected-a-name-such-as-ec2-user'));
  }
  const identityFile = formats.map((format) => context.exportedPath(format)).find((path) => path !== null);
  if (identityFile === undefined) {
    throw new CofferError('bad-request', say('main-key-pair.private-key-export-it-to-ssh-first-the'));
  }
  const settings = { HostName: address, User: user, IdentityFile: identityFile, IdentitiesOnly: 'yes' };
  return {
    type: 'merge',
    target: 'ssh-config',
    section: alias,
    settings: Object.entries(settings).map(([name, value]) => ({ name, value: new TextEncoder().encode(value) })),
  };
}

function file(bytes: Uint8Array): Exported {
  return { type: 'file', bytes };
}
