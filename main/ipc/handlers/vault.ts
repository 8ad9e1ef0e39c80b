import path from 'node:path';
import { requireFreeName } from '../../files/vault-file';
import type { Handlers } from '../register';
import type { Services } from '../services';

type VaultChannels =
  | 'vault:choose-new'
  | 'vault:choose-existing'
  | 'password:assess'
  | 'vault:create'
  | 'vault:unlock'
  | 'vault:lock'
  | 'vault:integrity';

/** Handlers that choose, make, unlock and lock a vault. Passwords are wiped by `register`. */
export function vaultHandlers(services: Services): Pick<Handlers, VaultChannels> {
  const { session, dialogs, folders, preferences, strength } = services;
  const placeOf = (file: string) => ({ name: path.basename(file), folder: path.dirname(file) });
  /** For convenience alone: a profile that cannot be written must not make a good vault look like a failure. */
  const rememberVault = () => preferences.update({ lastVaultFile: session.file }).catch(() => undefined);
  // Its thread held typed passwords; whichever way a session goes on, it is no longer needed.
  session.subscribe((event) => {
    if (event === 'locked' || event === 'changed') void strength.stop();
  });
  return {
    'vault:choose-new': async () => {
      const chosen = await dialogs.askWhereToSave({
        title: 'Where to keep the new vault',
        buttonLabel: 'Choose',
        suggestedPath: path.join(folders.documents, 'My vault.coffer'),
      });
      if (chosen === null) return null;
      const file = /\.coffer$/i.test(chosen) ? chosen : `${chosen}.coffer`;
      requireFreeName(file);
      session.choose(file, true);
      return placeOf(file);
    },
    'vault:choose-existing': async () => {
      const file = await dialogs.askForFile({
        title: 'Open a vault',
        buttonLabel: 'Open',
        suggestedPath: session.file ?? folders.documents,
      });
      if (file === null) return null;
      session.choose(file, false);
      return placeOf(file);
    },
    'password:assess': ({ password }) => strength.assess(password),
    'vault:create': async ({ password }) => {
      await session.create(password);
      await rememberVault();
      return {};
    },
    'vault:unlock': async ({ password }) => {
      await session.unlock(password);
      await rememberVault();
      return {};
    },
    'vault:lock': () => {
      session.lock();
      return {};
    },
    'vault:integrity': () => session.integrity,
  };
}
