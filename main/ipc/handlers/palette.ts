import { CofferError } from '../../errors';
import type { RecordId } from '../../vault/record-set';
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
      const detail = detailOf(records, id);
      if (detail === null) return { copies: [], isExportable: false, steps: [] };
      if (found === null || detail.trashedAtMs !== null)
        return { copies: [], isExportable: false, steps: ['restore', 'delete'] };
      return {
        copies: [...found.actions],
        isExportable: detail.exports.length > 0,
        steps: ['edit', detail.isFavourite ? 'unfavour' : 'favour', 'trash'],
      };
    },
    'palette:copy': async ({ id, action }) => {
      await quickRecords.copy(id, action);
      return {};
    },
  };
}

function detailOf(records: Pick<Records, 'get'>, id: RecordId): ReturnType<Records['get']> | null {
  try {
    return records.get(id);
  } catch (error) {
    if (error instanceof CofferError) return null;
    throw error;
  }
}
