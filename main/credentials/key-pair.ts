import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { publicLine } from '../keys/describe';
import { writePlainPrivateKey } from '../keys/export';
import { encodeText } from './body';
import type { CredentialKind, ExportOption, Finding, RecordBody, TypedValues } from './descriptor';
import { keyPairExports } from './key-pair-exports';
import { hasPrivateKey, plainKeyPair, privateKeyOf, publicBlobOf, rsaBitsOf } from './key-pair-parts';
import { minSafeRsaBits, remarksAbout } from './key-pair-rules';
import { writeKeyPair } from './key-pair-writing';
import { textOf } from './plain-kind';

/** The EC2 key pair: all that is public about it is worked out when it is made, and stored. */
export const keyPairKind: CredentialKind = {
  ...plainKeyPair,
  subtitleOf,
  reveal,
  applyChanges,
  identitiesOf,
  limitOf,
  exportsOf,
  writeExport: writeKeyPair,
  remarksOf,
  findingsOf,
};

/**
 * What makes a key pair of which only the public key is here the same as another such. A whole pair is another thing: it is
 * taken in beside it.
 *
 * @param openssh - Fingerprint as OpenSSH shows it.
 */
function publicIdentityOf(openssh: string): string {
  return `public-key:${openssh}`;
}

function subtitleOf(body: RecordBody): string {
  const parts = ['algorithm', 'keyName', 'region'].map((name) => textOf(body, name));
  return [...parts, hasPrivateKey(body) ? '' : 'public key alone'].filter((part) => part !== '').join(' · ');
}

function reveal(body: RecordBody, field: string): Uint8Array {
  if (field !== 'privateKey')
    throw new CofferError('bad-request', say('main-key-pair.field-expected-a-secret-field-of-a-key'));
  const format = rsaBitsOf(body) === null ? 'openssh' : 'pkcs1';
  return writePlainPrivateKey(privateKeyOf(body), format, textOf(body, 'comment'));
}

function applyChanges(body: RecordBody, typed: TypedValues): RecordBody {
  const changed = new Map(plainKeyPair.applyChanges(body, typed));
  const comment = typed.values['comment'];
  if (comment === undefined) return changed;
  return changed.set('publicKey', encodeText(publicLine(publicBlobOf(body), comment)));
}

function identitiesOf(body: RecordBody): readonly string[] {
  const openssh = textOf(body, 'openssh');
  return [hasPrivateKey(body) ? `key:${openssh}` : publicIdentityOf(openssh)];
}

function findingsOf(body: RecordBody): readonly Finding[] {
  const bits = rsaBitsOf(body);
  return bits !== null && bits < minSafeRsaBits
    ? [{ check: 'small-rsa', text: say('main-key-pair.rsa-bits', { bits }) }]
    : [];
}

function limitOf(): null {
  return null;
}

function remarksOf(body: RecordBody): readonly string[] {
  const remarks = remarksAbout(rsaBitsOf(body));
  if (hasPrivateKey(body)) return remarks;
  return [say('main-key-pair.only-the-public-key-is-here'), ...remarks];
}

function exportsOf(body: RecordBody, title: string): readonly ExportOption[] {
  const names = { keyName: textOf(body, 'keyName'), title };
  return keyPairExports({ isEd25519: rsaBitsOf(body) === null, hasPrivateKey: hasPrivateKey(body) }, names);
}
