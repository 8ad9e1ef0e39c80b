import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderVectors, withVectors } from '../format/vectors';
import { makeGolden } from './golden';
import { goldenNames } from './golden-secrets';
import { makeDefects } from './make-defects';

/**
 * Makes stored vaults that are not there yet, and writes the test vectors of docs/FORMAT.md. Golden ones of a released version are never made again: they must open for ever.
 *
 * @param isAgain - Makes all of them anew; before the format's first release only.
 */
export async function makeVaults(folder: string, isAgain: boolean): Promise<string[]> {
  const made: string[] = [];
  for (const name of goldenNames) {
    const file = path.join(folder, `${name}.coffer`);
    if (existsSync(file) && !isAgain) continue;
    rmSync(file, { force: true });
    const secrets = await makeGolden(folder, name);
    writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(secrets, null, 2)}\n`);
    made.push(name);
  }
  made.push(...(await makeDefects(path.join(folder, 'defective'), isAgain)));
  const document = path.join(folder, '../../docs/FORMAT.md');
  writeFileSync(document, withVectors(readFileSync(document, 'utf8'), await renderVectors(folder)));
  return made;
}
