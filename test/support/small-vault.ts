import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemRandom } from '../../main/crypto/random';
import { formatLimits } from '../../main/vault/kdf-policy';
import { type VaultDeps, createVault, unlockVault } from '../../main/vault/open-vault';

/** Costs that make a derivation take about a millisecond; only tests may go this low. */
export const smallCosts = { memoryKiB: 64, timeCost: 2, parallelism: 1 };

/** The product's rules, but for the lower bound on memory. */
export const smallDeps: VaultDeps = { random: systemRandom, limits: { ...formatLimits, minMemoryKiB: 8 } };

/** A password with the length that Coffer asks for. */
export const password = 'correct horse battery';

/** UTF-8 bytes of a text; fresh, so that a callee may wipe them. */
export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A folder of its own, removed by `remove`. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-test-'));
  return {
    folder,
    file: path.join(folder, 'test.coffer'),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a vault with small costs. */
export const createSmall = (file: string) => createVault(file, bytesOf(password), smallCosts, smallDeps);

/** Unlocks a vault that {@link createSmall} made. */
export const unlockSmall = (file: string, typed = password) => unlockVault(file, bytesOf(typed), smallDeps);
