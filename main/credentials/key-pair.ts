import { CofferError } from '../errors';
import { describeKey, publicLine } from '../keys/describe';
import { writePlainPrivateKey, writePrivateKey, writePublicKey } from '../keys/export';
import { fingerprintsOf } from '../keys/fingerprints';
import { copyBytes } from '../keys/bytes';
import { encodeText } from './body';
import type { CredentialKind, ExportChoice, ExportOption, Exported, RecordBody, TypedValues } from './descriptor';
import { keyPairExports } from './key-pair-exports';
import { keyPairDescriptor } from './key-pair-fields';
import { keyPairRules, remarksAbout } from './key-pair-rules';
import { plainKind, textOf } from './plain-kind';

/** What a key pair is made of. */
export interface KeyPairParts {
  /** DER in Coffer's form; copied into the body, stays the caller's. */
  readonly pkcs8: Uint8Array;
  readonly keyName: string;
  /** Region code, or empty. */
  readonly region: string;
  readonly comment: string;
  readonly notes: string;
  readonly origin: 'created' | 'imported';
}

const originLabels = { created: 'Created here', imported: 'Imported from a file' } as const;

const plain = plainKind(keyPairDescriptor, keyPairRules);

/** The EC2 key pair: all that is public about it is worked out when it is made, and stored. */
export const keyPairKind: CredentialKind = {
  ...plain,
  subtitleOf,
  reveal,
  applyChanges,
  identitiesOf,
  limitOf,
  exportsOf,
  writeExport,
  remarksOf,
};

/**
 * Makes the body of a key pair.
 *
 * @param parts - Texts are checked; the key is copied.
 * @returns The caller owns it and wipes the value of `privateKey`.
 * @throws CofferError `bad-request`, naming the field, for a text against the rules; `bad-key` if the bytes are no key.
 */
export function makeKeyPairBody(parts: KeyPairParts): RecordBody {
  const { pkcs8, keyName, region, comment, notes, origin } = parts;
  checkKeyPairTexts({ keyName, region, comment, notes });
  const { algorithm, sshPublicBlob } = describeKey(pkcs8);
  const { awsCreated, awsImported, openssh } = fingerprintsOf(pkcs8);
  const isRsa = algorithm.type === 'rsa';
  const texts = {
    keyName,
    region,
    algorithm: isRsa ? `RSA ${algorithm.bits}` : 'Ed25519',
    origin: originLabels[origin],
    comment,
    publicKey: publicLine(sshPublicBlob, comment),
    ...(isRsa ? { awsCreated, awsImported } : { awsFingerprint: awsCreated }),
    openssh,
    notes,
  };
  const body = new Map(Object.entries(texts).map(([name, value]) => [name, encodeText(value)]));
  return body.set('privateKey', copyBytes(pkcs8));
}

/**
 * Checks the texts of a key pair before a key is made for nothing.
 *
 * @throws CofferError `bad-request`, naming the field.
 */
export function checkKeyPairTexts(values: Readonly<Record<string, string>>): void {
  plain.applyChanges(new Map(), { values, secrets: {} });
}

/**
 * The private key of a key pair.
 *
 * @param body - A key pair's.
 * @returns PKCS#8 DER; a view into the body, which stays its owner.
 * @throws CofferError `vault-damaged` if there is none.
 */
export function privateKeyOf(body: RecordBody): Uint8Array {
  const pkcs8 = body.get('privateKey');
  if (pkcs8 === undefined) throw new CofferError('vault-damaged', 'record: expected a private key in this key pair');
  return pkcs8;
}

function subtitleOf(body: RecordBody): string {
  const parts = ['algorithm', 'keyName', 'region'].map((name) => textOf(body, name));
  return parts.filter((part) => part !== '').join(' · ');
}

function reveal(body: RecordBody, field: string): Uint8Array {
  if (field !== 'privateKey') throw new CofferError('bad-request', 'field: expected a secret field of a key pair');
  const format = rsaBitsOf(body) === null ? 'openssh' : 'pkcs1';
  return writePlainPrivateKey(privateKeyOf(body), format, textOf(body, 'comment'));
}

function applyChanges(body: RecordBody, typed: TypedValues): RecordBody {
  const changed = new Map(plain.applyChanges(body, typed));
  const comment = typed.values['comment'];
  if (comment === undefined) return changed;
  const { sshPublicBlob } = describeKey(privateKeyOf(body));
  return changed.set('publicKey', encodeText(publicLine(sshPublicBlob, comment)));
}

function identitiesOf(body: RecordBody): readonly string[] {
  return [`key:${textOf(body, 'openssh')}`];
}

function limitOf(): null {
  return null;
}

function remarksOf(body: RecordBody): readonly string[] {
  return remarksAbout(rsaBitsOf(body));
}

function exportsOf(body: RecordBody, title: string): readonly ExportOption[] {
  return keyPairExports(rsaBitsOf(body) === null, textOf(body, 'keyName'), title);
}

async function writeExport(body: RecordBody, choice: ExportChoice): Promise<Exported> {
  const { format, passphrase, comment } = choice;
  const pkcs8 = copyBytes(privateKeyOf(body));
  try {
    if (format === 'public') return { type: 'file', bytes: writePublicKey(pkcs8, comment) };
    if (format !== 'pkcs1' && format !== 'pkcs8' && format !== 'openssh') {
      throw new CofferError('bad-request', 'format: expected one that key pairs are exported in');
    }
    return { type: 'file', bytes: await writePrivateKey(pkcs8, format, { passphrase, comment }) };
  } finally {
    pkcs8.fill(0);
  }
}

/** Size of an RSA key; null for Ed25519. */
function rsaBitsOf(body: RecordBody): number | null {
  const bits = /^RSA (\d+)$/.exec(textOf(body, 'algorithm'))?.[1];
  return bits === undefined ? null : Number(bits);
}
