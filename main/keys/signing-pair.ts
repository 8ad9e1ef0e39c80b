import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { belongTogether, findCertificates } from './certificate';
import { readPrivateKey } from './import';
import { type Pkcs12Content, looksLikePkcs12, readPkcs12 } from './pkcs12-read';

/** A certificate and its private key. */
export interface SigningPair {
  /** The caller owns and wipes it. */
  readonly pkcs8: Uint8Array;
  readonly certificateDer: Uint8Array;
}

/**
 * Finds a certificate and the private key that it is about: in one PKCS#12 or PEM file, or in two files.
 *
 * @param certificateFile - Not changed.
 * @param keyFile - Null if the first file holds both; not changed.
 * @param passphrase - UTF-8, or null; not changed, stays the caller's.
 * @throws CofferError `passphrase-needed`, `wrong-passphrase`; `bad-key` for what is no such file, or parts that do not belong together.
 */
export async function readSigningPair(
  certificateFile: Uint8Array,
  keyFile: Uint8Array | null,
  passphrase: Uint8Array | null,
): Promise<SigningPair> {
  const { keys, certificates }: Pick<Pkcs12Content, 'keys' | 'certificates'> = looksLikePkcs12(certificateFile)
    ? await readPkcs12(certificateFile, passphrase)
    : { keys: [], certificates: findCertificates(certificateFile) };
  let taken: Uint8Array | null = null;
  try {
    if (certificates.length === 0) {
      throw new CofferError('bad-key', say('main-keys.certificate-found-none-expected-an-x-509-certificate'));
    }
    if (keyFile !== null || keys.length === 0)
      keys.push((await readPrivateKey(keyFile ?? certificateFile, passphrase)).pkcs8);
    for (const pkcs8 of keys) {
      const certificateDer = certificates.find((one) => belongTogether(one, pkcs8));
      if (certificateDer === undefined) continue;
      taken = pkcs8;
      return { pkcs8, certificateDer };
    }
  } finally {
    for (const key of keys) if (key !== taken) wipe(key);
  }
  throw new CofferError('bad-key', say('main-keys.certificate-expected-one-that-belongs-to-this-private'));
}
