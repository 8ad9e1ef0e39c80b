import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import { bytes, recordDetail, recordId } from '../shapes';

/** One key pair of EC2, and the records that hold it. */
const comparedKeyPair = z.strictObject({
  keyName: z.string(),
  /** As EC2 shows it. */
  fingerprint: z.string(),
  /** `rsa`, `ed25519`, or empty. */
  keyType: z.string(),
  keyPairId: z.string(),
  /** Those with a private key first; none if it is not held. */
  held: z.array(z.strictObject({ id: recordId, title: z.string(), hasPrivateKey: z.boolean() })),
});

/** Requests of Windows passwords, and which key pairs of EC2 are held. */
export const windowsPasswordRequests = {
  /**
   * Decrypts what EC2 gives as a Windows password into a record of that kind, with its key pair or with every key of the vault.
   * Null for a file that is picked in the system's dialog; the answer is null if the user closed it.
   */
  'windows-password:decrypt': unlocked(
    z.strictObject({ id: recordId, pasted: bytes.nullable() }),
    recordDetail.nullable(),
  ),
  /** Which key pairs of a `describe-key-pairs` answer are held here; pasted or picked as above. */
  'key-pair:compare': unlocked(
    z.strictObject({ pasted: bytes.nullable() }),
    z.strictObject({ rows: z.array(comparedKeyPair).max(10_000) }).nullable(),
  ),
} as const satisfies Record<string, RequestSpec>;
