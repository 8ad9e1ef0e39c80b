import { generateKeyPair as generate } from 'node:crypto';
import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';

/** Each takes one of the four threads of Node's pool, which the vault's key derivation and file access share. */
const maxRunning = 2;
const publicKeyEncoding = { type: 'spki', format: 'der' } as const;
const privateKeyEncoding = { type: 'pkcs8', format: 'der' } as const;

let running = 0;

/** What can be generated: the sizes that EC2 takes today. */
export type KeyAlgorithm = 'rsa-2048' | 'rsa-4096' | 'ed25519';

/**
 * Generates a private key on Node's thread pool.
 *
 * @param algorithm - RSA keys get the public exponent 65537.
 * @param signal - On abort the promise is rejected at once. The thread cannot be stopped: it works on, counts as running
 * until it ends, and its key is wiped.
 * @returns PKCS#8 DER that the caller owns and wipes.
 * @throws CofferError `cancelled` on abort; `busy` while two others run; `internal` if the library fails.
 */
export function generateKeyPair(algorithm: KeyAlgorithm, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new CofferError('cancelled', say('main-keys.key-generation-was-cancelled')));
    if (signal.aborted) {
      cancel();
      return;
    }
    if (running >= maxRunning) {
      reject(new CofferError('busy', say('main-keys.at-most-keys-are-generated-at', { maxRunning })));
      return;
    }
    running++;
    signal.addEventListener('abort', cancel, { once: true });
    start(algorithm, (error, privateKey) => {
      running--;
      signal.removeEventListener('abort', cancel);
      if (error) {
        reject(new CofferError('internal', say('main-keys.key-generation-failed'), { cause: error }));
        return;
      }
      if (!signal.aborted) resolve(Uint8Array.from(privateKey));
      wipe(privateKey);
    });
  });
}

type Done = (error: Error | null, privateKey: Buffer) => void;

function start(algorithm: KeyAlgorithm, done: Done): void {
  if (algorithm === 'ed25519') {
    generate('ed25519', { publicKeyEncoding, privateKeyEncoding }, (error, _, privateKey) => done(error, privateKey));
    return;
  }
  const modulusLength = algorithm === 'rsa-2048' ? 2048 : 4096;
  generate(
    'rsa',
    { modulusLength, publicExponent: 65537, publicKeyEncoding, privateKeyEncoding },
    (error, _, privateKey) => done(error, privateKey),
  );
}
