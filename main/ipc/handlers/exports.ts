import path from 'node:path';
import type { ParsedRequestOf, ResponseOf } from '../../../preload/contract';
import { say } from '../../../preload/words/say';
import type { ExportOption } from '../../credentials/descriptor';
import { CofferError } from '../../errors';
import { modeOfExport, writeFileSafely } from '../../files/safe-write';
import { ensureKeyFolder } from '../../files/key-folder';
import { sha256HexOf } from '../../keys/fingerprints';
import type { ExportLedger } from '../export-ledger';
import { mergeExport, mergePlaceOf } from '../export-merge';
import type { LedgerEntry } from '../ledger-entry';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';
import { writeExport } from '../write-export';

type ExportChannels = Extract<keyof Handlers, `export:${string}`>;
type Request = ParsedRequestOf<'export:run'>;
type Outcome = ResponseOf<'export:run'>;
type Place = Pick<LedgerEntry, 'folder' | 'fileName'>;

/** A file ready to be written. */
interface ReadyFile {
  readonly entry: Omit<LedgerEntry, 'atMs'>;
  /** Wiped by whoever made it. */
  readonly bytes: Uint8Array;
  readonly isPrivate: boolean;
}

/** Handlers that export records to files, other programs and the clipboard, and list and delete what was written. */
export function exportHandlers(
  records: Records,
  ledger: ExportLedger,
  services: Services,
): Pick<Handlers, ExportChannels> {
  const { session, dialogs, folders, copyText } = services;
  let lastFolder: string | null = null;
  let question: AbortController | null = null;
  session.subscribe((event) => {
    if (event !== 'locked') return;
    lastFolder = null;
    question?.abort();
  });

  const write = ({ entry, bytes, isPrivate }: ReadyFile, replace: boolean) => {
    const { folder, fileName } = entry;
    const mode = modeOfExport(fileName, isPrivate);
    return ledger.noting(entry, () => writeFileSafely({ folder, fileName, bytes, mode, replace }));
  };

  const publish = async (file: ReadyFile): Promise<Outcome> => {
    const { folder, fileName } = file.entry;
    try {
      await write(file, false);
    } catch (error) {
      if (!(error instanceof CofferError) || error.code !== 'file-exists') throw error;
      const { vault } = session;
      question = new AbortController();
      const isYes = await dialogs.askToReplace({ folder, fileName }, question.signal);
      requireStillOpen(session, vault);
      if (!isYes) return { outcome: 'cancelled' };
      await write(file, true);
    }
    return { outcome: 'written', fileName, folder, backup: '', remarks: [] };
  };

  const askForPlace = async ({ fileName, isPrivate }: ExportOption): Promise<Place | null> => {
    const chosen = await dialogs.askWhereToSave({
      title: isPrivate ? say('main-export.export-a-secret') : say('main-export.export'),
      buttonLabel: say('main-export.export'),
      suggestedPath: path.join(lastFolder ?? folders.home, fileName),
    });
    if (chosen === null) return null;
    lastFolder = path.dirname(chosen);
    return { folder: lastFolder, fileName: path.basename(chosen) };
  };

  const placeOf = async (option: ExportOption, destination: Request['destination']): Promise<Place | null> => {
    if (destination === 'dialog') return askForPlace(option);
    const name = destination === 'ec2-folder' ? '.ec2' : '.ssh';
    return { folder: await ensureKeyFolder(folders.home, name), fileName: option.fileName };
  };

  const writeFile = async (request: Request, option: ExportOption, title: string, place: Place): Promise<Outcome> => {
    keepOffVault(session, path.join(place.folder, place.fileName));
    const exported = await writeExport(records, request);
    if (exported.type !== 'file')
      throw new CofferError('bad-request', say('main-export.destination-expected-one-that-this-format-takes'));
    const { bytes } = exported;
    try {
      const { id, format, passphrase } = request;
      const hasPassphrase = option.isPrivate && passphrase !== null;
      const sha256Hex = sha256HexOf(bytes);
      const entry = { recordId: id, recordTitle: title, format, hasPassphrase, sha256Hex, ...place };
      return await publish({ entry, bytes, isPrivate: option.isPrivate });
    } finally {
      bytes.fill(0);
    }
  };

  const copy = async (request: Request, isSecret: boolean): Promise<Outcome> => {
    const { vault } = session;
    const exported = await writeExport(records, request);
    if (exported.type !== 'file')
      throw new CofferError('bad-request', say('main-export.destination-expected-one-that-this-format-takes'));
    try {
      requireStillOpen(session, vault);
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(exported.bytes);
      await copyText(text, { isSecret });
      return { outcome: 'copied' };
    } finally {
      exported.bytes.fill(0);
    }
  };

  const merge = async (request: Request, title: string): Promise<Outcome> => {
    const { vault } = session;
    const exported = await writeExport(records, request);
    if (exported.type !== 'merge')
      throw new CofferError('bad-request', say('main-export.destination-expected-one-that-this-format-takes'));
    try {
      const { id, format } = request;
      const isKnownKeyId = (keyId: string) => records.withIdentities([`access-key:${keyId}`]).length > 0;
      const place = (mayReplace: boolean) => ({ ...services, isKnownKeyId, mayReplace, nowMs: services.nowMs() });
      const mergeNow = async (mayReplace: boolean) => {
        const at = place(mayReplace);
        const entry = {
          ...{ recordId: id, recordTitle: title, format, hasPassphrase: false, sha256Hex: '' },
          ...{ section: exported.section, ...mergePlaceOf(exported, at) },
        };
        const result = await ledger.merging(entry, (notes) => mergeExport(exported, at, notes));
        if (result.outcome === 'taken') return result;
        const backup = result.backup === null ? '' : path.basename(result.backup);
        return { ...result, backup, remarks: [...result.remarks] };
      };
      const first = await mergeNow(false);
      if (first.outcome === 'written') return first;
      question = new AbortController();
      const asked = { entry: exported.section, file: first.file };
      const isYes = await dialogs.askToReplaceEntry(asked, question.signal);
      requireStillOpen(session, vault);
      if (!isYes) return { outcome: 'cancelled' };
      const second = await mergeNow(true);
      return second.outcome === 'written' ? second : { outcome: 'cancelled' };
    } finally {
      for (const { value } of exported.settings) value.fill(0);
    }
  };

  return {
    'export:run': async (request) => {
      const { vault } = session;
      const { option, title } = optionOf(records, request);
      if (request.destination === 'clipboard') return copy(request, option.isPrivate);
      if (request.destination === 'merge') return merge(request, title);
      const place = await placeOf(option, request.destination);
      if (place === null) return { outcome: 'cancelled' };
      requireStillOpen(session, vault);
      return writeFile(request, option, title, place);
    },
    'export:list': () => ledger.list(),
    'export:delete-file': async ({ id }) => ({ copy: (await ledger.deleteFile(id)) ?? '' }),
    'export:forget': ({ id }) => {
      ledger.forget(id);
      return {};
    },
  };
}

function optionOf(records: Records, { id, format, passphrase, destination }: Request) {
  return records.withBody(id, ({ overview, kind, body }) => {
    const option = kind.exportsOf(body, overview.title).find((candidate) => candidate.format === format);
    if (option === undefined)
      throw new CofferError('bad-request', say('main-export.format-expected-one-that-this-record-can-be-exported'));
    if (passphrase !== null && option.passphrase === 'none') {
      throw new CofferError('bad-request', say('main-export.passphrase-expected-none-for-this-format'));
    }
    if (passphrase === null && option.passphrase === 'required') {
      throw new CofferError('bad-request', say('main-export.passphrase-expected-one-for-this-format'));
    }
    if (!option.destinations.includes(destination)) {
      throw new CofferError('bad-request', say('main-export.destination-expected-one-that-this-format-takes'));
    }
    return { option, title: overview.title };
  });
}
