import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemRandom } from '../../main/crypto/random';
import { formatLimits } from '../../main/vault/kdf-policy';
import { type VaultDeps, createVault, unlockVault } from '../../main/vault/open-vault';
import type { Vault } from '../../main/vault/vault';
import type { WayAttempt } from '../../main/vault/ways/way-requests';

/** Costs that make a derivation take about a millisecond; only tests may go this low. */
export const smallCosts = { memoryKiB: 64, timeCost: 2, parallelism: 1 };

/** The product's rules, but for the lower bound on memory. */
export const smallDeps: VaultDeps = {
  random: systemRandom,
  limits: { ...formatLimits, minMemoryKiB: 8 },
  nowMs: Date.now,
};

/** A password with the length that Coffer asks for. */
export const password = 'correct horse battery';

/** UTF-8 bytes of a text; fresh, so that a callee may wipe them. */
export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** In memory where there is such a folder: for tests that open thousands of vaults. */
export const memoryFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder of its own, removed by `remove`. */
export function temporaryFolder(base = tmpdir()) {
  const folder = mkdtempSync(path.join(base, 'coffer-test-'));
  return {
    folder,
    file: path.join(folder, 'test.coffer'),
    /** Every file of the folder with its bytes. */
    snapshot: () =>
      Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'hex')])),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a vault with small costs. */
export const createSmall = (file: string) => createVault(file, bytesOf(password), smallCosts, smallDeps);

/** Unlocks a vault that {@link createSmall} made. */
export const unlockSmall = (file: string, typed = password, deps = smallDeps) =>
  unlockVault(file, passwordAttempt(typed), deps);

/** What a way that asks for a password alone is given. */
export const passwordAttempt = (typed: string): WayAttempt => ({
  ...{ kind: 'password', slot: null, password: bytesOf(typed), code: null },
  ...{ keyFile: null, securityKey: null, computer: null },
});

/** Makes a locked vault with three records. */
export async function createSmallWithRecords(file: string): Promise<void> {
  const vault = await createSmall(file);
  for (const n of [1, 2, 3]) vault.save({ id: null, overview: bytesOf(`overview ${n}`), body: bytesOf(`body ${n}`) });
  vault.lock();
}

/** Everything in an unlocked vault as one text. */
export function contentOf(vault: Vault): string {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const records = [...vault.overviews()].map(({ id, overview }) => [id, text(overview), text(vault.openBody(id))]);
  return JSON.stringify(records.sort());
}
