import { createDecipheriv } from 'node:crypto';
import { say } from '../../../preload/words/say';
import { concatBytes } from '../../crypto/encode';
import { wipe } from '../../crypto/wipe';
import { CofferError } from '../../errors';
import { bcryptPbkdf } from '../bcrypt-kdf';
import { areEqual } from '../bytes';
import { openChachaPoly } from '../chacha-poly';
import { commentFrom } from '../comment';
import { describeKey } from '../describe';
import { opensshCiphers, opensshMagic, type OpensshCipher } from '../openssh';
import { checkBcryptRounds, type DerivationBudget } from '../derivation-budget';
import { decodePem, type PemBlock } from '../pem';
import { pkcs8OfEd25519, pkcs8OfRsa } from '../pkcs8';
import { completeRsaParts } from '../rsa';
import { checkSshType } from '../ssh-types';
import { SshReader } from '../ssh-wire';
import { requirePassphrase, wrongPassphrase, type KeyReader, type ReadKey } from './reader';

const maxSaltBytes = 64;
const tagBytes = 16;

/**
 * Reads `BEGIN OPENSSH PRIVATE KEY`, with or without a passphrase (bcrypt).
 *
 * @param file - See {@link KeyReader}.
 * @param passphrase - See {@link KeyReader}.
 * @param budget - See {@link KeyReader}.
 * @see OpenSSH PROTOCOL.key.
 */
export const readOpenssh: KeyReader = (file, passphrase, budget) => {
  const block = file.blocks.find(({ label }) => label === 'OPENSSH PRIVATE KEY');
  return block === undefined ? null : read(block, passphrase, budget);
};

interface Container {
  readonly cipher: OpensshCipher;
  /** Null for no passphrase. */
  readonly kdf: { readonly salt: Uint8Array; readonly rounds: number } | null;
  readonly publicBlob: Uint8Array;
  readonly privateBytes: Uint8Array;
  readonly tag: Uint8Array;
}

async function read(block: PemBlock, passphrase: Uint8Array | null, budget: DerivationBudget): Promise<ReadKey> {
  const { der: file } = decodePem(block);
  let opened: Uint8Array | null = null;
  let pkcs8: Uint8Array | null = null;
  try {
    const container = readContainer(file);
    opened = await openPrivatePart(container, passphrase, budget);
    const key = await readPrivatePart(opened, container.kdf !== null);
    pkcs8 = key.pkcs8;
    if (!areEqual(describeKey(pkcs8).sshPublicBlob, container.publicBlob)) throw damaged();
    const done = {
      pkcs8,
      comment: key.comment,
      sourceFormat: 'openssh',
      hadPassphrase: container.kdf !== null,
    } as const;
    pkcs8 = null;
    return done;
  } finally {
    wipe(file, opened, pkcs8);
  }
}

function readContainer(file: Uint8Array): Container {
  const reader = new SshReader(file);
  if (!areEqual(reader.take(opensshMagic.length), opensshMagic)) throw damaged();
  const cipherName = reader.name();
  const kdfName = reader.name();
  const kdfOptions = new SshReader(reader.string());
  if (reader.uint32() !== 1) throw new CofferError('bad-key', say('main-keys.key-file-expected-one-key-in-it'));
  const publicBlob = reader.string();
  checkSshType(new SshReader(publicBlob).name());
  const privateBytes = reader.string();
  const tag = reader.rest();
  const cipher = opensshCiphers[cipherName];
  if (cipher === undefined) {
    throw new CofferError('bad-key', say('main-keys.key-file-found-an-unsupported-cipher-write-it'));
  }
  if ((kdfName === 'none') !== (cipher.name === 'none')) throw damaged();
  if (privateBytes.length % cipher.blockBytes !== 0) throw damaged();
  if (tag.length !== (hasTag(cipher) ? tagBytes : 0)) throw damaged();
  const kdf = kdfName === 'none' ? null : readKdf(kdfName, kdfOptions);
  return { cipher, kdf, publicBlob, privateBytes, tag };
}

function hasTag({ name }: OpensshCipher): boolean {
  return name.endsWith('-gcm') || name === 'chacha20-poly1305';
}

function readKdf(name: string, options: SshReader): NonNullable<Container['kdf']> {
  if (name !== 'bcrypt')
    throw new CofferError('bad-key', say('main-keys.key-file-expected-bcrypt-as-its-key-derivation'));
  const salt = options.string();
  const rounds = options.uint32();
  // Before a passphrase is asked for in vain.
  checkBcryptRounds(rounds);
  if (rounds === 0 || salt.length === 0 || salt.length > maxSaltBytes) throw damaged();
  return { salt, rounds };
}

async function openPrivatePart(
  container: Container,
  passphrase: Uint8Array | null,
  budget: DerivationBudget,
): Promise<Uint8Array> {
  const { cipher, kdf, privateBytes, tag } = container;
  if (kdf === null) return privateBytes;
  const given = requirePassphrase(passphrase);
  budget.payBcrypt(kdf.rounds);
  const { keyBytes, ivBytes } = cipher;
  const derived = await bcryptPbkdf(given, kdf.salt, kdf.rounds, keyBytes + ivBytes, budget.signal);
  try {
    return decrypt(cipher, derived.subarray(0, cipher.keyBytes), derived.subarray(cipher.keyBytes), privateBytes, tag);
  } finally {
    wipe(derived);
  }
}

function decrypt(
  cipher: OpensshCipher,
  key: Uint8Array,
  iv: Uint8Array,
  sealed: Uint8Array,
  tag: Uint8Array,
): Uint8Array {
  if (cipher.name === 'chacha20-poly1305') {
    const opened = openChachaPoly(key.subarray(0, 32), sealed, tag);
    if (opened === null) throw wrongPassphrase();
    return opened;
  }
  if (cipher.name === 'aes-128-gcm' || cipher.name === 'aes-256-gcm') {
    const decipher = createDecipheriv(cipher.name, key, iv, { authTagLength: tagBytes }).setAuthTag(tag);
    const opened = decipher.update(sealed);
    try {
      return concatBytes([opened, decipher.final()]);
    } catch {
      throw wrongPassphrase();
    } finally {
      wipe(opened);
    }
  }
  const decipher = createDecipheriv(cipher.name, key, iv).setAutoPadding(false);
  const opened = decipher.update(sealed);
  try {
    return concatBytes([opened, decipher.final()]);
  } finally {
    wipe(opened);
  }
}

async function readPrivatePart(bytes: Uint8Array, isSealed: boolean): Promise<{ pkcs8: Uint8Array; comment: string }> {
  const reader = new SshReader(bytes);
  if (reader.uint32() !== reader.uint32()) throw isSealed ? wrongPassphrase() : damaged();
  const type = reader.name();
  checkSshType(type);
  const pkcs8 = type === 'ssh-rsa' ? await readRsa(reader) : readEd25519(reader);
  try {
    const comment = commentFrom(reader.string());
    if (reader.rest().some((byte, index) => byte !== ((index + 1) & 0xff))) throw damaged();
    return { pkcs8, comment };
  } catch (error) {
    wipe(pkcs8);
    throw error;
  }
}

async function readRsa(reader: SshReader): Promise<Uint8Array> {
  const [n, e, d, qi] = [reader.mpint(), reader.mpint(), reader.mpint(), reader.mpint()];
  const [p, q] = [reader.mpint(), reader.mpint()];
  const parts = completeRsaParts({ n, e, d, p, q, qi });
  try {
    return await pkcs8OfRsa(parts);
  } finally {
    wipe(parts.dp, parts.dq);
  }
}

function readEd25519(reader: SshReader): Uint8Array {
  const publicKey = reader.string();
  const seedAndPublicKey = reader.string();
  if (!areEqual(seedAndPublicKey.subarray(32), publicKey)) throw damaged();
  return pkcs8OfEd25519(seedAndPublicKey.subarray(0, 32), publicKey);
}

function damaged(): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-expected-an-openssh-private-key-its'));
}
