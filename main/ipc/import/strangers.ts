import { say } from '../../../preload/words/say';
import { asBuffer } from '../../keys/bytes';
import { looksLikePkcs12 } from '../../keys/pkcs12-read';

const headBytes = 4096;

/** What files begin with that people take for keys, and what to do with them. */
const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^\x89PNG|^\xff\xd8\xff|^GIF8/, say('main-import.a-picture-add-the-qr-code')],
  [/^PK\x03\x04/, say('main-import.a-zip-file-unpack-it-first')],
  [/^\x1f\x8b|^BZh|^\xfd7zXZ/, say('main-import.a-compressed-file-unpack-it-first')],
  [/^%PDF/, say('main-import.a-pdf-document')],
  [/^SQLite format 3\0/, say('main-import.a-database-open-a-vault-of')],
  [/^\x7fELF|^MZ/, say('main-import.a-program')],
  [/^\s*otpauth(-migration)?:/i, say('main-import.the-secret-of-an-mfa-device')],
];

/** What text without a key in it is. */
const texts: readonly (readonly [RegExp, string])[] = [
  [/^[ \t]*Host[ \t]+\S/im, say('main-import.a-configuration-of-ssh-which-holds')],
  [/^(@\S+ )?(\|1\|\S+|[^\s"=]+) (ssh-(rsa|ed25519)|ecdsa-sha2-\S+) AAAA/m, say('main-import.a-list-of-known-hosts')],
];

/** Options of authorized_keys that take no value (sshd(8)); a host has no such name. */
const keyOption =
  /^(restrict|cert-authority|verify-required|no-touch-required|(no-)?(agent-forwarding|port-forwarding|pty|user-rc|x11-forwarding))(,|$)/i;

/** What only files with a private key or an access key have in them. */
const secretMarks: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----/,
  /PuTTY-User-Key-File-\d/,
  /SSH PRIVATE KEY FILE FORMAT/,
  /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY/,
  /aws_?secret_?(access_?)?key/i,
  /(^|[^A-Z0-9])A[KS]IA[A-Z2-7]{16}([^A-Z0-9]|$)/,
];

/**
 * Says what a file is that begins as no credential does, and that people take for one.
 *
 * @param bytes - Not changed.
 * @returns Words for the user; null if it is none of the known ones.
 */
export function strangerOf(bytes: Uint8Array): string | null {
  const head = headOf(bytes);
  return beginnings.find(([pattern]) => pattern.test(head))?.[1] ?? null;
}

/**
 * The same of text that has no table of keys in it.
 *
 * @param bytes - Not changed.
 * @returns Words for the user; null if it is none of the known ones.
 */
export function strangeTextOf(bytes: Uint8Array): string | null {
  // Mail and notes around a key may have lines like those.
  if (asBuffer(bytes).includes('-----BEGIN ')) return null;
  const head = headOf(bytes);
  const known = texts.find(([pattern]) => {
    const match = pattern.exec(head);
    return match !== null && !keyOption.test(match[2] ?? '');
  });
  return known?.[1] ?? null;
}

/**
 * Whether a file that is not taken seems to hold a private key or an access key, so that a look around should tell of it.
 *
 * @param bytes - Not changed.
 */
export function looksSecret(bytes: Uint8Array): boolean {
  if (looksLikePkcs12(bytes)) return true;
  const text = asBuffer(bytes).toString('latin1');
  return secretMarks.some((mark) => mark.test(text));
}

function headOf(bytes: Uint8Array): string {
  return asBuffer(bytes.subarray(0, headBytes))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
}
