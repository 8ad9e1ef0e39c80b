import path from 'node:path';
import { say } from '../../../preload/words/say';
import { requireFreeName } from '../../files/vault-file';
import { endOfTable } from '../../vault/ways/code-table';
import { hexOf } from '../../vault/ways/ways-in';
import { digestKeyFile } from '../../vault/ways/begun-factors';
import { Cancellable } from '../cancellable';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { attemptOf } from '../unlock-attempt';
import { keepOffVault } from '../vault-guard';
import { warningsOf } from '../warnings';

const warmUpAfterMs = 300;

type VaultChannels =
  | 'vault:choose-new'
  | 'vault:choose-existing'
  | 'password:assess'
  | 'vault:create'
  | 'vault:ways'
  | 'vault:pick-key-file'
  | 'vault:unlock'
  | 'vault:cancel'
  | 'vault:lock'
  | 'vault:integrity';

/** Handlers that choose, make, unlock and lock a vault. Passwords are wiped by `register`. */
export function vaultHandlers(services: Services): Pick<Handlers, VaultChannels> {
  const { session, chooseVault, recent, manners, backups, dialogs, folders, strength } = services;
  let keyFile: Uint8Array | null = null;
  const dropKeyFile = () => {
    keyFile?.fill(0);
    keyFile = null;
  };
  const opening = new Cancellable();
  let isWarm = false;
  /** Once the answer is out: the screen is drawn, and the user begins to type. */
  const warmUpOnce = () => {
    if (!isWarm) setTimeout(services.warmUp, warmUpAfterMs).unref();
    isWarm = true;
  };
  /** Of the file that the next unlock opens: the chosen vault, or the backup that is to take its place. */
  const lockedHeader = () => backups.restoringHeader() ?? session.lockedHeader();
  const placeOf = (file: string) => ({ name: path.basename(file), folder: path.dirname(file) });
  /** For convenience alone: a profile that cannot be written must not make a good vault look like a failure. */
  const rememberVault = async () => {
    if (session.file !== null) await recent.note(session.file).catch(() => undefined);
    manners.refreshMenu();
  };
  // Its thread held typed passwords; whichever way a session goes on, it is no longer needed.
  session.subscribe((event) => {
    if (event === 'locked' || event === 'changed') void strength.stop();
    if (event === 'locked') dropKeyFile();
  });
  return {
    'vault:choose-new': async () => {
      const chosen = await dialogs.askWhereToSave({
        title: say('main-vault.where-to-keep-the-new-vault'),
        buttonLabel: say('main-vault.choose'),
        suggestedPath: path.join(folders.documents, 'My vault.coffer'),
      });
      if (chosen === null) return null;
      const file = /\.coffer$/i.test(chosen) ? chosen : `${chosen}.coffer`;
      requireFreeName(file);
      chooseVault({ file, isNew: true });
      return placeOf(file);
    },
    'vault:choose-existing': async () => {
      const file = await dialogs.askForFile({
        title: say('main-vault.open-a-vault'),
        buttonLabel: say('main-vault.open'),
        suggestedPath: session.file ?? folders.documents,
      });
      if (file === null) return null;
      chooseVault({ file, isNew: false });
      return placeOf(file);
    },
    'password:assess': ({ password }) => strength.assess(password),
    'vault:create': async ({ password }) => {
      await opening.run((signal) => session.create(password, signal));
      await rememberVault();
      return {};
    },
    'vault:ways': () => {
      const { slots, codes } = lockedHeader();
      warmUpOnce();
      const ways = slots.map(({ id, kind, factors }) => ({ slot: hexOf(id), kind, factors: [...factors] }));
      return { ways, codesEndAtMs: codes === null ? null : endOfTable(codes) };
    },
    'vault:pick-key-file': async () => {
      const file = await dialogs.askForFile({
        title: say('main-vault.choose-the-key-file'),
        buttonLabel: say('main-vault.choose'),
        suggestedPath: folders.home,
      });
      if (file === null) return null;
      keepOffVault(session, file);
      keyFile?.fill(0);
      keyFile = digestKeyFile(file);
      return { fileName: path.basename(file) };
    },
    'vault:unlock': async (request) => {
      const header = lockedHeader();
      await opening.run(async (signal) => {
        const { attempt, wipeSecrets } = await attemptOf(request, header, { services, keyFile, signal });
        try {
          await session.unlock(attempt, backups.opening, signal);
          dropKeyFile();
        } finally {
          wipeSecrets();
        }
      });
      await rememberVault();
      return {};
    },
    'vault:cancel': () => {
      opening.cancel();
      return {};
    },
    'vault:lock': () => {
      session.lock();
      return {};
    },
    'vault:integrity': () => ({ ...session.integrity, warnings: warningsOf(services) }),
  };
}
