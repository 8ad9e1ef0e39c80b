import { say } from '../../../preload/words/say';
import { wipe } from '../../crypto/wipe';
import { CofferError } from '../../errors';
import { decryptLegacyPem } from '../legacy-pem';
import { decodePem, type PemBlock } from '../pem';
import { pkcs8OfRsa } from '../pkcs8';
import { readRsaParts } from '../rsa';
import { looksLikeDer } from '../der';
import { requirePassphrase, wrongPassphrase, type KeyReader, type ReadKey } from './reader';

/**
 * Reads `BEGIN RSA PRIVATE KEY`: PKCS#1, as AWS hands it out, or with `Proc-Type: 4,ENCRYPTED`.
 *
 * @param file - See {@link KeyReader}.
 * @param passphrase - See {@link KeyReader}.
 */
export const readPkcs1: KeyReader = (file, passphrase) => {
  const block = file.blocks.find(({ label }) => label === 'RSA PRIVATE KEY');
  return block === undefined ? null : read(block, passphrase);
};

/**
 * Reads PKCS#1 that is DER already.
 *
 * @param der - Not changed, stays the caller's.
 * @throws CofferError `bad-key` if it is damaged or its numbers do not belong together.
 */
export async function readPkcs1Der(der: Uint8Array): Promise<ReadKey> {
  const pkcs8 = await pkcs8OfRsa(readRsaParts(der));
  return { pkcs8, comment: '', sourceFormat: 'pkcs1', hadPassphrase: false };
}

async function read(block: PemBlock, passphrase: Uint8Array | null): Promise<ReadKey> {
  const { headers, der } = decodePem(block);
  const hadPassphrase = /^4\s*,\s*ENCRYPTED$/i.test(headers.get('proc-type') ?? '');
  let pkcs1: Uint8Array | null = null;
  try {
    pkcs1 = hadPassphrase ? open(headers.get('dek-info'), der, requirePassphrase(passphrase)) : der;
    return { ...(await readPkcs1Der(pkcs1)), hadPassphrase };
  } finally {
    wipe(der, pkcs1);
  }
}

function open(dekInfo: string | undefined, sealed: Uint8Array, passphrase: Uint8Array): Uint8Array {
  if (dekInfo === undefined) throw new CofferError('bad-key', say('main-keys.key-file-expected-a-dek-info-line-since'));
  const opened = decryptLegacyPem(dekInfo, sealed, passphrase);
  // A wrong passphrase gives good padding once in 256 times, and then rubbish.
  if (opened === null || !looksLikeDer(opened)) {
    wipe(opened);
    throw wrongPassphrase();
  }
  return opened;
}
