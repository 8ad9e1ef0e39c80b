import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import { asBuffer } from '../../keys/bytes';
import { belongTogether, findCertificates } from '../../keys/certificate';
import { readPrivateKey } from '../../keys/import';
import { DerivationBudget } from '../../keys/derivation-budget';
import { findPemBlocks } from '../../keys/pem';
import { looksLikePkcs12, readPkcs12 } from '../../keys/pkcs12-read';
import type { ReadKey } from '../../keys/readers/reader';
import { keyNameIn, readAwsAnswer } from './aws-answers';
import { type Found, type Recognition, wipeFound } from './found';
import { isOnlyAnswer, isOnlyBlocks, isOnlyCsv, isOnlyKeyLines, isOnlyProfiles, isOnlyPublicKeys } from './left-over';
import { publicKeysIn } from './public-keys';
import { strangeTextOf, strangerOf } from './strangers';
import { maxRows, readCsv, readKeyLines, readProfiles } from './tables';

/** Longest file that is looked at. */
export const maxImportBytes = 1024 * 1024;
/** PEM blocks in a file; more are no key with its chain. */
const maxBlocks = 200;
/** Private keys in a file. Under a passphrase all together may cost what one may. */
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
 * @param signal - Ends it before the next derivation.
 * @returns The caller wipes what was found.
 * @throws CofferError `passphrase-needed`, `wrong-passphrase`; `bad-key` or `bad-request` with the reason why it is not taken. The signal's
 *   reason.
 */
export async function recognise(
  bytes: Uint8Array,
  passphrase: Uint8Array | null,
  signal?: AbortSignal,
): Promise<Recognition> {
  checkContent(bytes);
  if (looksLikePkcs12(bytes)) return ofPkcs12(bytes, passphrase, signal);
  const text = textOf(bytes);
  const utf8 = new TextEncoder().encode(text);
  let content: Uint8Array = utf8;
  try {
    const table = tableIn(text, utf8);
    if (table !== null) return table;
    content = plainContent(bytes, utf8);
    const strange = strangeTextOf(content);
    if (strange !== null) throw isStranger(strange);
    const keyName = keyNameIn(text);
    const recognised = await ofKeys(content, keyName, { passphrase, signal });
    return keyName === '' ? recognised : { ...recognised, isWhole: isOnlyAnswer(text) };
  } finally {
    utf8.fill(0);
    if (content !== bytes) content.fill(0);
  }
}

function tableIn(text: string, utf8: Uint8Array): Recognition | null {
  const table = (found: readonly Found[], isOnly: boolean) => {
    const isWhole = isOnly && found.every((one) => one.type !== 'access-key' || one.note === '');
    return { found, isWhole, hadPassphrase: false };
  };
  const answer = readAwsAnswer(text);
  if (answer !== null) return table(answer, isOnlyAnswer(text));
  const rows = readCsv(text);
  if (rows !== null) return table(rows, isOnlyCsv(text, maxRows));
  const lines = readKeyLines(text);
  if (lines !== null) return table(lines, isOnlyKeyLines(text));
  const profiles = readProfiles(utf8);
  return profiles === null ? null : table(profiles, isOnlyProfiles(text, profiles.length));
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
    say('main-import.file-expected-at-most-kib-no-key-or', { kibibytes: maxImportBytes / 1024 }),
  );
}

function checkContent(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new CofferError('bad-request', say('main-import.file-it-is-empty'));
  if (bytes.length > maxImportBytes) throw tooLarge();
  if (bytes.every((byte) => byte === 0))
    throw new CofferError('bad-request', say('main-import.file-it-holds-nothing-but-zero-bytes'));
  const stranger = strangerOf(bytes);
  if (stranger !== null) throw isStranger(stranger);
  if (asBuffer(bytes).toString('latin1').split('-----BEGIN ').length > maxBlocks) {
    throw new CofferError('bad-request', say('main-import.file-expected-at-most-pem-blocks', { maxBlocks }));
  }
}

function isStranger(what: string): CofferError {
  return new CofferError('bad-request', say('main-import.file-this-is', { what }));
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

async function ofPkcs12(
  bytes: Uint8Array,
  passphrase: Uint8Array | null,
  signal: AbortSignal | undefined,
): Promise<Recognition> {
  const { keys, certificates, names, hasOthers, hasMac } = await readPkcs12(bytes, passphrase, signal);
  if (keys.length === 0) throw new CofferError('bad-key', say('main-import.pkcs-12-expected-a-private-key-in-it'));
  try {
    const found = keys.map((pkcs8) => together({ pkcs8, comment: '' }, certificates, names.get(pkcs8), names));
    const isWhole = !hasOthers && certificatesIn(found) === certificates.length;
    return { found, isWhole, hadPassphrase: true, lacksMac: !hasMac };
  } catch (error) {
    for (const key of keys) key.fill(0);
    throw error;
  }
}

function certificatesIn(found: readonly Found[]): number {
  return found.filter(({ type }) => type === 'certificate').length;
}

/** Whether the keys and certificates of a file were all taken, and stand alone in it. */
function isWholeFile(bytes: Uint8Array, found: readonly Found[], certificates: readonly Uint8Array[]): boolean {
  const keys = found.filter((one) => one.type === 'private-key' || (one.type === 'certificate' && one.pkcs8 !== null));
  return certificatesIn(found) === certificates.length && isOnlyBlocks(bytes, keys.length + certificates.length);
}

/** A passphrase, and who may give it up. */
interface Trying {
  readonly passphrase: Uint8Array | null;
  readonly signal: AbortSignal | undefined;
}

function budgetOf(signal: AbortSignal | undefined): DerivationBudget {
  return new DerivationBudget(say('main-import.key-file'), signal);
}

/** Private keys with their certificates; without one, a certificate alone or public keys. */
async function ofKeys(bytes: Uint8Array, keyName: string, trying: Trying): Promise<Recognition> {
  const certificates = findCertificates(bytes);
  const parts = keyBlocksOf(bytes);
  if (parts.length > 1) {
    const several = await ofSeveral(parts, certificates, trying);
    return { ...several, isWhole: isWholeFile(bytes, several.found, certificates) };
  }
  const key = await privateKeyOf(bytes, trying, certificates.length > 0);
  if (key !== null) {
    const found = [together(key, certificates, keyName)];
    return { found, isWhole: isWholeFile(bytes, found, certificates), hadPassphrase: key.hadPassphrase };
  }
  const [certificateDer] = certificates;
  if (certificateDer === undefined) {
    const found = publicKeysIn(bytes);
    return { found, isWhole: isOnlyPublicKeys(bytes, found.length), hadPassphrase: false };
  }
  const found: Found[] = [{ type: 'certificate', certificateDer, pkcs8: null, name: '' }];
  return { found, isWhole: isWholeFile(bytes, found, certificates), hadPassphrase: false };
}

/** One that is damaged or of another type says so, and keeps no other one out; a passphrase is one for all. */
async function ofSeveral(
  parts: readonly Uint8Array[],
  certificates: readonly Uint8Array[],
  { passphrase, signal }: Trying,
): Promise<Pick<Recognition, 'found' | 'hadPassphrase'>> {
  const found: Found[] = [];
  const budget = budgetOf(signal);
  let hadPassphrase = false;
  try {
    for (const [at, part] of parts.entries()) {
      try {
        const key = await readPrivateKey(part, passphrase, budget);
        hadPassphrase ||= key.hadPassphrase;
        found.push(together(key, certificates));
      } catch (error) {
        if (!isBadKey(error)) throw error;
        found.push({
          type: 'not-taken',
          name: say('main-import.key', { number: at + 1 }),
          reason: error.message,
          isSecret: true,
        });
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
  { passphrase, signal }: Trying,
  hasCertificates: boolean,
): Promise<ReadKey | null> {
  try {
    return await readPrivateKey(bytes, passphrase, budgetOf(signal));
  } catch (error) {
    if (!isBadKey(error)) throw error;
    const isWithout = hasCertificates ? !hasKeyBlock(bytes) : publicKeysIn(bytes).length > 0;
    if (isWithout) return null;
    if (!isPlainText(bytes)) throw error;
    throw new CofferError('bad-request', say('main-import.file-found-nothing-that-coffer-keeps-expected-a'));
  }
}

function isBadKey(error: unknown): error is CofferError {
  return error instanceof CofferError && error.code === 'bad-key';
}

/** The blocks with private keys of a file of PEM, each with its BEGIN and END line; views into the file. */
function keyBlocksOf(bytes: Uint8Array): Uint8Array[] {
  if (!hasKeyBlock(bytes)) return [];
  const blocks = findPemBlocks(bytes).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (blocks.length > maxKeys)
    throw new CofferError('bad-key', say('main-import.key-file-expected-at-most-private-keys', { maxKeys }));
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

/** Windows names certificates better than their keys. The key is wiped if that fails. */
function together(
  { pkcs8, comment }: Pick<ReadKey, 'pkcs8' | 'comment'>,
  certificates: readonly Uint8Array[],
  keyName = '',
  names: ReadonlyMap<Uint8Array, string> = new Map(),
): Found {
  try {
    const certificateDer = certificates.find((der) => belongTogether(der, pkcs8));
    if (certificateDer === undefined) return { type: 'private-key', pkcs8, comment, keyName };
    return { type: 'certificate', certificateDer, pkcs8, name: names.get(certificateDer) ?? keyName };
  } catch (error) {
    pkcs8.fill(0);
    throw error;
  }
}
