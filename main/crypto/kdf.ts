import argon2 from 'argon2';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { plainView } from './encode';
import { copyBytes } from './fresh-bytes';
import { untilGivenUp } from './give-up';
import { wipe } from './wipe';

// For the stacks of the lanes and the allocators' own needs.
const spareBytes = 64 * 1024 * 1024;
// Less than this is always to be had, or the process would not run; asking takes some milliseconds.
const worthAskingKiB = 16 * 1024;

// libuv's default, which Electron and Node keep.
const poolThreads = 4;

/** The variants of Argon2. Coffer's own derivations are `argon2id`; key files from elsewhere name theirs. */
export type Argon2Variant = 'argon2d' | 'argon2i' | 'argon2id';

/** Costs and salt of one Argon2 derivation. */
export interface Argon2idParams {
  /** Memory in KiB. */
  readonly memoryKiB: number;
  /** Passes over the memory. */
  readonly timeCost: number;
  /** Lanes; the library runs each on a thread of its own. */
  readonly parallelism: number;
  /** 8 bytes or more. */
  readonly salt: Uint8Array;
}

/** Inputs that only published vectors use, the length of the result, and who may give it up. */
export interface Argon2idExtras {
  readonly secret?: Uint8Array;
  readonly associatedData?: Uint8Array;
  /** 32 unless told. */
  readonly lengthBytes?: number;
  /** Gives the derivation up. Its reason is what is thrown then. */
  readonly signal?: AbortSignal | undefined;
}

/** Derivations that were given up and still run. */
let givenUp: Promise<unknown> = Promise.resolve();

/**
 * Waits until every derivation that was given up has ended: for who measures how long one takes.
 *
 * @throws The signal's reason.
 */
export function givenUpHaveEnded(signal?: AbortSignal): Promise<unknown> {
  return untilGivenUp(givenUp, signal);
}

/**
 * Argon2id, version 0x13, off the main thread. Costs are not checked here: callers bound what they read from a file.
 *
 * @param input - Not changed; owned, and to be wiped, by the caller.
 * @returns Fresh bytes that the caller owns and must {@link wipe}.
 * @throws CofferError `not-enough-memory` if the memory can't be had; the same call may succeed later. The signal's reason at once
 *   when it is aborted: the threads can't be stopped, so they work on, and what they give is wiped. The next derivation waits
 *   until they end: memory is not paid twice, however often somebody begins and gives up.
 * @see RFC 9106 §3.1 (inputs), §4 (choice of costs).
 */
export function deriveArgon2id(
  input: Uint8Array,
  params: Argon2idParams,
  extras: Argon2idExtras = {},
): Promise<Uint8Array> {
  return deriveArgon2('argon2id', input, params, extras);
}

/**
 * Any variant of Argon2, for key files that other programs wrote; otherwise as {@link deriveArgon2id}.
 *
 * @param variant - What the file names.
 */
export async function deriveArgon2(
  variant: Argon2Variant,
  input: Uint8Array,
  params: Argon2idParams,
  extras: Argon2idExtras = {},
): Promise<Uint8Array> {
  const { signal } = extras;
  await givenUpHaveEnded(signal);
  const work = runArgon2(variant, input, params, extras);
  try {
    return await untilGivenUp(work, signal);
  } catch (error) {
    if (signal?.aborted === true) givenUp = Promise.all([givenUp, work.then(wipe, () => undefined)]);
    throw error;
  }
}

async function runArgon2(
  variant: Argon2Variant,
  input: Uint8Array,
  params: Argon2idParams,
  extras: Argon2idExtras,
): Promise<Uint8Array> {
  if (params.memoryKiB >= worthAskingKiB) requireMemory(params.memoryKiB);
  // The library copies its first argument with Buffer.from, into Node's shared pool, unless it is an ArrayBuffer.
  const own = copyBytes(input);
  try {
    const hash = await argon2.hash(own.buffer as unknown as Buffer, {
      raw: true,
      type: argon2[variant],
      version: 0x13,
      memoryCost: params.memoryKiB,
      timeCost: params.timeCost,
      parallelism: params.parallelism,
      hashLength: extras.lengthBytes ?? 32,
      salt: Buffer.from(params.salt),
      ...(extras.secret === undefined ? {} : { secret: Buffer.from(extras.secret) }),
      ...(extras.associatedData === undefined ? {} : { associatedData: Buffer.from(extras.associatedData) }),
    });
    if (params.memoryKiB >= worthAskingKiB) await overwriteStacks();
    return plainView(hash);
  } catch (cause) {
    if (cause instanceof Error && /memory/i.test(cause.message)) throw notEnoughMemory(params.memoryKiB, cause);
    throw cause;
  } finally {
    own.fill(0);
  }
}

/**
 * Asks for the memory and gives it back at once. Electron's malloc, which the library uses, ends the process where there is
 * none; an ArrayBuffer only throws. Nothing is written to it, so no page is touched. What another program takes between this
 * and the derivation is the rest of the risk: Coffer would end, with the vault as it was.
 */
function requireMemory(memoryKiB: number): void {
  try {
    const probe = new ArrayBuffer(memoryKiB * 1024 + spareBytes) as ArrayBuffer & { transfer(length: number): unknown };
    probe.transfer(0); // frees it now, not at some later collection (ES2024)
  } catch (cause) {
    throw notEnoughMemory(memoryKiB, cause);
  }
}

/**
 * Runs small derivations of zeros on every thread of Node's pool. The library leaves copies of its result on the stack of the
 * thread that it ran on, where nobody can wipe them; the same functions, called as deep, overwrite them.
 */
async function overwriteStacks(): Promise<void> {
  const zeros = {
    raw: true,
    type: argon2.argon2id,
    // Some 10 ms each: shorter ones are through before a thread that sleeps has come to take one, where the machine is busy.
    memoryCost: 8192,
    timeCost: 2,
    parallelism: 1,
    salt: Buffer.alloc(16),
  } as const;
  // Twice as many as there are threads, so that each gets one even if another takes two.
  await Promise.all(Array.from({ length: 2 * poolThreads }, () => argon2.hash(Buffer.alloc(16), zeros)));
}

function notEnoughMemory(memoryKiB: number, cause: unknown): CofferError {
  const mebibytes = Math.ceil(memoryKiB / 1024);
  return new CofferError(
    'not-enough-memory',
    say('main-crypto.memory-mib-are-needed-and-not-free-close', { mebibytes }),
    { cause },
  );
}
