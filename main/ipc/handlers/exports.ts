import path from 'node:path';
import type { ParsedRequestOf, ResponseOf } from '../../../preload/contract';
import { privateKeyOf } from '../../credentials/key-pair';
import { CofferError } from '../../errors';
import { modeOfExport, writeFileSafely } from '../../files/safe-write';
import { ensureSshFolder } from '../../files/ssh-folder';
import { writePrivateKey, writePublicKey } from '../../keys/export';
import { sha256HexOf } from '../../keys/fingerprints';
import { ExportLedger, type LedgerEntry } from '../export-ledger';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';

type ExportChannels = Extract<keyof Handlers, `export:${string}`>;
type Request = ParsedRequestOf<'export:run'>;
type Outcome = ResponseOf<'export:run'>;

/** A file ready to be written. */
interface ReadyFile {
  readonly entry: Omit<LedgerEntry, 'atMs'>;
  /** Wiped by whoever made it. */
  readonly bytes: Uint8Array;
  readonly isPrivate: boolean;
}

/** Handlers that write keys to files, and list and delete what was written. */
export function exportHandlers(records: Records, services: Services): Pick<Handlers, ExportChannels> {
  const { session, dialogs, folders } = services;
  const ledger = new ExportLedger(services);
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
    return { outcome: 'written', fileName, folder };
  };

  const askForPlace = async (suggestion: string, isPrivate: boolean) => {
    const chosen = await dialogs.askWhereToSave({
      title: isPrivate ? 'Export a private key' : 'Export a public key',
      buttonLabel: 'Export',
      suggestedPath: path.join(lastFolder ?? folders.home, suggestion),
    });
    if (chosen === null) return null;
    lastFolder = path.dirname(chosen);
    return { folder: lastFolder, fileName: path.basename(chosen) };
  };

  return {
    'export:run': async (request) => {
      const { vault } = session;
      const { option, title } = optionOf(records, request);
      const isToDialog = request.destination === 'dialog';
      const place = isToDialog
        ? await askForPlace(option.fileName, option.isPrivate)
        : { folder: await ensureSshFolder(folders.home), fileName: option.fileName };
      if (place === null) return { outcome: 'cancelled' };
      requireStillOpen(session, vault);
      keepOffVault(session, path.join(place.folder, place.fileName));
      const bytes = await writeKey(records, request);
      try {
        const { id, format, passphrase } = request;
        const hasPassphrase = option.isPrivate && passphrase !== null;
        const sha256Hex = sha256HexOf(bytes);
        const entry = { recordId: id, recordTitle: title, format, hasPassphrase, sha256Hex, ...place };
        return await publish({ entry, bytes, isPrivate: option.isPrivate });
      } finally {
        bytes.fill(0);
      }
    },
    'export:list': () => ledger.list(),
    'export:delete-file': ({ id }) => {
      ledger.deleteFile(id);
      return {};
    },
  };
}

function optionOf(records: Records, { id, format, passphrase }: Request) {
  return records.withBody(id, ({ overview, kind, body }) => {
    const option = kind.exportsOf(body, overview.title).find((candidate) => candidate.format === format);
    if (option === undefined)
      throw new CofferError('bad-request', 'format: expected one that this record can be exported in');
    if (passphrase !== null && !option.isPrivate) {
      throw new CofferError('bad-request', 'passphrase: expected none for a public key');
    }
    return { option, title: overview.title };
  });
}

async function writeKey(records: Records, { id, format, passphrase, comment }: Request): Promise<Uint8Array> {
  const pkcs8 = records.withBody(id, ({ body }) => new Uint8Array(privateKeyOf(body)));
  try {
    if (format === 'public') return writePublicKey(pkcs8, comment);
    return await writePrivateKey(pkcs8, format, { passphrase, comment });
  } finally {
    pkcs8.fill(0);
  }
}
