import { say } from '../../../preload/words/say';
import { type DragChoice, dragChoicesOf } from '../../credentials/drag-choices';
import type { ParsedRequestOf, ResponseOf } from '../../../preload/contract';
import { CofferError } from '../../errors';
import type { DraggedFile } from '../../files/drag-folder';
import { sha256HexOf } from '../../keys/fingerprints';
import type { ExportLedger } from '../export-ledger';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { requireStillOpen } from '../vault-guard';
import { writeExport } from '../write-export';

type DragChannels = Extract<keyof Handlers, `drag:${string}`>;

/** Files that lie ready, and what is noted once they are dragged. */
interface Ready {
  readonly paths: readonly string[];
  readonly notes: readonly Parameters<ExportLedger['noteDrag']>[0][];
  /** For the page, in the same order. */
  readonly files: ResponseOf<'drag:start'>['files'];
  remove(): void;
}

/** Handlers that drag records out of the window as files. */
export function dragHandlers(records: Records, ledger: ExportLedger, services: Services): Pick<Handlers, DragChannels> {
  const { session, dragFolder, dragOut } = services;
  let ready: Ready | null = null;
  let turn = 0;
  const forget = () => {
    ready?.remove();
    ready = null;
    turn += 1;
  };
  session.subscribe((event) => {
    if (event !== 'locked') return;
    forget();
    dragFolder.removeAll();
  });

  const prepare = async ({ id, format }: ParsedRequestOf<'drag:prepare'>): Promise<Ready> => {
    const { choice, title, comment } = choiceOf(records, { id, format });
    const { vault } = session;
    const contents: DraggedFile[] = [];
    const notes: Ready['notes'][number][] = [];
    try {
      for (const { format: one, fileName, takesComment } of choice.files) {
        const said = { passphrase: null, comment: takesComment ? comment : '', values: {} };
        const exported = await writeExport(records, { id, format: one, ...said });
        if (exported.type !== 'file')
          throw new CofferError('bad-request', say('main-export.format-expected-one-that-is-a-file'));
        const { bytes } = exported;
        contents.push({ fileName, bytes });
        const entry = { recordId: id, recordTitle: title, format: one, fileName, hasPassphrase: false };
        notes.push({ ...entry, sha256Hex: sha256HexOf(bytes) });
      }
      requireStillOpen(session, vault);
      const written = await dragFolder.write(contents);
      const { paths } = written;
      const files = choice.files.map((option) => ({
        recordId: id,
        format: option.format,
        fileName: option.fileName,
        isPrivate: option.isPrivate,
      }));
      return { paths, remove: () => written.remove(), notes, files };
    } finally {
      for (const { bytes } of contents) bytes.fill(0);
    }
  };

  return {
    'drag:prepare': async (request) => {
      const { vault } = session;
      forget();
      const mine = turn;
      const prepared = await prepare(request);
      if (mine !== turn) {
        prepared.remove();
        requireStillOpen(session, vault);
        throw new CofferError('cancelled', say('main-export.drag-another-one-began'));
      }
      ready = prepared;
      return {};
    },
    // All in one turn, without waiting: see DragOut.
    'drag:start': () => {
      const dragged = ready;
      if (dragged === null) throw new CofferError('not-found', say('main-export.drag-nothing-lies-ready-begin-again'));
      if (!dragOut.isPossible) {
        forget();
        return { files: [] };
      }
      try {
        // Before the drop, which no program waits for: a note too many is better than a copy that is not listed.
        for (const note of dragged.notes) ledger.noteDrag(note);
      } catch (error) {
        forget();
        throw error;
      }
      ready = null;
      dragOut.start(dragged.paths);
      return { files: dragged.files };
    },
  };
}

function choiceOf(
  records: Records,
  { id, format }: ParsedRequestOf<'drag:prepare'>,
): { choice: DragChoice; title: string; comment: string } {
  return records.withBody(id, ({ overview, kind, body }) => {
    const choices = dragChoicesOf(kind.exportsOf(body, overview.title));
    const choice = format === null ? choices[0] : choices.find((candidate) => candidate.format === format);
    if (choice === undefined) {
      throw new CofferError('bad-request', say('main-export.format-expected-one-that-this-record-can-be'));
    }
    return { choice, title: overview.title, comment: kind.valuesOf(body)['comment'] ?? '' };
  });
}
