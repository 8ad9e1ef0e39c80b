import path from 'node:path';
import type { ParsedRequestOf } from '../../preload/contract';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import type { Header } from '../vault/header';
import type { Slot } from '../vault/slot';
import type { WayAttempt } from '../vault/ways/way-requests';
import { hexOf } from '../vault/ways/ways-in';
import { openComputer } from './computer-factor';
import type { Services } from './services';

type Request = ParsedRequestOf<'vault:unlock'>;

/**
 * Gathers what a way in asks for: what was typed, the picked key file, and, asked for now, security key and keychain.
 * The picked key file's digest stays the caller's; aborting the signal closes the window for security keys.
 *
 * @returns The attempt, and what wipes its own secrets. The request's bytes are wiped by `register`.
 * @throws CofferError `not-found` if there is no such way; `bad-request` if something is missing; what asking throws.
 */
export async function attemptOf(
  request: Request,
  header: Header,
  gathered: { services: Services; keyFile: Uint8Array | null; signal: AbortSignal },
): Promise<{ attempt: WayAttempt; wipeSecrets: () => void }> {
  const { services, keyFile, signal } = gathered;
  const slot = header.slots.find(({ id }) => hexOf(id) === request.slot);
  if (slot === undefined) throw new CofferError('not-found', say('main-vault.way-in-this-vault-has-none-like-that'));
  if (slot.kind === 'recovery') {
    if (request.recoveryCode === null)
      throw new CofferError('bad-request', say('main-vault.recovery-code-expected-it'));
    return { attempt: { kind: 'recovery', recoveryCode: request.recoveryCode }, wipeSecrets: () => undefined };
  }
  const { password } = request;
  if (password === null) throw new CofferError('bad-request', say('main-vault.password-expected-it'));
  if (slot.factors.includes('key-file') && keyFile === null) {
    throw new CofferError('bad-request', say('main-vault.key-file-choose-it-first'));
  }
  // A copy: another file may be picked, or the vault locked, while this one is tried.
  const ownKeyFile = slot.factors.includes('key-file') && keyFile !== null ? new Uint8Array(keyFile) : null;
  let securityKey: Uint8Array | null = null;
  let computer: Uint8Array | null = null;
  const wipeSecrets = () => {
    for (const secret of [ownKeyFile, securityKey, computer]) secret?.fill(0);
  };
  try {
    securityKey = slot.securityKey === null ? null : await askSecurityKey(slot.securityKey, services, signal);
    computer = slot.factors.includes('this-computer') ? await openComputer(request.slot, services) : null;
    const attempt: WayAttempt = {
      ...{ kind: 'password', slot: slot.id, password, securityKey, computer, keyFile: ownKeyFile },
      code: slot.factors.includes('totp') ? request.code : null,
    };
    return { attempt, wipeSecrets };
  } catch (error) {
    wipeSecrets();
    throw error;
  }
}

async function askSecurityKey(
  handle: NonNullable<Slot['securityKey']>,
  { session, securityKeyPrompt }: Services,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { random } = session.deps.vaultDeps;
  const { first } = await securityKeyPrompt.ask(
    {
      ...{ kind: 'evaluate', challenge: random(32), userId: random(32) },
      vaultName: path.basename(session.file ?? '').replace(/\.coffer$/i, ''),
      credentialId: new Uint8Array(handle.credentialId),
      prfSalt: new Uint8Array(handle.prfSalt),
    },
    signal,
  );
  return first;
}
