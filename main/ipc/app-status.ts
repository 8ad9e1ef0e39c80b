import path from 'node:path';
import type { ResponseOf } from '../../preload/contract';

/** What the page's first question is answered from. */
export interface StatusSource extends Pick<
  ResponseOf<'app:status'>,
  'state' | 'restoring' | 'theme' | 'isEvaluationRuntime' | 'versions'
> {
  /** The chosen vault; null for none. */
  readonly file: string | null;
  readonly recentVaults: readonly { readonly file: string }[];
}

/** Words the answer to `app:status`. */
export function statusOf({ file, recentVaults, ...rest }: StatusSource): ResponseOf<'app:status'> {
  return {
    ...rest,
    otherVaults: recentVaults.filter((recent) => recent.file !== file).length,
    vaultName: file === null ? '' : path.basename(file).replace(/\.coffer$/i, ''),
    vaultFolder: file === null ? '' : path.dirname(file),
  };
}
