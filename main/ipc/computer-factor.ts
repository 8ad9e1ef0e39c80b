import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import type { NewPasswordWay } from '../vault/ways/way-requests';
import { hexOf } from '../vault/ways/ways-in';
import type { Services } from './services';

type Needs = Pick<Services, 'keychain' | 'computerSecrets' | 'session'>;

/**
 * Makes the secret that binds a way in to this computer, and puts it into the keychain before any vault counts on it.
 *
 * @returns Slot id and secret; the caller wipes the secret, and calls {@link forgetComputer} if the way is not made.
 * @throws CofferError `not-supported` where the keychain can't be trusted.
 */
export async function bindComputer({
  keychain,
  computerSecrets,
  session,
}: Needs): Promise<NonNullable<NewPasswordWay['computer']>> {
  const { isPossible, reason } = await keychain.availability();
  if (!isPossible) throw new CofferError('not-supported', say('main-vault.this-computer-because', { reason }));
  const { random } = session.deps.vaultDeps;
  const [slotId, secret] = [random(16), random(32)];
  try {
    await computerSecrets.write(hexOf(slotId), await keychain.seal(secret));
    return { slotId, secret };
  } catch (error) {
    secret.fill(0);
    throw error;
  }
}

/**
 * The secret of a way that is bound to this computer.
 *
 * @returns 32 bytes that the caller owns and must wipe.
 * @throws CofferError `not-found` if it was made on another computer, `not-supported` if the keychain is not there.
 */
export async function openComputer(slotHex: string, { keychain, computerSecrets }: Needs): Promise<Uint8Array> {
  const sealed = computerSecrets.read(slotHex);
  const elsewhere = say('main-vault.this-computer-the-way-in-was-made-on');
  if (sealed === null) throw new CofferError('not-found', elsewhere);
  const { isPossible, reason } = await keychain.availability();
  if (!isPossible) throw new CofferError('not-supported', say('main-vault.this-computer-because', { reason }));
  const secret = await keychain.open(sealed);
  if (secret === null) throw new CofferError('not-found', elsewhere);
  return secret;
}

/** Removes the secrets of ways that are no more; what can't be removed is of no use any more. */
export async function forgetComputer(slots: readonly string[], { computerSecrets }: Needs): Promise<void> {
  for (const slot of slots) await computerSecrets.remove(slot).catch(() => undefined);
}
