import { accessKeyKind } from '../../credentials/access-key';
import { certificateIdOf, makeCertificateBody } from '../../credentials/certificate';
import type { RecordBody } from '../../credentials/descriptor';
import { makeKeyPairBody, makePublicKeyPairBody } from '../../credentials/key-pair-parts';
import { signInKind } from '../../credentials/sign-in';
import { CofferError } from '../../errors';
import type { Found } from './found';

/** A record that an import would make. */
export interface NewFromImport {
  readonly kind: string;
  readonly title: string;
  /** The caller wipes its values. */
  readonly body: RecordBody;
}

/** What making a record rests on. */
export interface BodyDeps {
  readonly random: (lengthBytes: number) => Uint8Array;
  /** Id of the record of an account, by its 12 digits; empty if there is none. */
  readonly accountOf: (accountId: string) => string;
}

const certificateIdBytes = 20;

/**
 * Makes the record of something that was found.
 *
 * @param found - Its secrets are copied and stay the caller's.
 * @param fileName - Serves for the title where nothing else says what it is.
 * @throws CofferError `bad-request`, `bad-key` for what no record is made of.
 */
export function newFromImport(found: Found, fileName: string, deps: BodyDeps): NewFromImport {
  const stem = fileName.replace(/\.(pem|key|ppk|txt|pub|crt|cer|der|p12|pfx|csv|json)$/i, '') || fileName;
  switch (found.type) {
    case 'private-key': {
      const texts = { keyName: keyNameFrom(stem), region: '', comment: found.comment, notes: '' };
      return {
        kind: 'key-pair',
        title: found.name || stem,
        body: makeKeyPairBody({ ...texts, pkcs8: found.pkcs8, origin: 'imported' }),
      };
    }
    case 'public-key': {
      const texts = { keyName: keyNameFrom(stem), region: '', comment: found.publicKey.comment, notes: '' };
      return { kind: 'key-pair', title: stem, body: makePublicKeyPairBody({ ...texts, publicKey: found.publicKey }) };
    }
    case 'certificate':
      return { kind: 'certificate', title: found.name || stem, body: certificateBody(found, fileName, deps) };
    case 'access-key':
      return accessKey(found, stem, deps);
    case 'sign-in': {
      const { user, password, accountId } = found;
      const body = signInKind.make({ values: { user, account: deps.accountOf(accountId) }, secrets: { password } });
      return { kind: 'sign-in', title: user, body };
    }
  }
}

function certificateBody(
  { certificateDer, pkcs8 }: Extract<Found, { type: 'certificate' }>,
  fileName: string,
  { random }: BodyDeps,
): RecordBody {
  if (pkcs8 === null) {
    throw new CofferError('bad-key', 'certificate: its private key is missing; choose both files together');
  }
  const named = /^(?:cert|pk)-([A-Z0-9]{24,32})\.pem$/i.exec(fileName)?.[1]?.toUpperCase();
  const certificateId = named ?? certificateIdOf(random(certificateIdBytes));
  return makeCertificateBody({ pkcs8, certificateDer, certificateId, values: {}, origin: 'imported' });
}

function accessKey(found: Extract<Found, { type: 'access-key' }>, stem: string, deps: BodyDeps): NewFromImport {
  const { accessKeyId, secretAccessKey, sessionToken, user, name, region } = found;
  const secrets = { secretAccessKey, ...(sessionToken.length === 0 ? {} : { sessionToken }) };
  const first = accessKeyKind.make({ values: { accessKeyId, user, region }, secrets });
  const account = deps.accountOf(accessKeyKind.valuesOf(first)['keyAccount'] ?? '');
  const body = account === '' ? first : accessKeyKind.applyChanges(first, { values: { account }, secrets: {} });
  return { kind: 'access-key', title: name || user || stem, body };
}

/** EC2 takes ASCII only. */
function keyNameFrom(stem: string): string {
  return (
    stem
      .normalize('NFKD')
      .replace(/[^ -~]/g, '')
      .trim()
      .slice(0, 255) || 'imported'
  );
}
