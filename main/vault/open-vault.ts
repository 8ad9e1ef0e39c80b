import type { RandomBytes } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { copyAside } from '../files/aside-copy';
import { inspectVaultFile, requireFreeName, startNewVaultFile } from '../files/vault-file';
import type { HeadRow, HeaderRow } from '../store/rows';
import { damaged } from '../store/sqlite-errors';
import { VaultDatabase } from '../store/vault-database';
import { formatVersion } from './format';
import { type Header, checkHeaderMac, makeHeaderRow, readHeader } from './header';
import type { KdfCosts, KdfLimits } from './kdf-policy';
import { openWithKeys } from './load-records';
import { makeHead } from './set-integrity';
import { makePasswordSlot, openPasswordSlot } from './slot';
import { countCharacters } from './text';
import type { Vault } from './vault';
import { type VaultIdentity, deriveVaultKeys } from './vault-keys';

/** Fewest characters of a new password. */
export const minPasswordCharacters = 12;

/** What opening and making vaults rests on; tests hand in small limits and costs. */
export interface VaultDeps {
  readonly random: RandomBytes;
  readonly limits: KdfLimits;
}

/**
 * Makes a vault with a password as its way in, and leaves it unlocked. If making it fails, nothing is left behind; if only
 * opening it fails then, the vault is there, locked.
 *
 * @param file - Must not exist; its folder must.
 * @param password - UTF-8 bytes as typed, 12 characters or more; the caller wipes them.
 * @param costs - Of the new slot; the app's policy.
 * @throws CofferError `weak-password`, `file-exists`, `no-permission`, `disk-full`, `not-enough-memory`.
 */
export async function createVault(
  file: string,
  password: Uint8Array,
  costs: KdfCosts,
  { random }: VaultDeps,
): Promise<Vault> {
  if (countCharacters(password) < minPasswordCharacters) {
    throw new CofferError('weak-password', `password: expected at least ${minPasswordCharacters} characters`);
  }
  requireFreeName(file);
  const identity: VaultIdentity = { vaultId: random(16), epoch: 1 };
  const vaultKey = random(32);
  try {
    const keys = deriveVaultKeys(vaultKey, identity);
    const slot = await makePasswordSlot(password, vaultKey, identity, { costs, random });
    const header = makeHeaderRow({ identity, slots: [slot] }, keys);
    await writeNewVault(file, header, makeHead(0, [], identity, keys));
    const { path } = inspectVaultFile(file);
    const db = VaultDatabase.open(path);
    try {
      return openWithKeys({ db, path, identity, keys, random });
    } catch (error) {
      db.abandon();
      throw error;
    }
  } finally {
    wipe(vaultKey);
  }
}

/**
 * Unlocks a vault. Damage that can be told without the key is told before the password is tried. On any failure the
 * file, and a log beside it, are as they were.
 *
 * @param password - UTF-8 bytes as typed; the caller wipes them.
 * @throws CofferError `wrong-password`, `vault-damaged`, `not-a-vault`, `newer-format`, `vault-in-use`, `not-found`,
 *   `no-permission`, `disk-full`, `not-enough-memory`, `io-failed`.
 */
export async function unlockVault(file: string, password: Uint8Array, { random, limits }: VaultDeps): Promise<Vault> {
  const inspected = inspectVaultFile(file);
  const aside = inspected.hasLog ? copyAside(inspected.path) : null;
  let db: VaultDatabase;
  try {
    db = VaultDatabase.open(inspected.path, () => aside?.requireUnchanged());
  } catch (error) {
    // In use: the log belongs to a living process, and putting old copies back would harm it.
    if (error instanceof CofferError && error.code === 'vault-in-use') aside?.discard();
    else aside?.restore();
    throw error;
  }
  try {
    const headerRow = db.readHeader();
    const header = readHeader(headerRow, limits);
    if (db.version !== formatVersion) throw damaged();
    const vaultKey = await openAnySlot(header, password);
    try {
      const keys = deriveVaultKeys(vaultKey, header.identity);
      checkHeaderMac(headerRow, keys);
      const vault = openWithKeys({ db, path: inspected.path, identity: header.identity, keys, random });
      aside?.discard();
      return vault;
    } finally {
      wipe(vaultKey);
    }
  } catch (error) {
    db.abandon();
    aside?.restore();
    throw error;
  }
}

async function openAnySlot(header: Header, password: Uint8Array): Promise<Uint8Array> {
  for (const slot of header.slots) {
    const vaultKey = await openPasswordSlot(slot, password, header.identity);
    if (vaultKey !== null) return vaultKey;
  }
  throw new CofferError('wrong-password', 'password: it does not open this vault');
}

async function writeNewVault(file: string, header: HeaderRow, head: HeadRow): Promise<void> {
  const newFile = startNewVaultFile(file);
  try {
    VaultDatabase.create(newFile.temporaryPath, header, head).close();
    await newFile.publish();
  } catch (error) {
    newFile.discard();
    throw error;
  }
}
