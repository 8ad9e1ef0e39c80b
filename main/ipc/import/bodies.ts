import { say } from '../../../preload/words/say';
import { accessKeyKind } from '../../credentials/access-key';
import { accountOfAccessKeyId } from '../../credentials/access-key-rules';
import { certificateIdOf, makeCertificateBody } from '../../credentials/certificate';
import type { RecordBody } from '../../credentials/descriptor';
import { makeKeyPairBody, makePublicKeyPairBody } from '../../credentials/key-pair-parts';
import { kindOf } from '../../credentials/kinds';
import { signInKind } from '../../credentials/sign-in';
import { textOf } from '../../credentials/plain-kind';
import { isUserName } from '../../credentials/user-rules';
import { CofferError } from '../../errors';
import { type ToldAccount, isTold, newAccount, noAccount } from './accounts';
import type { Found } from './found';

/** A record that an import would make. */
export interface NewFromImport {
  readonly kind: string;
  readonly title: string;
  /** The caller wipes its values. */
  readonly body: RecordBody;
  /** The account that is made along, because the file tells of it and the vault has none of it; null for none. */
  readonly madeAlong: ToldAccount | null;
}

/** What making a record rests on. */
export interface BodyDeps {
  readonly random: (lengthBytes: number) => Uint8Array;
  /** Id of the record of an account; empty if there is none. */
  readonly accountOf: (told: ToldAccount) => string;
}

/** To whom the user files a credential. */
export interface Owner {
  /** Id of an account's record, {@link newAccount} for the one that the file tells of, or empty. */
  readonly account: string;
  /** IAM user; empty for root. Kinds without such a field leave it out. */
  readonly user: string;
}

/** The id of an account's record or nothing, and whether there is to be one. */
type Filed = { readonly account: string } & Pick<NewFromImport, 'madeAlong'>;

const certificateIdBytes = 20;

/**
 * Makes the record of something that was found.
 *
 * @param found - Its secrets are copied and stay the caller's.
 * @param fileName - Serves for the title where nothing else says what it is.
 * @param owner - Null for what the file itself tells.
 * @throws CofferError `bad-request`, `bad-key` for what no record is made of, and for an owner against the rules.
 */
export function newFromImport(
  found: Found,
  fileName: string,
  deps: BodyDeps,
  owner: Owner | null = null,
): NewFromImport {
  const made = asFound(found, fileName, deps);
  const kind = kindOf(made.kind);
  if (owner === null || kind === null) return made;
  const hasUser = kind.descriptor.fields.some(({ name }) => name === 'user');
  const isAsFound = owner.account === newAccount;
  const account = isAsFound ? textOf(made.body, 'account') : owner.account;
  // A key of the root user that the user files under an IAM user is none.
  const isOfUser = owner.user !== '' && textOf(made.body, 'belongsTo') !== '';
  const values = { account, ...(hasUser ? { user: owner.user } : {}), ...(isOfUser ? { belongsTo: '' } : {}) };
  const body = kind.applyChanges(made.body, { values, secrets: {} });
  return { ...made, body, madeAlong: isAsFound ? made.madeAlong : null };
}

function asFound(found: Found, fileName: string, deps: BodyDeps): NewFromImport {
  const stem = fileName.replace(/\.(pem|key|ppk|txt|pub|crt|cer|der|p12|pfx|csv|json)$/i, '') || fileName;
  switch (found.type) {
    case 'private-key': {
      const title = found.keyName || stem;
      const texts = { keyName: keyNameFrom(title), region: '', comment: found.comment, notes: '' };
      const body = makeKeyPairBody({ ...texts, pkcs8: found.pkcs8, origin: 'imported' });
      return { kind: 'key-pair', title, body, madeAlong: null };
    }
    case 'public-key': {
      const title = found.name || stem;
      const texts = { keyName: keyNameFrom(title), region: '', comment: found.publicKey.comment, notes: '' };
      const body = makePublicKeyPairBody({ ...texts, publicKey: found.publicKey });
      return { kind: 'key-pair', title, body, madeAlong: null };
    }
    case 'certificate': {
      const body = certificateBody(found, fileName, deps);
      return { kind: 'certificate', title: found.name || stem, body, madeAlong: null };
    }
    case 'access-key':
      return accessKey(found, stem, deps);
    case 'sign-in': {
      const { user, password } = found;
      const { account, madeAlong } = filedUnder(found.account, deps);
      const body = signInKind.make({ values: { user, account }, secrets: { password } });
      return { kind: 'sign-in', title: user, body, madeAlong };
    }
    case 'not-taken':
      throw new CofferError('bad-request', found.reason);
  }
}

function certificateBody(
  { certificateDer, pkcs8 }: Extract<Found, { type: 'certificate' }>,
  fileName: string,
  { random }: BodyDeps,
): RecordBody {
  if (pkcs8 === null) {
    throw new CofferError('bad-key', say('main-import.certificate-its-private-key-is-missing-choose-both'));
  }
  const named = /^(?:cert|pk)-([A-Z0-9]{24,32})\.pem$/i.exec(fileName)?.[1]?.toUpperCase();
  const certificateId = named ?? certificateIdOf(random(certificateIdBytes));
  return makeCertificateBody({ pkcs8, certificateDer, certificateId, values: {}, origin: 'imported' });
}

function accessKey(found: Extract<Found, { type: 'access-key' }>, stem: string, deps: BodyDeps): NewFromImport {
  const { accessKeyId, secretAccessKey, sessionToken, user, name, region, status, createdOn } = found;
  // Today's file of the root user's key has the columns of any other; its name tells.
  const isRoot = found.isRoot || (name === '' && /^rootkey\b/i.test(stem));
  const secrets = { secretAccessKey, ...(sessionToken.length === 0 ? {} : { sessionToken }) };
  // A file of another program may name what is no user of IAM; the key is taken without it.
  const known = isUserName(user) ? user : '';
  const first = accessKeyKind.make({
    values: { accessKeyId, user: known, belongsTo: isRoot ? 'root' : '', region, status, createdOn },
    secrets,
  });
  const { account, madeAlong } = filedByKey(accessKeyId, found.account, deps);
  const body = account === '' ? first : accessKeyKind.applyChanges(first, { values: { account }, secrets: {} });
  return { kind: 'access-key', title: name || user || stem, body, madeAlong };
}

/** The digits in the ID come first. They alone make no account, since they stay in the ID. */
function filedByKey(accessKeyId: string, told: ToldAccount, deps: BodyDeps): Filed {
  const inside = accountOfAccessKeyId(accessKeyId) ?? '';
  const account = deps.accountOf({ ...noAccount, accountId: inside });
  const isOther = inside !== '' && told.accountId !== '' && told.accountId !== inside;
  if (account !== '' || isOther || !isTold(told)) return { account, madeAlong: null };
  return filedUnder({ ...told, accountId: told.accountId || inside }, deps);
}

/** Its record, or that it is made along. */
function filedUnder(told: ToldAccount, deps: BodyDeps): Filed {
  const account = deps.accountOf(told);
  return { account, madeAlong: account === '' && isTold(told) ? told : null };
}

/** EC2 takes ASCII only. */
function keyNameFrom(title: string): string {
  return (
    title
      .normalize('NFKD')
      .replace(/[^ -~]/g, '')
      .trim()
      .slice(0, 255)
      .trim() || 'imported'
  );
}
