import { CofferError } from '../../errors';
import { asBuffer } from '../../keys/bytes';
import { belongTogether, findCertificates } from '../../keys/certificate';
import { readPrivateKey } from '../../keys/import';
import { findPemBlocks } from '../../keys/pem';
import { looksLikePkcs12, readPkcs12 } from '../../keys/pkcs12-read';
import type { ReadKey } from '../../keys/readers/reader';
import { keyNameIn, readAwsAnswer } from './aws-answers';
import { type Found, type Recognition, wipeFound } from './found';
import { publicKeysIn } from './public-keys';
import { strangeTextOf, strangerOf } from './strangers';
import { readCsv, readKeyLines, readProfiles } from './tables';

/** Longest file that is looked at. */
export const maxImportBytes = 1024 * 1024;
/** PEM blocks in a file; more are no key with its chain. */
const maxBlocks = 200;
/** Private keys in a file: each may cost a second under a passphrase. */
const maxKeys = 20;
/** What text with a key in it has somewhere. */
const keyMarks: readonly string[] = [
  ...['-----BEGIN ', '---- BEGIN ', 'PuTTY-User-Key-File', 'SSH PRIVATE KEY', 'ssh-', 'ecdsa-', 'sk-'],
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
  const utf8 = new TextEncoder().encode(text);
  try {
    const table = readAwsAnswer(text) ?? readCsv(text) ?? readKeyLines(text) ?? readProfiles(utf8);
    if (table !== null) return { found: table, hadPassphrase: false };
    const content = plainContent(bytes, utf8);
    const strange = strangeTextOf(content);
    if (strange !== null) throw isStranger(strange);
    return await ofKeys(content, keyNameIn(text), passphrase);
  } finally {
    utf8.fill(0);
  }
}

/** Without UTF-16, and without the marks that mail puts before each line of what it quotes. */
function plainContent(bytes: Uint8Array, utf8: Uint8Array): Uint8Array {
  const content = encodingOf(bytes) === 'utf-8' ? bytes : utf8;
  if (!asBuffer(content).includes('> -----BEGIN ')) return content;
  return new TextEncoder().encode(new TextDecoder().decode(content).replace(/^(> ?)+/gm, ''));
}

/** Says that a file is larger than any that is taken. */
export function tooLarge(): CofferError {
  return new CofferError(
    'bad-request',
    `file: expected at most ${maxImportBytes / 1024} KiB; no key or list of keys is larger`,
  );
}

function checkContent(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new CofferError('bad-request', 'file: it is empty');
  if (bytes.length > maxImportBytes) throw tooLarge();
  if (bytes.every((byte) => byte === 0)) throw new CofferError('bad-request', 'file: it holds nothing but zero bytes');
  const stranger = strangerOf(bytes);
  if (stranger !== null) throw isStranger(stranger);
  if (asBuffer(bytes).toString('latin1').split('-----BEGIN ').length > maxBlocks) {
    throw new CofferError('bad-request', `file: expected at most ${maxBlocks} PEM blocks`);
  }
}

function isStranger(what: string): CofferError {
  return new CofferError('bad-request', `file: this is ${what}`);
}

/** A byte order mark is dropped. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** Windows PowerShell's `>` writes UTF-16 with a byte order mark. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

async function ofPkcs12(bytes: Uint8Array, passphrase: Uint8Array | null): Promise<Recognition> {
  const { keys, certificates, names, hasMac } = await readPkcs12(bytes, passphrase);
  if (keys.length === 0) throw new CofferError('bad-key', 'PKCS#12: expected a private key in it');
  return {
    found: keys.map((pkcs8) => together({ pkcs8, comment: '' }, certificates, names.get(pkcs8), names)),
    hadPassphrase: true,
    lacksMac: !hasMac,
  };
}

/** Private keys with their certificates; without one, a certificate alone or public keys. */
async function ofKeys(bytes: Uint8Array, keyName: string, passphrase: Uint8Array | null): Promise<Recognition> {
  const certificates = findCertificates(bytes);
  const parts = keyBlocksOf(bytes);
  if (parts.length > 1) return ofSeveral(parts, certificates, passphrase);
  const key = await privateKeyOf(bytes, passphrase, certificates.length > 0);
  if (key !== null) return { found: [together(key, certificates, keyName)], hadPassphrase: key.hadPassphrase };
  const [certificateDer] = certificates;
  if (certificateDer === undefined) return { found: publicKeysIn(bytes), hadPassphrase: false };
  return { found: [{ type: 'certificate', certificateDer, pkcs8: null, name: '' }], hadPassphrase: false };
}

/** One that is damaged or of another type says so, and keeps no other one out; a passphrase is one for all. */
async function ofSeveral(
  parts: readonly Uint8Array[],
  certificates: readonly Uint8Array[],
  passphrase: Uint8Array | null,
): Promise<Recognition> {
  const found: Found[] = [];
  let hadPassphrase = false;
  try {
    for (const [at, part] of parts.entries()) {
      try {
        const key = await readPrivateKey(part, passphrase);
        hadPassphrase ||= key.hadPassphrase;
        found.push(together(key, certificates));
      } catch (error) {
        if (!isBadKey(error)) throw error;
        found.push({ type: 'not-taken', name: `Key ${at + 1}`, reason: error.message, isSecret: true });
      }
    }
    return { found, hadPassphrase };
  } catch (error) {
    wipeFound(found);
    throw error;
  }
}

/** Null where there is none, but something else that is taken. */
async function privateKeyOf(
  bytes: Uint8Array,
  passphrase: Uint8Array | null,
  hasCertificates: boolean,
): Promise<ReadKey | null> {
  try {
    return await readPrivateKey(bytes, passphrase);
  } catch (error) {
    if (!isBadKey(error)) throw error;
    const isWithout = hasCertificates ? !hasKeyBlock(bytes) : publicKeysIn(bytes).length > 0;
    if (isWithout) return null;
    if (!isPlainText(bytes)) throw error;
    throw new CofferError(
      'bad-request',
      'file: found nothing that Coffer keeps; expected a key, a certificate, or a list of keys as AWS hands it out',
    );
  }
}

function isBadKey(error: unknown): error is CofferError {
  return error instanceof CofferError && error.code === 'bad-key';
}

/** The blocks with private keys of a file of PEM, each with its BEGIN and END line; views into the file. */
function keyBlocksOf(bytes: Uint8Array): Uint8Array[] {
  if (!hasKeyBlock(bytes)) return [];
  const blocks = findPemBlocks(bytes).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (blocks.length > maxKeys) throw new CofferError('bad-key', `key file: expected at most ${maxKeys} private keys`);
  return blocks.map(({ label, inner }) => {
    const start = inner.byteOffset - bytes.byteOffset;
    return bytes.subarray(
      start - `-----BEGIN ${label}-----`.length,
      start + inner.length + `-----END ${label}-----`.length,
    );
  });
}

/** Text without anything that a key file begins with. */
function isPlainText(bytes: Uint8Array): boolean {
  const text = asBuffer(bytes);
  return !text.subarray(0, 4096).includes(0) && !keyMarks.some((mark) => text.includes(mark));
}

function hasKeyBlock(bytes: Uint8Array): boolean {
  return asBuffer(bytes).includes('PRIVATE KEY-----');
}

/** Windows names certificates better than their keys. */
function together(
  { pkcs8, comment }: Pick<ReadKey, 'pkcs8' | 'comment'>,
  certificates: readonly Uint8Array[],
  keyName = '',
  names: ReadonlyMap<Uint8Array, string> = new Map(),
): Found {
  const certificateDer = certificates.find((der) => belongTogether(der, pkcs8));
  if (certificateDer === undefined) return { type: 'private-key', pkcs8, comment, keyName };
  return { type: 'certificate', certificateDer, pkcs8, name: names.get(certificateDer) ?? keyName };
}
