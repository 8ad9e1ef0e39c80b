import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatLimits } from '../../main/vault/kdf-policy';
import { type VaultDeps, unlockVault } from '../../main/vault/open-vault';
import type { Vault } from '../../main/vault/vault';
import type { WayAttempt } from '../../main/vault/ways/way-requests';
import { systemRandom } from '../../main/crypto/random';
import type { GoldenSecrets, GoldenWay } from '../vaults/golden-secrets';
import { bytesOf } from './small-vault';

/** Where the stored vaults are. */
export const vaultsFolder = path.join(import.meta.dirname, '../vaults');

/** What stands in the JSON beside a golden vault. */
export function goldenSecrets(name: string): GoldenSecrets {
  return JSON.parse(readFileSync(path.join(vaultsFolder, `${name}.json`), 'utf8')) as GoldenSecrets;
}

/** Copies a golden vault: opening writes to the file. */
export function copyGolden(name: string, file: string): void {
  copyFileSync(path.join(vaultsFolder, `${name}.coffer`), file);
}

/** The product's rules, with the clock of a golden vault. */
export function goldenDeps(atMs: number): VaultDeps {
  return { random: systemRandom, limits: formatLimits, nowMs: () => atMs };
}

/** What a person with these secrets gives to get in. */
export function attemptOf(way: GoldenWay): WayAttempt {
  if (way.recoveryCode !== null) return { kind: 'recovery', recoveryCode: bytesOf(way.recoveryCode) };
  return {
    ...{ kind: 'password', slot: fromHex(way.slot), password: bytesOf(way.password ?? '') },
    code: way.totp === null ? null : bytesOf(way.totp.code),
    keyFile: way.keyFile === null ? null : createHash('sha256').update(fromHex(way.keyFile)).digest(),
    securityKey: way.securityKey === null ? null : fromHex(way.securityKey.prfOutput),
    computer: way.computerSecret === null ? null : fromHex(way.computerSecret),
  };
}

/** Opens a copy of a golden vault by one of its ways, under the product's own limits. */
export function unlockGolden(file: string, way: GoldenWay, atMs: number): Promise<Vault> {
  return unlockVault(file, attemptOf(way), goldenDeps(atMs));
}

/** Bytes of lower-case hex. */
export const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
