import { deriveArgon2id, givenUpHaveEnded } from '../crypto/kdf';

/** Costs of Argon2id for one slot. */
export interface KdfCosts {
  readonly memoryKiB: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** Bounds on costs read from a file, checked before anything is paid. */
export interface KdfLimits {
  readonly minMemoryKiB: number;
  readonly maxMemoryKiB: number;
  readonly minTimeCost: number;
  readonly maxTimeCost: number;
  readonly maxParallelism: number;
  /** Bound on memoryKiB times timeCost. */
  readonly maxProductKiB: number;
}

const mebibyteKiB = 1024;

/** Format 1: 64 MiB to 1 GiB, t 2 to 16, p 1 to 8, m times t at most 4 GiB. */
export const formatLimits: KdfLimits = {
  minMemoryKiB: 64 * mebibyteKiB,
  maxMemoryKiB: 1024 * mebibyteKiB,
  minTimeCost: 2,
  maxTimeCost: 16,
  maxParallelism: 8,
  maxProductKiB: 4096 * mebibyteKiB,
};

/** Whether the costs are whole numbers within the limits. */
export function isWithinLimits({ memoryKiB, timeCost, parallelism }: KdfCosts, limits: KdfLimits): boolean {
  return (
    memoryKiB >= limits.minMemoryKiB &&
    memoryKiB <= limits.maxMemoryKiB &&
    timeCost >= limits.minTimeCost &&
    timeCost <= limits.maxTimeCost &&
    parallelism >= 1 &&
    parallelism <= limits.maxParallelism &&
    memoryKiB * timeCost <= limits.maxProductKiB
  );
}

/**
 * Chooses the costs of new slots: 256 MiB (an eighth of the machine's memory where that is less, never under 64 MiB),
 * four lanes, three passes, and more passes where three take less than a second.
 *
 * @param totalMemoryBytes - The machine's memory.
 * @param nowMs - A clock that does not jump.
 * @throws CofferError `not-enough-memory`; `cancelled`.
 * @see RFC 9106 §4.
 */
export async function chooseCosts(
  totalMemoryBytes: number,
  nowMs: () => number,
  signal?: AbortSignal,
): Promise<KdfCosts> {
  const eighthMiB = Math.floor(totalMemoryBytes / 8 / 1024 / 1024);
  const memoryKiB = Math.min(256, Math.max(64, eighthMiB)) * mebibyteKiB;
  const base = { memoryKiB, timeCost: 3, parallelism: 4 };
  await givenUpHaveEnded(signal);
  const startMs = nowMs();
  await deriveArgon2id(new Uint8Array(16), { ...base, salt: new Uint8Array(16) }, { signal });
  const elapsedMs = Math.max(1, nowMs() - startMs);
  const mostTimeCost = Math.min(formatLimits.maxTimeCost, Math.floor(formatLimits.maxProductKiB / memoryKiB));
  const timeCost = Math.min(mostTimeCost, Math.max(3, Math.round((3 * 1000) / elapsedMs)));
  return { ...base, timeCost };
}
