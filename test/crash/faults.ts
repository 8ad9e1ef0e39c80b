import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What happens at the n-th call; see `fault-shim.c`. */
export type KillMode = 'kill-before' | 'kill-half' | 'kill-after';
/** The process lives on. */
export type FailMode = 'eio-once' | 'enospc-once' | 'eio-stays' | 'enospc-stays';
/** A fault and where it strikes; counted from 1. */
export interface Fault {
  readonly at: number;
  readonly mode: KillMode | FailMode | 'count';
}

/** A call that changed something below the watched folder, and the file's path there. */
export interface Call {
  readonly kind: string;
  readonly file: string;
}

/**
 * Compiles the shim.
 *
 * @param folder - Where to put it.
 * @returns Path of the library.
 */
export function compileShim(folder: string): string {
  const library = path.join(folder, 'fault-shim.so');
  const source = path.join(import.meta.dirname, 'fault-shim.c');
  execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', library, source, '-ldl']);
  return library;
}

/** For a process under the shim: begins to count anew, with a fault in view. */
export function arm({ at, mode }: Fault): void {
  readFileSync(`/coffer-fault/arm/${at}/${mode}`);
}

/** For a process under the shim: ends what {@link arm} began; the calls since then. */
export function disarm(): Call[] {
  const lines = readFileSync('/coffer-fault/disarm', 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const [kind = '', file = ''] = line.split(/ (.*)/s);
    return { kind, file };
  });
}
