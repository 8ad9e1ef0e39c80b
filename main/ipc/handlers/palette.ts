import type { QuickRecords } from '../quick-records';
import type { Records } from '../records';
import type { Handlers } from '../register';

/** Handlers of the command palette. */
export function paletteHandlers(
  quickRecords: QuickRecords,
  records: Pick<Records, 'get'>,
): Pick<Handlers, 'palette:actions' | 'palette:copy'> {
  return {
    'palette:actions': ({ id }) => {
      const found = quickRecords.find(id);
      if (found === null) return { copies: [], isExportable: false };
      return { copies: [...found.actions], isExportable: records.get(id).exports.length > 0 };
    },
    'palette:copy': async ({ id, action }) => {
      await quickRecords.copy(id, action);
      return {};
    },
  };
}
