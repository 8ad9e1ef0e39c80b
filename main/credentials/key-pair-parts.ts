import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { copyBytes, fromBase64 } from '../keys/bytes';
import { describeKey, publicLine, type KeyDescription } from '../keys/describe';
import { fingerprintsOf, publicFingerprintsOf, type Fingerprints } from '../keys/fingerprints';
import { encodeText } from './body';
import type { RecordBody } from './descriptor';
import { keyPairDescriptor } from './key-pair-fields';
import { keyPairRules } from './key-pair-rules';
import { plainKind, textOf } from './plain-kind';

/** What users type about a key pair. */
interface KeyPairTexts {
  readonly keyName: string;
  /** Region code, or empty. */
  readonly region: string;
  readonly comment: string;
  readonly notes: string;
  /** Id of the account's record; absent or empty for none. */
  readonly account?: string;
}

/** What a key pair is made of. */
export interface KeyPairParts extends KeyPairTexts {
  /** DER in Coffer's form; copied into the body, stays the caller's. */
  readonly pkcs8: Uint8Array;
  readonly origin: 'created' | 'imported';
}

/** What is known of a key pair whose private key is elsewhere. */
export interface PublicParts extends KeyPairTexts {
  readonly publicKey: KeyDescription;
}

const originLabels = {
  created: 'Created here',
  imported: 'Imported from a file',
  public: 'Public key alone',
} as const;

/** The parts of the kind that follow from its descriptors. */
export const plainKeyPair = plainKind(keyPairDescriptor, keyPairRules);

/**
 * Makes the body of a key pair.
 *
 * @param parts - Texts are checked; the key is copied.
 * @returns The caller owns it and wipes the value of `privateKey`.
 * @throws CofferError `bad-request`, naming the field, for a text against the rules; `bad-key` if the bytes are no key.
 */
export function makeKeyPairBody({ pkcs8, origin, ...texts }: KeyPairParts): RecordBody {
  const body = bodyOf(texts, originLabels[origin], describeKey(pkcs8), fingerprintsOf(pkcs8));
  return body.set('privateKey', copyBytes(pkcs8));
}

/**
 * Makes the body of a key pair of which only the public key is here. AWS's SHA-1 fingerprint of an RSA key is not known then:
 * it is over the private key.
 *
 * @param parts - Texts are checked.
 * @throws CofferError `bad-request`, naming the field, for a text against the rules.
 */
export function makePublicKeyPairBody({ publicKey, ...texts }: PublicParts): RecordBody {
  return bodyOf(texts, originLabels.public, publicKey, publicFingerprintsOf(publicKey));
}

/**
 * Gives a key pair of which only the public key is here its private key.
 *
 * @param body - Of such a key pair; not changed.
 * @param key - `pkcs8` is copied and stays the caller's; `comment` serves where the record has none.
 * @returns Shares the other values with the given body. The caller wipes the value of `privateKey`.
 * @throws CofferError `bad-request` if it is another key.
 */
export function completeKeyPairBody(
  body: RecordBody,
  { pkcs8, comment }: { readonly pkcs8: Uint8Array; readonly comment: string },
): RecordBody {
  const text = (name: string) => textOf(body, name);
  const texts = { keyName: text('keyName'), region: text('region'), notes: text('notes') };
  const made = makeKeyPairBody({ ...texts, comment: text('comment') || comment, pkcs8, origin: 'imported' });
  if (textOf(made, 'openssh') === text('openssh')) return new Map([...body, ...made]);
  made.get('privateKey')?.fill(0);
  throw new CofferError('bad-request', say('main-key-pair.private-key-expected-the-one-that-belongs-to'));
}

/**
 * Checks the texts of a key pair before a key is made for nothing.
 *
 * @throws CofferError `bad-request`, naming the field.
 */
export function checkKeyPairTexts(values: Readonly<Record<string, string>>): void {
  plainKeyPair.applyChanges(new Map(), { values, secrets: {} });
}

/** True unless only the public key is here. */
export function hasPrivateKey(body: RecordBody): boolean {
  return body.has('privateKey');
}

/**
 * The private key of a key pair.
 *
 * @param body - A key pair's.
 * @returns PKCS#8 DER; a view into the body, which stays its owner.
 * @throws CofferError `bad-request` if only the public key is here.
 */
export function privateKeyOf(body: RecordBody): Uint8Array {
  const pkcs8 = body.get('privateKey');
  if (pkcs8 === undefined) {
    throw new CofferError('bad-request', say('main-key-pair.private-key-this-key-pair-has-none-here'));
  }
  return pkcs8;
}

/**
 * The public key of a key pair as SSH sends it, from its line.
 *
 * @param body - A key pair's.
 * @throws CofferError `vault-damaged` if there is none.
 */
export function publicBlobOf(body: RecordBody): Uint8Array {
  const [, base64] = textOf(body, 'publicKey').split(' ');
  if (base64 === undefined)
    throw new CofferError('vault-damaged', say('main-key-pair.record-expected-a-public-key-in-this-key'));
  return fromBase64(new TextEncoder().encode(base64));
}

/** Size of an RSA key; null for Ed25519. */
export function rsaBitsOf(body: RecordBody): number | null {
  const bits = /^RSA (\d+)$/.exec(textOf(body, 'algorithm'))?.[1];
  return bits === undefined ? null : Number(bits);
}

function bodyOf(
  texts: KeyPairTexts,
  origin: string,
  { algorithm, sshPublicBlob }: KeyDescription,
  { awsCreated, awsImported, openssh }: Fingerprints,
): Map<string, Uint8Array> {
  const { keyName, region, comment, notes, account = '' } = texts;
  checkKeyPairTexts({ keyName, region, comment, notes, account });
  const isRsa = algorithm.type === 'rsa';
  const fingerprints = isRsa
    ? { ...(awsCreated === '' ? {} : { awsCreated }), awsImported }
    : { awsFingerprint: awsImported };
  const all = {
    keyName,
    region,
    algorithm: isRsa ? `RSA ${algorithm.bits}` : 'Ed25519',
    origin,
    comment,
    publicKey: publicLine(sshPublicBlob, comment),
    ...fingerprints,
    openssh,
    notes,
    ...(account === '' ? {} : { account }),
  };
  return new Map(Object.entries(all).map(([name, value]) => [name, encodeText(value)]));
}
