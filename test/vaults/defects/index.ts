import { codeDefects } from './code-defects';
import { databaseDefects } from './database-defects';
import type { Defect } from './defect';
import { headerDefects } from './header-defects';
import { keyDefects } from './key-defects';
import { logDefects } from './log-defects';
import { rowDefects } from './row-defects';

/** Every stored defective vault. */
export const allDefects: readonly Defect[] = [
  ...headerDefects,
  ...keyDefects,
  ...rowDefects,
  ...codeDefects,
  ...databaseDefects,
  ...logDefects,
];
