import { createPublicKey } from 'node:crypto';
import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { areEqual, asBuffer, fromBase64, isSpace } from './bytes';
import { commentFrom } from './comment';
import { describeSpki, type KeyDescription } from './describe';
import { derTag, looksLikeDer, readDerSequence, writeDer, writeDerUnsigned } from './der';
import { decodePem, findPemBlocks } from './pem';
import { checkSshType } from './ssh-types';
import { SshReader } from './ssh-wire';

/** Far above any public key. */
const maxFileBytes = 64 * 1024;
/** DER of SubjectPublicKeyInfo that goes before the 32 bytes of an Ed25519 key (RFC 8410 §4). */
const ed25519SpkiHead = Uint8Array.from([0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0]);
const ed25519Bytes = 32;
const minRsaBits = 512;
const maxRsaBits = 16_384;

/** Formats of public keys that are read. */
export type PublicFormat = 'openssh-line' | 'rfc4716' | 'spki-pem' | 'pkcs1-pem' | 'der';

/** A public key that was read; nothing of it is secret. */
export interface ReadPublicKey extends KeyDescription {
  /** One line, possibly empty. */
  readonly comment: string;
  readonly sourceFormat: PublicFormat;
}

/**
 * Reads a public key: an OpenSSH line (with or without options before it), RFC 4716, SubjectPublicKeyInfo or PKCS#1 as PEM, or
 * DER, plain or as base64, as EC2's ImportKeyPair takes it.
 *
 * @param bytes - Of a file or of pasted text; at most 64 KiB are looked at as a public key.
 * @returns Null if there is no public key in any of these forms.
 * @throws CofferError `bad-key` for one that is damaged, or neither RSA nor Ed25519.
 * @see RFC 4716, RFC 5280 §4.1, RFC 8017 §A.1.1; sshd(8), AUTHORIZED_KEYS FILE FORMAT.
 */
export function readPublicKey(bytes: Uint8Array): ReadPublicKey | null {
  if (bytes.length > maxFileBytes) return null;
  return readRfc4716(bytes) ?? readPem(bytes) ?? readLine(bytes) ?? readDer(bytes);
}

/**
 * Describes a public key that SSH's wire format holds.
 *
 * @param blob - Not changed.
 * @throws CofferError `bad-key` if it is damaged or of another type.
 * @see RFC 4253 §6.6, RFC 8709 §4.
 */
function describeSshBlob(blob: Uint8Array): KeyDescription {
  const reader = new SshReader(blob);
  const type = reader.name();
  checkSshType(type);
  const spki = type === 'ssh-rsa' ? rsaSpki(reader.mpint(), reader.mpint()) : ed25519Spki(reader.string());
  const described = describePublic(spki);
  // Trailing bytes and numbers that are written otherwise than SSH does.
  if (!areEqual(described.sshPublicBlob, blob)) throw damaged();
  return described;
}

function readRfc4716(bytes: Uint8Array): ReadPublicKey | null {
  const match = /---- BEGIN SSH2 PUBLIC KEY ----([^]*?)---- END SSH2 PUBLIC KEY ----/.exec(latin1(bytes));
  if (match === null) return null;
  // RFC 4716 §3.3: a header goes on behind a backslash at the end of its line.
  const lines = (match[1] ?? '').replace(/\\\r?\n/g, '').split(/[\r\n]+/);
  const isHeader = (line: string): boolean => line.includes(':');
  const comment = lines.find((line) => /^comment:/i.test(line))?.slice('comment:'.length) ?? '';
  const blob = decodeText(lines.filter((line) => !isHeader(line)).join(''));
  return { ...describeSshBlob(blob), comment: unquoted(comment), sourceFormat: 'rfc4716' };
}

function readPem(bytes: Uint8Array): ReadPublicKey | null {
  if (!asBuffer(bytes).includes('-----BEGIN ')) return null;
  const block = findPemBlocks(bytes).find(({ label }) => label === 'PUBLIC KEY' || label === 'RSA PUBLIC KEY');
  if (block === undefined) return null;
  const { der } = decodePem(block);
  if (block.label === 'PUBLIC KEY') return { ...describePublic(der), comment: '', sourceFormat: 'spki-pem' };
  return { ...describePublic(spkiOfPkcs1(der)), comment: '', sourceFormat: 'pkcs1-pem' };
}

/** The first line that has a key in it; options, which may hold spaces in quotes, can stand before the type. */
function readLine(bytes: Uint8Array): ReadPublicKey | null {
  const text = new TextDecoder().decode(bytes);
  const pattern = /(?:^|[\s,])((?:ssh|ecdsa|sk)-[!-~]{1,60}) +(AAAA[A-Za-z0-9+/]+=*)(?: +([^\r\n]*)| *$)?/m;
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, type = '', base64 = '', comment = ''] = match;
  checkSshType(type);
  const blob = decodeText(base64);
  if (new SshReader(blob).name() !== type) throw damaged();
  const ownLine = commentFrom(new TextEncoder().encode(comment));
  return { ...describeSshBlob(blob), comment: ownLine, sourceFormat: 'openssh-line' };
}

function readDer(bytes: Uint8Array): ReadPublicKey | null {
  const der = looksLikeDer(bytes) ? bytes : derOfBase64(bytes);
  if (der === null || !isPublicDer(der)) return null;
  return { ...describePublic(der), comment: '', sourceFormat: 'der' };
}

/** Null unless the whole text is base64 of DER. */
function derOfBase64(bytes: Uint8Array): Uint8Array | null {
  if (!bytes.every((byte) => isSpace(byte) || (byte > 0x2a && byte < 0x7b))) return null;
  let der: Uint8Array | null = null;
  try {
    der = fromBase64(bytes);
    if (looksLikeDer(der)) return der;
  } catch {
    // Not base64, and so no key in this form.
  }
  wipe(der);
  return null;
}

/** SubjectPublicKeyInfo: two values, of which the first is a SEQUENCE and the second a BIT STRING. */
function isPublicDer(der: Uint8Array): boolean {
  const [algorithm, key, ...more] = readDerSequence(der);
  return algorithm?.tag === derTag.sequence && key?.tag === derTag.bitString && more.length === 0;
}

function describePublic(spki: Uint8Array): KeyDescription {
  const described = describeSpki(spkiOfNode(spki));
  const { algorithm } = described;
  if (algorithm.type === 'rsa' && (algorithm.bits < minRsaBits || algorithm.bits > maxRsaBits)) {
    throw new CofferError('bad-key', say('main-keys.key-file-expected-an-rsa-key-of-to', { minRsaBits, maxRsaBits }));
  }
  return described;
}

/** Has Node read it, which checks it, and write it in the one form that fingerprints are made of. */
function spkiOfNode(spki: Uint8Array): Uint8Array {
  let type: string | undefined;
  try {
    const key = createPublicKey({ key: asBuffer(spki), format: 'der', type: 'spki' });
    type = key.asymmetricKeyType;
    if (type === 'rsa' || type === 'ed25519') return Uint8Array.from(key.export({ format: 'der', type: 'spki' }));
  } catch (cause) {
    throw damaged(cause);
  }
  throw new CofferError('bad-key', say('main-keys.key-file-found-a-public-key-of-another'));
}

function spkiOfPkcs1(der: Uint8Array): Uint8Array {
  try {
    const key = createPublicKey({ key: asBuffer(der), format: 'der', type: 'pkcs1' });
    return Uint8Array.from(key.export({ format: 'der', type: 'spki' }));
  } catch (cause) {
    throw damaged(cause);
  }
}

function rsaSpki(e: Uint8Array, n: Uint8Array): Uint8Array {
  return spkiOfPkcs1(writeDer(derTag.sequence, writeDerUnsigned(n), writeDerUnsigned(e)));
}

function ed25519Spki(publicKey: Uint8Array): Uint8Array {
  if (publicKey.length !== ed25519Bytes) throw damaged();
  return Uint8Array.from([...ed25519SpkiHead, ...publicKey]);
}

function decodeText(base64: string): Uint8Array {
  return fromBase64(new TextEncoder().encode(base64));
}

function unquoted(comment: string): string {
  const inner = /^\s*"([^]*)"\s*$/.exec(comment)?.[1] ?? comment;
  // `latin1` kept each byte apart; the comment is UTF-8.
  return commentFrom(Uint8Array.from(Buffer.from(inner, 'latin1')));
}

function latin1(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('latin1');
}

function damaged(cause?: unknown): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-expected-a-public-key-its-content'), { cause });
}
