import path from 'node:path';
import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import { deleteExportedFile, isStillThere } from '../../files/exported-file';
import { translateFileError } from '../../files/file-error';
import { readBoundedFile } from '../../files/read-file';
import { sha256HexOf } from '../../keys/fingerprints';
import { Cancellable } from '../cancellable';
import { accountRecordOf } from '../import/accounts';
import { ImportBatch, type ImportFile } from '../import/batch';
import { ImportPlaces } from '../import/places';
import { maxImportBytes, tooLarge } from '../import/recognise';
import type { ImportProgress, Watch } from '../import/step';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';

type ImportChannels = Extract<keyof Handlers, `import:${string}`>;

/** After so long a look around leaves the rest, and says so. */
const maxLookMs = 15_000;
const importedFile = { name: say('main-import.file'), since: say('main-import.since-coffer-read-it') };

/** Handlers of the import: find, show, take in, and delete what was taken in. */
export function importHandlers(records: Records, services: Services): Pick<Handlers, ImportChannels> {
  const { session, dialogs, folders, random, backups, announceRecords } = services;
  const places = new ImportPlaces(services);
  const batch = new ImportBatch({ records, random, accountOf: (told) => accountRecordOf(records, told) });
  const running = new Cancellable();
  let progress: ImportProgress | null = null;
  let question: AbortController | null = null;
  session.subscribe((event) => {
    if (event !== 'locked') return;
    batch.forget();
    running.cancel();
    question?.abort();
  });

  const tell = (told: ImportProgress) => (progress = told);
  const requireIdle = () => {
    if (running.isRunning) throw new CofferError('busy', say('main-import.import-another-step-is-under-way-wait-for'));
  };
  /** One at a time: a batch changes as a whole. */
  const alone = async <T>(step: (watch: Watch) => Promise<T>): Promise<T> => {
    requireIdle();
    const { vault } = session;
    try {
      return await running.run((signal) => step({ tell, signal }));
    } finally {
      progress = null;
      // A step that went on after the lock may have found more.
      if (session.state !== 'unlocked' || session.vault !== vault) batch.forget();
      requireStillOpen(session, vault);
    }
  };
  /** A batch that is looked at anew; what is there of it goes if that fails. */
  const anew = (step: (watch: Watch) => Promise<void>) =>
    alone(async (watch) => {
      batch.forget();
      try {
        await step(watch);
        return batch.shown();
      } catch (error) {
        batch.forget();
        throw error;
      }
    });
  const reader = () => {
    const inUse = places.inUse();
    return (file: string): ImportFile => ({
      fileName: path.basename(file),
      folder: path.dirname(file),
      isDeletable: places.isDeletable(file, inUse),
      bytes: readOrWhyNot(file, () => keepOffVault(session, file)),
    });
  };

  return {
    'import:open': async () => {
      const { vault } = session;
      const files = await alone(() =>
        dialogs.askForFiles({
          title: say('main-import.import'),
          buttonLabel: say('main-import.open'),
          suggestedPath: folders.home,
        }),
      );
      if (files.length === 0) return null;
      requireStillOpen(session, vault);
      return anew((watch) => batch.add(lazily(files, reader()), { ...watch, total: files.length }));
    },
    'import:paste': ({ text }) => {
      const pasted = { name: say('main-import.pasted-text'), bytes: Uint8Array.from(text) };
      return anew((watch) => batch.add([withoutPlace(pasted)], { ...watch, total: 1 }));
    },
    'import:drop': ({ files }) => anew((watch) => batch.add(eachDropped(files), { ...watch, total: files.length })),
    'import:look': () =>
      anew(async (watch) => {
        const endsAtMs = performance.now() + maxLookMs;
        const isOver = () => performance.now() > endsAtMs;
        tell({ step: 'reading', done: 0, total: 0 });
        const { files, isComplete } = await places.look(() => isOver() || watch.signal.aborted);
        watch.signal.throwIfAborted();
        const readFile = reader();
        const inTime = function* (): Iterable<ImportFile> {
          for (const { folder, fileName } of files) {
            if (isOver()) {
              batch.endEarly();
              return;
            }
            yield readFile(path.join(folder, fileName));
          }
        };
        await batch.add(inTime(), { ...watch, total: files.length, isLook: true });
        if (!isComplete) batch.endEarly();
      }),
    'import:passphrase': ({ id, passphrase }) =>
      alone(async (watch) => {
        await batch.unlock(id, passphrase, watch);
        return batch.shown();
      }),
    'import:compare': ({ id, ...owner }) => {
      requireIdle();
      batch.compare({ id, owner });
      return batch.shown();
    },
    'import:run': ({ ids, owners }) =>
      alone(async (watch) => {
        const owned = new Map(owners.map((owner) => [owner.id, owner]));
        const choices = ids.map((id) => ({ id, owner: owned.get(id) ?? null }));
        const imported = await batch.run(choices, watch);
        if (imported.length > 0) announceRecords();
        const originals = batch.originals().map(({ id, fileName, folder }) => ({ id, fileName, folder }));
        return { imported, originals, batch: batch.shown(), isCancelled: watch.signal.aborted };
      }),
    'import:delete-originals': ({ ids }) =>
      alone(async () => {
        const { vault } = session;
        const chosen = batch.originals().filter(({ id }) => ids.includes(id));
        question = new AbortController();
        const isYes = chosen.length > 0 && (await dialogs.askToDelete(chosen, question.signal));
        requireStillOpen(session, vault);
        if (!isYes) return { deleted: 0, refused: 0, reason: '' };
        // Verified by opening all of it; if that fails, nothing is deleted.
        await backups.backUpNow();
        requireStillOpen(session, vault);
        const inUse = places.inUse();
        let reason = '';
        let deleted = 0;
        for (const { sha256Hex, ...place } of chosen) {
          const file = path.join(place.folder, place.fileName);
          try {
            keepOffVault(session, file);
            if (isStillThere(place) && !places.isDeletable(file, inUse)) throw changedMeanwhile();
            const outcome = deleteExportedFile(place, (bytes) => sha256HexOf(bytes) === sha256Hex, importedFile);
            if (outcome === 'deleted') deleted += 1;
            else reason ||= say('main-import.file-it-was-not-there-any-more');
          } catch (error) {
            reason ||= translateFileError(error, say('main-import.file')).message;
          }
        }
        return { deleted, refused: chosen.length - deleted, reason };
      }),
    'import:progress': () => progress ?? { step: 'idle', done: 0, total: 0 },
    'import:cancel': () => {
      running.cancel();
      return {};
    },
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
    return readBoundedFile(file, maxImportBytes, say('main-import.file'));
  } catch (error) {
    return translateFileError(error, say('main-import.file'));
  }
}

type Dropped = { name: string; bytes: Uint8Array } | { name: string; problem: 'too-large' | 'unreadable' };

/** One after the other; those that nobody came to are wiped. */
function* eachDropped(files: readonly Dropped[]): Iterable<ImportFile> {
  try {
    for (const file of files) yield withoutPlace(file);
  } finally {
    for (const file of files) if ('bytes' in file) file.bytes.fill(0);
  }
}

/** What came from the page, and by its content alone. */
function withoutPlace(file: Dropped): ImportFile {
  const place = { fileName: path.basename(file.name), folder: '', isDeletable: false };
  if ('bytes' in file) {
    const bytes = Uint8Array.from(file.bytes);
    file.bytes.fill(0);
    return { ...place, bytes };
  }
  return { ...place, bytes: file.problem === 'too-large' ? tooLarge() : unreadable() };
}

function unreadable(): CofferError {
  return new CofferError('bad-request', say('main-import.file-expected-one-that-can-be-read-a'));
}

function changedMeanwhile(): CofferError {
  return new CofferError('bad-request', say('main-import.file-it-is-another-one-now-than-when'));
}
