import { createDecipheriv } from 'node:crypto';
import { say } from '../../../preload/words/say';
import { concatBytes } from '../../crypto/encode';
import { isEqualConstantTime } from '../../crypto/mac';
import { wipe } from '../../crypto/wipe';
import { CofferError } from '../../errors';
import { areEqual } from '../bytes';
import { commentFrom } from '../comment';
import { describeKey } from '../describe';
import { pkcs8OfEd25519, pkcs8OfRsa } from '../pkcs8';
import {
  plainPpkSecrets,
  ppk2Secrets,
  ppk3Secrets,
  ppkBlockBytes,
  ppkMac,
  wipePpkSecrets,
  type PpkSecrets,
} from '../ppk';
import { damagedPpk, findPpk, parsePpk, type PpkText } from '../ppk-text';
import { completeRsaParts } from '../rsa';
import { checkSshType } from '../ssh-types';
import { SshReader } from '../ssh-wire';
import { requirePassphrase, wrongPassphrase, type KeyReader, type ReadKey } from './reader';

const seedBytes = 32;

/**
 * Reads PuTTY's private keys (PPK 2 and 3), with or without a passphrase.
 *
 * @param file - See {@link KeyReader}.
 * @param passphrase - See {@link KeyReader}.
 * @see PuTTY manual, appendix C.
 */
export const readPpk: KeyReader = (file, passphrase) => {
  const at = findPpk(file.bytes);
  return at < 0 ? null : read(file.bytes.subarray(at), passphrase);
};

async function read(file: Uint8Array, passphrase: Uint8Array | null): Promise<ReadKey> {
  const ppk = parsePpk(file);
  let [secrets, privateBlob]: [PpkSecrets | null, Uint8Array | null] = [null, null];
  try {
    checkSshType(ppk.algorithm);
    secrets = await secretsOf(ppk, passphrase);
    privateBlob = decrypt(ppk, secrets);
    const mac = ppkMac(ppk.version, secrets.macKey, { ...ppk, privateBlob });
    if (!isEqualConstantTime(mac, ppk.mac)) throw refusalOfMac(ppk, privateBlob);
    const pkcs8 = await keyOf(ppk, privateBlob);
    return {
      pkcs8,
      comment: commentFrom(ppk.comment),
      sourceFormat: ppk.version === 2 ? 'ppk2' : 'ppk3',
      hadPassphrase: ppk.encryption !== 'none',
    };
  } finally {
    wipe(ppk.privateBytes, privateBlob);
    wipePpkSecrets(secrets);
  }
}

function secretsOf(ppk: PpkText, passphrase: Uint8Array | null): PpkSecrets | Promise<PpkSecrets> {
  if (ppk.encryption === 'none') return plainPpkSecrets(ppk.version);
  if (ppk.privateBytes.length === 0 || ppk.privateBytes.length % ppkBlockBytes !== 0) throw damagedPpk();
  const given = requirePassphrase(passphrase);
  return ppk.derivation === null ? ppk2Secrets(given) : ppk3Secrets(given, ppk.derivation);
}

/** A copy if it is in the clear, so that the caller may wipe it either way. */
function decrypt(ppk: PpkText, secrets: PpkSecrets): Uint8Array {
  if (secrets.key === null) return Uint8Array.from(ppk.privateBytes);
  const decipher = createDecipheriv('aes-256-cbc', secrets.key, secrets.iv).setAutoPadding(false);
  const opened = decipher.update(ppk.privateBytes);
  try {
    return concatBytes([opened, decipher.final()]);
  } finally {
    wipe(opened);
  }
}

/** A MAC fails for a wrong passphrase, which leaves rubbish, and for damage, which leaves most of what was there. */
function refusalOfMac(ppk: PpkText, privateBlob: Uint8Array): CofferError {
  if (ppk.encryption === 'none') return changed();
  try {
    readNumbers(ppk.algorithm, privateBlob);
    return changed();
  } catch {
    return wrongPassphrase();
  }
}

/** The SSH strings of a private blob: d, p, q, iqmp of RSA; the seed of Ed25519. Views, up to the padding. */
function readNumbers(algorithm: string, privateBlob: Uint8Array): Uint8Array[] {
  const reader = new SshReader(privateBlob);
  const numbers = Array.from({ length: algorithm === 'ssh-rsa' ? 4 : 1 }, () => reader.string());
  if (reader.rest().length >= ppkBlockBytes) throw damagedPpk();
  return numbers;
}

async function keyOf(ppk: PpkText, privateBlob: Uint8Array): Promise<Uint8Array> {
  const publicReader = new SshReader(ppk.publicBlob);
  if (publicReader.name() !== ppk.algorithm) throw damagedPpk();
  readNumbers(ppk.algorithm, privateBlob);
  const privateReader = new SshReader(privateBlob);
  const pkcs8 =
    ppk.algorithm === 'ssh-rsa'
      ? await readRsa(publicReader, privateReader)
      : readEd25519(publicReader.string(), privateReader.string());
  if (areEqual(describeKey(pkcs8).sshPublicBlob, ppk.publicBlob)) return pkcs8;
  wipe(pkcs8);
  throw damagedPpk();
}

async function readRsa(publicReader: SshReader, privateReader: SshReader): Promise<Uint8Array> {
  const [e, n] = [publicReader.mpint(), publicReader.mpint()];
  const [d, p] = [privateReader.mpint(), privateReader.mpint()];
  const [q, qi] = [privateReader.mpint(), privateReader.mpint()];
  const parts = completeRsaParts({ n, e, d, p, q, qi });
  try {
    return await pkcs8OfRsa(parts);
  } finally {
    wipe(parts.dp, parts.dq);
  }
}

/** PuTTY holds the seed as a little-endian number: zeros at its end may be missing, or too many. */
function readEd25519(publicKey: Uint8Array, number: Uint8Array): Uint8Array {
  if (number.subarray(seedBytes).some((byte) => byte !== 0)) throw damagedPpk();
  const seed = new Uint8Array(seedBytes);
  seed.set(number.subarray(0, seedBytes));
  try {
    return pkcs8OfEd25519(seed, publicKey);
  } finally {
    wipe(seed);
  }
}

function changed(): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-its-checksum-private-mac-does-not'));
}
