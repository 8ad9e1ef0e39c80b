import { wipe } from '../../crypto/wipe';
import { looksLikeDer } from '../der';
import { decryptPkcs8 } from '../pbes2';
import { decodePem, type PemBlock } from '../pem';
import { checkedPkcs8 } from '../pkcs8';
import { requirePassphrase, wrongPassphrase, type KeyReader, type ReadKey } from './reader';

/**
 * Reads `BEGIN PRIVATE KEY` and `BEGIN ENCRYPTED PRIVATE KEY`: PKCS#8, the latter with PBES2.
 *
 * @param file - See {@link KeyReader}.
 * @param passphrase - See {@link KeyReader}.
 */
export const readPkcs8: KeyReader = (file, passphrase) => {
  const block = file.blocks.find(({ label }) => label === 'PRIVATE KEY' || label === 'ENCRYPTED PRIVATE KEY');
  return block === undefined ? null : read(block, passphrase);
};

async function read(block: PemBlock, passphrase: Uint8Array | null): Promise<ReadKey> {
  const { der } = decodePem(block);
  const hadPassphrase = block.label === 'ENCRYPTED PRIVATE KEY';
  let plain: Uint8Array | null = null;
  try {
    plain = hadPassphrase ? await open(der, requirePassphrase(passphrase)) : der;
    return { pkcs8: await checkedPkcs8(plain), comment: '', sourceFormat: 'pkcs8', hadPassphrase };
  } finally {
    wipe(der, plain);
  }
}

async function open(der: Uint8Array, passphrase: Uint8Array): Promise<Uint8Array> {
  const opened = await decryptPkcs8(der, passphrase);
  // A wrong passphrase gives good padding once in 256 times, and then rubbish.
  if (opened === null || !looksLikeDer(opened)) {
    wipe(opened);
    throw wrongPassphrase();
  }
  return opened;
}
