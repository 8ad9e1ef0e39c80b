import path from 'node:path';
import type { ResponseOf } from '../../../preload/contract';
import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import { writeFileSafely } from '../../files/safe-write';
import { showRecoveryCode } from '../../vault/ways/recovery-code';
import type { NewPasswordWay } from '../../vault/ways/way-requests';
import { hexOf } from '../../vault/ways/ways-in';
import { BegunFactors, keyFileBytes } from '../../vault/ways/begun-factors';
import { Cancellable } from '../cancellable';
import { bindComputer, forgetComputer } from '../computer-factor';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault } from '../vault-guard';
import { warningsOf } from '../warnings';

type WayChannels = Extract<keyof Handlers, `ways:${string}`>;

/** Handlers of the ways in: list, set up, change. Passwords and codes are wiped by `register`. */
export function wayHandlers(services: Services): Pick<Handlers, WayChannels> {
  const { session, changes, dialogs, folders, securityKeyPrompt, sheet, keychain } = services;
  const { random, nowMs } = session.deps.vaultDeps;
  const begun = new BegunFactors();
  let asking = new AbortController();
  const changing = new Cancellable();
  session.subscribe((event) => {
    if (event !== 'locked') return;
    asking.abort();
    changing.cancel();
    begun.forget();
  });
  const vaultName = () => path.basename(session.file ?? '').replace(/\.coffer$/i, '');
  const showSheet = (code: Uint8Array | null) => {
    if (code === null) return;
    const shown = showRecoveryCode(code);
    code.fill(0);
    sheet.show({ code: shown, vaultName: vaultName(), fileName: path.basename(session.file ?? ''), madeAtMs: nowMs() });
  };
  /** What was begun after a lock would outlive it. */
  const whileOpen = async <T>(ask: () => Promise<T>): Promise<T> => {
    const { ways } = session;
    const answer = await ask();
    if (session.ways !== ways)
      throw new CofferError('vault-locked', say('main-vault.vault-it-was-locked-meanwhile-begin-again'));
    return answer;
  };
  /** Runs a step with the way that was set up; a computer's secret goes again if it fails. */
  const withWay = async <T>(
    password: Uint8Array,
    factors: NewPasswordWay['factors'],
    step: (way: NewPasswordWay) => Promise<T>,
  ) => {
    const parts = begun.partsFor(factors);
    let computer: NewPasswordWay['computer'] = null;
    try {
      computer = factors.includes('this-computer') ? await bindComputer(services) : null;
      const result = await step({ password, factors, computer, ...parts });
      begun.forget();
      return result;
    } catch (error) {
      if (computer !== null) await forgetComputer([hexOf(computer.slotId)], services);
      throw error;
    } finally {
      for (const secret of [computer?.secret, parts.keyFile, parts.securityKey?.output]) secret?.fill(0);
    }
  };
  const takeKeyFile = (file: string, isMade: boolean) => {
    const fileName = path.basename(file);
    begun.takeKeyFile(file, fileName);
    return { fileName, folder: path.dirname(file), isMade };
  };
  return {
    'ways:list': () => listWays(services),
    'ways:begin-codes': () => begun.beginCodes(vaultName(), random),
    'ways:prove-codes': ({ first, second }) => {
      begun.proveCodes(first, second, nowMs());
      return {};
    },
    'ways:set-horizon': async ({ days }) => {
      await changes.setHorizon(days);
      return {};
    },
    'ways:pick-key-file': async () => {
      const file = await whileOpen(() =>
        dialogs.askForFile({
          title: say('main-vault.choose-a-key-file'),
          buttonLabel: say('main-vault.choose'),
          suggestedPath: folders.home,
        }),
      );
      if (file === null) return null;
      keepOffVault(session, file);
      return takeKeyFile(file, false);
    },
    'ways:make-key-file': async () => {
      const suggestedPath = path.join(folders.home, `${vaultName()}.coffer-key`);
      const file = await whileOpen(() =>
        dialogs.askWhereToSave({
          title: say('main-vault.where-to-keep-the-key-file'),
          buttonLabel: say('main-vault.make'),
          suggestedPath,
        }),
      );
      if (file === null) return null;
      keepOffVault(session, file);
      const bytes = random(keyFileBytes.made);
      try {
        const [folder, fileName] = [path.dirname(file), path.basename(file)];
        await writeFileSafely({ folder, fileName, bytes, mode: 0o600, replace: false });
      } finally {
        bytes.fill(0);
      }
      return takeKeyFile(file, true);
    },
    'ways:enrol-security-key': async () => {
      asking = new AbortController();
      const prfSalt = random(32);
      const task = { kind: 'enrol', vaultName: vaultName(), credentialId: null, prfSalt } as const;
      const { signal } = asking;
      const { credentialId, first } = await whileOpen(() =>
        securityKeyPrompt.ask({ ...task, challenge: random(32), userId: random(32) }, signal),
      );
      begun.takeSecurityKey({ credentialId, prfSalt, output: first });
      return {};
    },
    'ways:forget-begun': () => {
      begun.forget();
      return {};
    },
    'ways:replace': async (request) => {
      const { password, factors, hasRecovery } = request;
      const codes = factors.includes('totp') ? begun.provedCodes() : null;
      try {
        const code = await changing.run((signal) =>
          withWay(password, factors, (way) =>
            changes.replace({ ...request, request: { way, codes, hasRecovery }, signal }),
          ),
        );
        showSheet(code);
      } finally {
        codes?.secret.fill(0);
      }
      // The secrets of this computer stay, sealed: backups and copies of the vault, which have the same ids, may still ask for them.
      return {};
    },
    'ways:add': async ({ currentPassword, password, factors }) => {
      await changing.run((signal) => withWay(password, factors, (way) => changes.add(currentPassword, way, signal)));
      return {};
    },
    'ways:add-recovery': async ({ currentPassword }) => {
      showSheet(await changing.run((signal) => changes.addRecovery(currentPassword, signal)));
      return {};
    },
    'ways:cancel': () => {
      changing.cancel();
      return {};
    },
    'ways:progress': () => changes.progress ?? { step: 'idle', done: 0, total: 0 },
  };

  async function listWays({ session: { ways } }: Services): Promise<ResponseOf<'ways:list'>> {
    return {
      ways: ways.list().map(({ factors, ...way }) => ({ ...way, factors: [...factors] })),
      codes: ways.codes,
      computer: await keychain.availability(),
      // Whether there is a key can only be seen by asking for it; its window says in words if not.
      securityKey: { isPossible: true, reason: '' },
      warnings: warningsOf(services)
        .filter(({ kind }) => kind === 'password-alone' || kind === 'codes-end-soon')
        .map(({ message }) => message),
    };
  }
}
