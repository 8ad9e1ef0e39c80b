import { CofferError } from '../../errors';
import { findCertificates } from '../../keys/certificate';
import { readPrivateKey } from '../../keys/import';
import { looksLikePkcs12, readPkcs12 } from '../../keys/pkcs12-read';
import { readPublicKey } from '../../keys/public-key';
import { belongTogether } from '../../keys/certificate';
import type { Found, Recognition } from './found';
import { readAccessKeyJson, readCsv, readProfiles, readRootKey } from './tables';

/** Longest file that is looked at. */
export const maxImportBytes = 1024 * 1024;
/** PEM blocks in a file; more are no key with its chain. */
const maxBlocks = 200;

/** What files begin with that people take for keys, and what to do with them. */
const strangers: readonly (readonly [RegExp, string])[] = [
  [/^\x89PNG|^\xff\xd8\xff|^GIF8/, 'a picture; add the QR code of an MFA device at its sign-in'],
  [/^PK\x03\x04/, 'a ZIP file; unpack it first'],
  [/^\x1f\x8b|^BZh|^\xfd7zXZ/, 'a compressed file; unpack it first'],
  [/^%PDF/, 'a PDF document'],
  [/^SQLite format 3\0/, 'a database; open a vault of Coffer at the unlock screen'],
  [/^\x7fELF|^MZ/, 'a program'],
  [/^otpauth(-migration)?:/i, 'the secret of an MFA device; add it at its sign-in'],
  [/^[ \t]*Host[ \t]+\S/im, 'a configuration of ssh, which holds no keys'],
  [/^(\S+ )?(\[?[\w.:,*-]+\]?(:\d+)?) (ssh-(rsa|ed25519)|ecdsa-sha2-\S+) AAAA/m, 'a list of known hosts'],
];

/**
 * Finds out by its content what a file is, whatever its name says.
 *
 * @param bytes - At most {@link maxImportBytes}; not changed, stays the caller's.
 * @param passphrase - UTF-8, or null; not changed, stays the caller's.
 * @returns The caller wipes what was found.
 * @throws CofferError `passphrase-needed`, `wrong-passphrase`; `bad-key` or `bad-request` with the reason why it is not taken.
 */
export async function recognise(bytes: Uint8Array, passphrase: Uint8Array | null): Promise<Recognition> {
  checkContent(bytes);
  if (looksLikePkcs12(bytes)) return ofPkcs12(bytes, passphrase);
  const text = textOf(bytes);
  const table =
    readAccessKeyJson(text) ?? readCsv(text) ?? readRootKey(text) ?? readProfiles(new TextEncoder().encode(text));
  if (table !== null) return { found: table, protection: '' };
  const certificates = findCertificates(bytes);
  const key = await privateKeyOf(bytes, passphrase, certificates.length > 0);
  if (key === null) {
    const publicKey = certificates.length > 0 ? null : readPublicKey(bytes);
    if (publicKey !== null) return { found: [{ type: 'public-key', publicKey }], protection: '' };
    return {
      found: certificates
        .slice(0, 1)
        .map((der) => ({ type: 'certificate', certificateDer: der, pkcs8: null, name: '' })),
      protection: '',
    };
  }
  const protection = passphrase !== null && (await isEncrypted(bytes)) ? 'Passphrase' : '';
  return { found: [together(key, certificates)], protection };
}

function checkContent(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new CofferError('bad-request', 'file: it is empty');
  if (bytes.length > maxImportBytes) throw tooLarge();
  if (bytes.every((byte) => byte === 0)) throw new CofferError('bad-request', 'file: it holds nothing but zero bytes');
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const stranger = strangers.find(([pattern]) => pattern.test(head));
  if (stranger !== undefined) throw new CofferError('bad-request', `file: this is ${stranger[1]}`);
  if (
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').split('-----BEGIN ').length > maxBlocks
  ) {
    throw new CofferError('bad-request', `file: expected at most ${maxBlocks} PEM blocks`);
  }
}

/** The refusal of a file by its size, before it is read. */
function tooLarge(): CofferError {
  return new CofferError(
    'bad-request',
    `file: expected at most ${maxImportBytes / 1024} KiB; no key or list of keys is larger`,
  );
}

/** A byte order mark is dropped; UTF-16 is what Windows PowerShell writes. */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

async function ofPkcs12(bytes: Uint8Array, passphrase: Uint8Array | null): Promise<Recognition> {
  const { keys, certificates, names, hasMac } = await readPkcs12(bytes, passphrase);
  if (keys.length === 0) throw new CofferError('bad-key', 'PKCS#12: expected a private key in it');
  return {
    found: keys.map((pkcs8) => together({ pkcs8, comment: '' }, certificates, names)),
    protection: hasMac ? 'Passphrase' : 'Passphrase, but no MAC that tells changes',
  };
}

/** Null where there is none, but something else that is taken. */
async function privateKeyOf(bytes: Uint8Array, passphrase: Uint8Array | null, hasCertificates: boolean) {
  try {
    return await readPrivateKey(bytes, passphrase);
  } catch (error) {
    const isNone = error instanceof CofferError && error.code === 'bad-key';
    const isWithout = hasCertificates ? !hasKeyBlock(bytes) : readPublicKey(bytes) !== null;
    if (isNone && isWithout) return null;
    if (isNone && isPlainText(bytes)) {
      throw new CofferError(
        'bad-request',
        'file: found nothing that Coffer keeps; expected a key, a certificate, or a list of keys as AWS hands it out',
      );
    }
    throw error;
  }
}

/** Text without anything that a key file begins with. */
function isPlainText(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const isText = !text.subarray(0, 4096).includes(0);
  return (
    isText &&
    !['-----BEGIN ', '---- BEGIN ', 'PuTTY-User-Key-File', 'SSH PRIVATE KEY', 'ssh-', 'ecdsa-', 'sk-'].some((mark) =>
      text.includes(mark),
    )
  );
}

function hasKeyBlock(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('PRIVATE KEY-----');
}

async function isEncrypted(bytes: Uint8Array): Promise<boolean> {
  try {
    const { pkcs8 } = await readPrivateKey(bytes, null);
    pkcs8.fill(0);
    return false;
  } catch (error) {
    return error instanceof CofferError && error.code === 'passphrase-needed';
  }
}

/** Windows names certificates better than their keys. */
function together(
  { pkcs8, comment }: { pkcs8: Uint8Array; comment: string },
  certificates: readonly Uint8Array[],
  names: ReadonlyMap<Uint8Array, string> = new Map(),
): Found {
  const certificateDer = certificates.find((der) => belongTogether(der, pkcs8));
  const ofKey = names.get(pkcs8) ?? '';
  if (certificateDer === undefined) return { type: 'private-key', pkcs8, comment, name: ofKey };
  return { type: 'certificate', certificateDer, pkcs8, name: names.get(certificateDer) ?? ofKey };
}
