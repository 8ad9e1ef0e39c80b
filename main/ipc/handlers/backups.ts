import path from 'node:path';
import type { ResponseOf } from '../../../preload/contract';
import { say } from '../../../preload/words/say';
import { BackupPlaces } from '../../files/backup-places';
import { hexOf } from '../../vault/ways/ways-in';
import type { BackupInfo } from '../../vault/backups';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';

type BackupChannels = Extract<keyof Handlers, `backup:${string}`>;

/** Handlers of backups: list, make, restore, and a copy to a place that the user picks. */
export function backupHandlers({
  session,
  backups,
  dialogs,
  preferences,
  folders,
}: Services): Pick<Handlers, BackupChannels> {
  const rowOf = ({
    fileName,
    atMs,
    sizeBytes,
    content,
    problem,
  }: BackupInfo): ResponseOf<'backup:list'>['rows'][number] => {
    const mark = session.state === 'unlocked' ? session.vault.mark : null;
    return {
      ...{ id: fileName, fileName, atMs, sizeBytes, problem },
      records: content?.records ?? null,
      ways: (content?.slots ?? []).map(({ id, kind, factors }) => ({ slot: hexOf(id), kind, factors: [...factors] })),
      codesEndAtMs: content?.codesEndAtMs ?? null,
      isOfNow:
        mark === null || content === null
          ? null
          : mark.epoch === content.identity.epoch && hexOf(mark.vaultId) === hexOf(content.identity.vaultId),
    };
  };
  return {
    'backup:list': () => ({ folder: backups.folder, rows: backups.list().map(rowOf) }),
    'backup:make': async () => {
      await backups.backUpNow();
      return {};
    },
    'backup:choose-folder': async () => {
      const { vault, file } = session;
      const folder = await dialogs.askForFolder({
        title: say('main-vault.where-to-keep-backups'),
        buttonLabel: say('main-vault.choose'),
        suggestedPath: backups.folder,
      });
      requireStillOpen(session, vault);
      if (folder === null || file === null) return null;
      await new BackupPlaces(preferences).choose(file, folder);
      backups.backUpIfDue();
      return { folder };
    },
    'backup:restore': async ({ id }) => ({ outcome: await backups.restore(id) }),
    'backup:cancel-restore': () => {
      backups.cancelRestore();
      return {};
    },
    'backup:save-copy': async () => {
      const { vault, file: vaultFile } = session;
      const name = path.basename(vaultFile ?? '').replace(/\.coffer$/i, '');
      const chosen = await dialogs.askWhereToSave({
        title: say('main-vault.save-a-copy-of-the-vault'),
        buttonLabel: say('main-vault.save'),
        suggestedPath: path.join(folders.documents, `${name} copy.coffer`),
      });
      requireStillOpen(session, vault);
      if (chosen === null) return null;
      const file = /\.coffer$/i.test(chosen) ? chosen : `${chosen}.coffer`;
      keepOffVault(session, file);
      await backups.saveCopy(file);
      return { name: path.basename(file), folder: path.dirname(file) };
    },
  };
}
