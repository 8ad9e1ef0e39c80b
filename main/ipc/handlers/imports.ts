import path from 'node:path';
import { CofferError } from '../../errors';
import { deleteExportedFile } from '../../files/exported-file';
import { readBoundedFile } from '../../files/read-file';
import { sha256HexOf } from '../../keys/fingerprints';
import { ImportBatch, type ImportFile } from '../import/batch';
import { ImportPlaces } from '../import/places';
import { maxImportBytes, tooLarge } from '../import/recognise';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';

type ImportChannels = Extract<keyof Handlers, `import:${string}`>;

/** After so long a look around leaves the rest, and says so. */
const maxLookMs = 15_000;

/** Handlers of the import: find, show, take in, and delete what was taken in. */
export function importHandlers(records: Records, services: Services): Pick<Handlers, ImportChannels> {
  const { session, dialogs, folders, random, backups, announceRecords, nowMs } = services;
  const places = new ImportPlaces(services);
  const accountOf = (accountId: string) => {
    const digits = accountId.replaceAll('-', '');
    return digits === '' ? '' : (records.withIdentities([`account:${digits}`])[0]?.id ?? '');
  };
  const batch = new ImportBatch({ records, random, accountOf });
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
      return await step();
    } finally {
      isBusy = false;
      // A step that went on after the lock may have found more.
      if (session.state !== 'unlocked' || session.vault !== vault) batch.forget();
      requireStillOpen(session, vault);
    }
  };
  /** A batch that is looked at anew; what is there of it goes if that fails. */
  const anew = (step: () => Promise<void>) =>
    alone(async () => {
      batch.forget();
      try {
        await step();
        return batch.shown();
      } catch (error) {
        batch.forget();
        throw error;
      }
    });
  const readFile = (file: string): ImportFile => ({
    fileName: path.basename(file),
    folder: path.dirname(file),
    isDeletable: places.isDeletable(file),
    bytes: readOrWhyNot(file, () => keepOffVault(session, file)),
  });

  return {
    'import:open': async () => {
      const { vault } = session;
      const files = await alone(() =>
        dialogs.askForFiles({ title: 'Import', buttonLabel: 'Open', suggestedPath: folders.home }),
      );
      if (files.length === 0) return null;
      requireStillOpen(session, vault);
      return anew(() => batch.add(lazily(files, readFile)));
    },
    'import:paste': ({ text }) =>
      anew(() => batch.add([withoutPlace({ name: 'Pasted text', bytes: Uint8Array.from(text) })])),
    'import:drop': ({ files }) => anew(() => batch.add(files.map(withoutPlace))),
    'import:look': () =>
      anew(async () => {
        const { files, isComplete } = places.look();
        const endsAtMs = nowMs() + maxLookMs;
        const inTime = function* (): Iterable<ImportFile> {
          for (const { folder, fileName } of files) {
            if (nowMs() > endsAtMs) {
              batch.endEarly();
              return;
            }
            yield readFile(path.join(folder, fileName));
          }
        };
        await batch.add(inTime(), true);
        if (!isComplete) batch.endEarly();
      }),
    'import:passphrase': ({ id, passphrase }) =>
      alone(async () => {
        await batch.unlock(id, passphrase);
        return batch.shown();
      }),
    'import:run': ({ ids, owners }) => {
      const imported = batch.run(ids.map((id) => ({ id, owner: owners.find((owner) => owner.id === id) ?? null })));
      if (imported.length > 0) announceRecords();
      const originals = batch.originals().map(({ id, fileName, folder }) => ({ id, fileName, folder }));
      return { imported, originals, batch: batch.shown() };
    },
    'import:delete-originals': ({ ids }) =>
      alone(async () => {
        const chosen = batch.originals().filter(({ id }) => ids.includes(id));
        // Verified by opening all of it; if that fails, nothing is deleted.
        await backups.backUpNow();
        let reason = '';
        let deleted = 0;
        for (const { sha256Hex, ...place } of chosen) {
          const file = path.join(place.folder, place.fileName);
          try {
            keepOffVault(session, file);
            if (!places.isDeletable(file)) throw changedMeanwhile();
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

/** What came from the page, and by its content alone. */
function withoutPlace(
  file: { name: string; bytes: Uint8Array } | { name: string; problem: 'too-large' | 'unreadable' },
): ImportFile {
  const place = { fileName: path.basename(file.name), folder: '', isDeletable: false };
  if ('bytes' in file) return { ...place, bytes: Uint8Array.from(file.bytes) };
  return { ...place, bytes: file.problem === 'too-large' ? tooLarge() : unreadable() };
}

function unreadable(): CofferError {
  return new CofferError('bad-request', 'file: expected one that can be read; a folder’s files are dropped one by one');
}

function changedMeanwhile(): CofferError {
  return new CofferError('bad-request', 'file: it is another one now than when it was read; delete it yourself');
}
