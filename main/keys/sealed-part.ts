import { readBerValues } from './ber';
import { derContent, derTag, type DerValue } from './der';
import type { DerivationBudget } from './derivation-budget';
import { decryptPbes1, type Passphrase } from './pbes1';
import { decryptPbes2, pbes2Oid } from './pbes2';
import { oidOf } from './oid';

/**
 * Decrypts what an AlgorithmIdentifier of PKCS#5 or PKCS#12 has encrypted: a PKCS#8 key, or a part of a PKCS#12 file.
 *
 * @param algorithm - The SEQUENCE.
 * @param sealed - Not changed.
 * @param passphrase - Not changed, stays the caller's.
 * @param budget - Of the whole file.
 * @returns Bytes that the caller owns and wipes; null if the padding is wrong.
 * @throws CofferError `bad-key` for damage, an unsupported cipher, or a cost above the limits.
 */
export async function decryptSealed(
  algorithm: DerValue | undefined,
  sealed: Uint8Array,
  passphrase: Passphrase,
  budget: DerivationBudget,
): Promise<Uint8Array | null> {
  budget.openPart();
  const [id, parameters] = readBerValues(derContent(algorithm, derTag.sequence));
  const name = oidOf(id);
  if (name === pbes2Oid) return decryptPbes2(parameters, sealed, passphrase.utf8, budget);
  return decryptPbes1(name, parameters, sealed, passphrase, budget);
}
