import type { Exported } from '../credentials/descriptor';
import { CofferError } from '../errors';
import type { Services } from './services';

/**
 * Merges an entry into a file of another program.
 *
 * @param merge - What a kind's export came to.
 * @returns Where it was written; null if the user did not agree.
 */
export function mergeExport(
  _merge: Extract<Exported, { type: 'merge' }>,
  _services: Services,
): Promise<{ folder: string; fileName: string } | null> {
  throw new CofferError('not-supported', 'export: merging is not there yet');
}
