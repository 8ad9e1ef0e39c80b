import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { DerivationBudget } from './derivation-budget';
import { findPemBlocks } from './pem';
import { readDer } from './readers/der';
import { readOpenssh } from './readers/openssh';
import { readPkcs1 } from './readers/pkcs1';
import { readPkcs8 } from './readers/pkcs8';
import { readPpk } from './readers/ppk';
import type { KeyReader, ReadKey } from './readers/reader';
import { refusalOf } from './refusal';

/** Far above any key file; a file of another sort is refused before it is searched. */
const maxFileBytes = 1024 * 1024;

const lineFeed = 0x0a;
const backslash = 0x5c;

/** One per format; another format is another file and a line here. */
const readers: readonly KeyReader[] = [readPkcs1, readPkcs8, readOpenssh, readPpk, readDer];

/**
 * Reads a private key from the bytes of a file or of pasted text: PKCS#1, PKCS#8 and OpenSSH PEM, and PuTTY's PPK 2 and 3, each
 * with or without a passphrase; PKCS#1 and PKCS#8 as bare DER too. What the AWS CLI prints as `KeyMaterial` may stay in its JSON.
 * CRLF, byte order marks, UTF-16, lines of any width and text around the block are accepted. Every cost that the
 * file names is bounded before it is paid, and the key's parts are checked to belong together.
 *
 * @param bytes - At most 1 MiB; not changed, stays the caller's, who wipes it.
 * @param passphrase - UTF-8 bytes or null; not changed, stays the caller's. Ignored if the file has none.
 * @param budget - Of the whole file, if this is a part of one.
 * @returns The key in Coffer's form; the caller owns `pkcs8` and wipes it.
 * @throws CofferError `passphrase-needed`; `wrong-passphrase`; `bad-key` with what was found and what is accepted.
 */
export async function readPrivateKey(
  bytes: Uint8Array,
  passphrase: Uint8Array | null,
  budget = new DerivationBudget(say('main-keys.key-file')),
): Promise<ReadKey> {
  if (bytes.length > maxFileBytes) throw new CofferError('bad-key', say('main-keys.key-file-expected-at-most-1-mib'));
  const text = withLineEnds(isUtf16(bytes) ? withoutZeros(bytes) : Uint8Array.from(bytes));
  try {
    const file = { bytes: text, blocks: findPemBlocks(text) };
    for (const reader of readers) {
      const reading = reader(file, passphrase, budget);
      if (reading !== null) return await reading;
    }
    throw new CofferError('bad-key', refusalOf(file));
  } finally {
    wipe(text);
  }
}

/** Windows PowerShell's `>` writes UTF-16 with a byte order mark. */
function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** UTF-16 to ASCII, as far as a key file goes: every other byte is zero. The mark itself is text before the block. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte) => byte !== 0);
}

/** In JSON, `\\n` stands for a line end. Changes the bytes in place: nothing secret is copied. */
function withLineEnds(text: Uint8Array): Uint8Array {
  if (!asBuffer(text).includes('-----\\')) return text;
  for (let at = 0; at + 1 < text.length; at++) {
    const next = text[at + 1];
    if (text[at] === backslash && (next === 0x6e || next === 0x72)) text.fill(lineFeed, at, at + 2);
  }
  return text;
}
