import { wipe } from '../../crypto/wipe';
import { derContent, derTag, looksLikeDer, readDerSequence } from '../der';
import type { DerivationBudget } from '../derivation-budget';
import { decodePem, type PemBlock } from '../pem';
import { checkedPkcs8 } from '../pkcs8';
import { decryptSealed } from '../sealed-part';
import { requirePassphrase, wrongPassphrase, type KeyReader, type ReadKey } from './reader';

/**
 * Reads `BEGIN PRIVATE KEY` and `BEGIN ENCRYPTED PRIVATE KEY`: PKCS#8, the latter with PBES2 or one
 * of the schemes before it.
 *
 * @param file - See {@link KeyReader}.
 * @param passphrase - See {@link KeyReader}.
 * @param budget - See {@link KeyReader}.
 */
export const readPkcs8: KeyReader = (file, passphrase, budget) => {
  const block = file.blocks.find(({ label }) => label === 'PRIVATE KEY' || label === 'ENCRYPTED PRIVATE KEY');
  return block === undefined ? null : read(block, passphrase, budget);
};

/**
 * Reads PKCS#8 that is DER already.
 *
 * @param der - Not changed, stays the caller's.
 * @param hadPassphrase - True for an EncryptedPrivateKeyInfo.
 * @param passphrase - UTF-8 bytes or null; not changed, stays the caller's.
 * @param budget - Of the whole file.
 * @throws CofferError as a {@link KeyReader} does.
 */
export async function readPkcs8Der(
  der: Uint8Array,
  hadPassphrase: boolean,
  passphrase: Uint8Array | null,
  budget: DerivationBudget,
): Promise<ReadKey> {
  const opened = hadPassphrase ? await open(der, requirePassphrase(passphrase), budget) : null;
  try {
    return { pkcs8: await checkedPkcs8(opened ?? der), comment: '', sourceFormat: 'pkcs8', hadPassphrase };
  } finally {
    wipe(opened);
  }
}

async function read(block: PemBlock, passphrase: Uint8Array | null, budget: DerivationBudget): Promise<ReadKey> {
  const { der } = decodePem(block);
  try {
    return await readPkcs8Der(der, block.label === 'ENCRYPTED PRIVATE KEY', passphrase, budget);
  } finally {
    wipe(der);
  }
}

async function open(der: Uint8Array, passphrase: Uint8Array, budget: DerivationBudget): Promise<Uint8Array> {
  const [algorithm, sealed] = readDerSequence(der);
  const given = { utf8: passphrase, isAbsent: false };
  const opened = await decryptSealed(algorithm, derContent(sealed, derTag.octetString), given, budget);
  // A wrong passphrase gives good padding once in 256 times, and then rubbish.
  if (opened === null || !looksLikeDer(opened)) {
    wipe(opened);
    throw wrongPassphrase();
  }
  return opened;
}
