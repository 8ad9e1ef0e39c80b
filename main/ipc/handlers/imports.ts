import path from 'node:path';
import { CofferError } from '../../errors';
import { deleteExportedFile } from '../../files/exported-file';
import { lookAround } from '../../files/look-around';
import { readBoundedFile } from '../../files/read-file';
import { sha256HexOf } from '../../keys/fingerprints';
import { ImportBatch, type ImportFile } from '../import/batch';
import { maxImportBytes } from '../import/recognise';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';

type ImportChannels = Extract<keyof Handlers, `import:${string}`>;

/** Handlers of the import: find, show, take in, and delete what was taken in. */
export function importHandlers(records: Records, services: Services): Pick<Handlers, ImportChannels> {
  const { session, dialogs, folders, random, backups, announceRecords } = services;
  const keptFolders = ['.ssh', '.aws'].map((name) => path.join(folders.home, name));
  const seenFolders = [...keptFolders, path.join(folders.home, '.ec2'), folders.downloads];
  const accountOf = (accountId: string) => {
    const digits = accountId.replaceAll('-', '');
    return digits === '' ? '' : (records.withIdentities([`account:${digits}`])[0]?.id ?? '');
  };
  const batch = new ImportBatch(records, { random, accountOf });
  let isBusy = false;
  session.subscribe((event) => {
    if (event === 'locked') batch.forget();
  });

  /** One at a time: a batch changes as a whole. */
  const alone = async <T>(step: () => Promise<T>): Promise<T> => {
    if (isBusy) throw new CofferError('busy', 'import: another step is under way; wait for it');
    const { vault } = session;
    isBusy = true;
    try {
      const result = await step();
      requireStillOpen(session, vault);
      return result;
    } catch (error) {
      batch.forget();
      throw error;
    } finally {
      isBusy = false;
    }
  };
  const readFile = (file: string): ImportFile => ({
    fileName: path.basename(file),
    folder: path.dirname(file),
    bytes: readOrWhyNot(file, () => keepOffVault(session, file)),
  });

  return {
    'import:open': () =>
      alone(async () => {
        const { vault } = session;
        const files = await dialogs.askForFiles({
          title: 'Import',
          buttonLabel: 'Open',
          suggestedPath: folders.home,
        });
        if (files.length === 0) return null;
        requireStillOpen(session, vault);
        batch.forget();
        await batch.add(lazily(files, readFile));
        return batch.shown();
      }),
    'import:paste': ({ text }) =>
      alone(async () => {
        batch.forget();
        await batch.add([{ fileName: 'Pasted text', folder: '', bytes: Uint8Array.from(text) }]);
        return batch.shown();
      }),
    'import:drop': ({ files }) =>
      alone(async () => {
        batch.forget();
        await batch.add(
          files.map(({ name, bytes }) => ({
            fileName: path.basename(name),
            folder: '',
            bytes: Uint8Array.from(bytes),
          })),
        );
        for (const { bytes } of files) bytes.fill(0);
        return batch.shown();
      }),
    'import:look': () =>
      alone(async () => {
        batch.forget();
        const seen = lookAround(seenFolders, maxImportBytes).map(({ folder, fileName }) => path.join(folder, fileName));
        const others = seen.filter((file) => !isVault(file, session.file));
        await batch.add(lazily(others, readFile), (state) => state !== 'refused');
        return batch.shown();
      }),
    'import:passphrase': ({ id, passphrase }) =>
      alone(async () => {
        await batch.unlock(id, passphrase);
        return batch.shown();
      }),
    'import:run': ({ ids }) => {
      const imported = batch.run(ids);
      if (imported.length > 0) announceRecords();
      const originals = batch
        .originals()
        .filter(({ folder }) => !keptFolders.includes(folder))
        .map(({ id, fileName, folder }) => ({ id, fileName, folder }));
      return { imported, originals, batch: batch.shown() };
    },
    'import:delete-originals': ({ ids }) =>
      alone(async () => {
        const chosen = batch.originals().filter(({ id, folder }) => ids.includes(id) && !keptFolders.includes(folder));
        await backups.backUpNow();
        let reason = '';
        let deleted = 0;
        for (const { sha256Hex, ...place } of chosen) {
          try {
            keepOffVault(session, path.join(place.folder, place.fileName));
            deleteExportedFile(place, (bytes) => sha256HexOf(bytes) === sha256Hex);
            deleted += 1;
          } catch (error) {
            if (!(error instanceof CofferError)) throw error;
            reason ||= error.message;
          }
        }
        return { deleted, refused: ids.length - deleted, reason };
      }),
    'import:forget': () => {
      batch.forget();
      return {};
    },
  };
}

/** One file in memory after the other. */
function* lazily(files: readonly string[], read: (file: string) => ImportFile): Iterable<ImportFile> {
  for (const file of files) yield read(file);
}

/** A file that can't be read says why in the batch, and holds up no other. */
function readOrWhyNot(file: string, check: () => void): Uint8Array | CofferError {
  try {
    check();
    return readBoundedFile(file, maxImportBytes, 'file');
  } catch (error) {
    if (error instanceof CofferError) return error;
    throw error;
  }
}

function isVault(file: string, vaultFile: string | null): boolean {
  return vaultFile !== null && (file === vaultFile || file.startsWith(`${vaultFile}-`));
}
