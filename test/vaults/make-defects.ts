import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { toSecretKey } from '../../main/crypto/secret-key';
import { hotp, windowAt } from '../../main/crypto/totp';
import { type Defect, type DefectExpectation, DefectKit, defectPassword } from './defects/defect';
import { allDefects } from './defects/index';
import { goldenTimeMs } from './golden-records';
import { rawCodes } from './raw-vault';

/** The clock to open defective vaults with: an hour after they were made. */
export const defectTimeMs = goldenTimeMs + 60 * 60 * 1000;

/**
 * Makes defective vaults that are not there yet: compressed files, and a JSON with what they must give.
 *
 * @returns Names of those that were made.
 */
export async function makeDefects(folder: string, isAgain: boolean): Promise<string[]> {
  if (isAgain) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const made: string[] = [];
  for (const defect of allDefects) {
    const target = path.join(folder, defect.name);
    if (existsSync(`${target}.json`)) continue;
    await makeDefect(defect, target);
    made.push(defect.name);
  }
  return made;
}

async function makeDefect(defect: Defect, target: string): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'coffer-defect-'));
  try {
    const file = path.join(scratch, 'v.coffer');
    const kit = new DefectKit(file);
    await defect.make(kit);
    for (const ending of ['', '-wal', '-journal']) {
      if (!existsSync(file + ending)) continue;
      writeFileSync(`${target}.coffer${ending}.gz`, gzipSync(readFileSync(file + ending), { level: 9 }));
    }
    writeFileSync(`${target}.json`, `${JSON.stringify(expectationOf(defect, kit.slotWithCodes), null, 2)}\n`);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function expectationOf(
  { defect, password, showsAt, error, derivations, hasCodes }: Defect,
  slot: string | null,
): DefectExpectation {
  const code = String(hotp(toSecretKey(rawCodes.secret), windowAt(defectTimeMs))).padStart(6, '0');
  const way = hasCodes === true ? { slot, code } : { slot: null, code: null };
  return {
    ...{ defect, password: password ?? defectPassword, ...way },
    ...{ showsAt: showsAt ?? 'unlock', error, derivations: derivations ?? 1 },
  };
}
