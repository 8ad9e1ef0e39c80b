import { defaultBackupFolder } from './backup-folder';
import type { PreferencesFile } from './preferences';

/** How many former folders of a vault are remembered. */
const maxFormer = 10;

/** Where the backups of each vault go, and where they went before; remembered in the profile. */
export class BackupPlaces {
  readonly #preferences: Pick<PreferencesFile, 'current' | 'update'>;

  constructor(preferences: Pick<PreferencesFile, 'current' | 'update'>) {
    this.#preferences = preferences;
  }

  /** Folder that new backups of a vault go to: beside it, unless the user chose. */
  folderOf(vaultFile: string): string {
    return this.#preferences.current.backupFolders[vaultFile] ?? defaultBackupFolder(vaultFile);
  }

  /** Folders that may hold backups from before, the one beside the vault among them. */
  formerOf(vaultFile: string): readonly string[] {
    const known = this.#preferences.current.formerBackupFolders[vaultFile] ?? [];
    const folders = new Set([defaultBackupFolder(vaultFile), ...known]);
    folders.delete(this.folderOf(vaultFile));
    return [...folders];
  }

  /** Takes another folder from now on; what is in the former one stays there. Throws what `PreferencesFile.update` throws. */
  async choose(vaultFile: string, folder: string): Promise<void> {
    const { backupFolders, formerBackupFolders } = this.#preferences.current;
    const former = [this.folderOf(vaultFile), ...(formerBackupFolders[vaultFile] ?? [])].filter(
      (one) => one !== folder,
    );
    await this.#preferences.update({
      backupFolders: { ...backupFolders, [vaultFile]: folder },
      formerBackupFolders: { ...formerBackupFolders, [vaultFile]: [...new Set(former)].slice(0, maxFormer) },
    });
  }
}
