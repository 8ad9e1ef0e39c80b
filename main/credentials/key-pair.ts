import { CofferError } from '../errors';
import { describeKey, publicLine } from '../keys/describe';
import { writePlainPrivateKey } from '../keys/export';
import { fingerprintsOf } from '../keys/fingerprints';
import { decodeText, encodeText } from './body';
import type { CredentialKind, ExportOption, RecordBody } from './descriptor';
import { keyPairExports } from './key-pair-exports';
import { keyPairDescriptor } from './key-pair-fields';
import { editableFields, remarksAbout } from './key-pair-rules';

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

/** The EC2 key pair: all that is public about it is worked out when it is made, and stored. */
export const keyPairKind: CredentialKind = {
  descriptor: keyPairDescriptor,
  valuesOf,
  subtitleOf,
  reveal,
  copyText,
  applyChanges,
  exportsOf,
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
  const typed = { keyName, region, comment, notes };
  for (const [name, value] of Object.entries(typed)) editableFields[name]?.(value);
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
  return body.set('privateKey', Uint8Array.from(pkcs8));
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

function valuesOf(body: RecordBody): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, isSecret } of keyPairDescriptor.fields) {
    const value = body.get(name);
    if (!isSecret && value !== undefined) values[name] = decodeText(value);
  }
  return values;
}

function subtitleOf(body: RecordBody): string {
  const parts = ['algorithm', 'keyName', 'region'].map((name) => decodeText(body.get(name)));
  return parts.filter((part) => part !== '').join(' · ');
}

function reveal(body: RecordBody, field: string): Uint8Array {
  if (field !== 'privateKey') throw new CofferError('bad-request', 'field: expected a secret field of a key pair');
  const format = rsaBitsOf(body) === null ? 'openssh' : 'pkcs1';
  return writePlainPrivateKey(privateKeyOf(body), format, decodeText(body.get('comment')));
}

function copyText(body: RecordBody, field: string): string {
  const descriptor = keyPairDescriptor.fields.find(({ name }) => name === field);
  const value = body.get(field);
  if (descriptor?.isCopyable !== true || descriptor.isSecret || value === undefined) {
    throw new CofferError('bad-request', 'field: expected a field of this key pair that may be copied');
  }
  return decodeText(value);
}

function applyChanges(body: RecordBody, values: Readonly<Record<string, string>>): RecordBody {
  const changed = new Map(body);
  for (const [name, value] of Object.entries(values)) {
    const check = Object.hasOwn(editableFields, name) ? editableFields[name] : undefined;
    if (check === undefined) throw new CofferError('bad-request', 'field: expected an editable field of a key pair');
    check(value);
    changed.set(name, encodeText(value));
  }
  if (values['comment'] !== undefined) {
    const { sshPublicBlob } = describeKey(privateKeyOf(body));
    changed.set('publicKey', encodeText(publicLine(sshPublicBlob, values['comment'])));
  }
  return changed;
}

function exportsOf(body: RecordBody, title: string): readonly ExportOption[] {
  return keyPairExports(rsaBitsOf(body) === null, decodeText(body.get('keyName')), title);
}

function remarksOf(body: RecordBody): readonly string[] {
  return remarksAbout(rsaBitsOf(body));
}

/** Size of an RSA key; null for Ed25519. */
function rsaBitsOf(body: RecordBody): number | null {
  const bits = /^RSA (\d+)$/.exec(decodeText(body.get('algorithm')))?.[1];
  return bits === undefined ? null : Number(bits);
}
