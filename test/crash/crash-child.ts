import { writeSync } from 'node:fs';
import { CofferError } from '../../main/errors';
import { type Call, type Fault, arm, disarm } from './faults';
import { runMixture } from './mixture';
import { type Desk, deskIn } from './desk';
import { type Operation, operations } from './operations';
import { probeTitle, put } from './states';

// The process under test. Arguments: `mixture`, folder, first step and password; or the name of an operation and cases as JSON.

/** One run of an operation in a folder that was prepared for it. */
export interface Case {
  readonly folder: string;
  readonly fault: Fault;
}

/** How a case went, if the process lived to tell. */
export interface Outcome {
  readonly steps: number;
  readonly calls: readonly Call[];
  /** Code of the error that it ended with; null if it did not fail. */
  readonly failedWith: string | null;
  /** Whether a record could be saved afterwards; else the code of the error. */
  readonly probe: 'saved' | 'not open' | { readonly failedWith: string };
}

const [, , name = '', first = '', second = '', third = ''] = process.argv;
if (name === 'mixture') {
  await runMixture(deskIn(first), Number(second), third, say);
} else {
  const operation = operations.find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error('there is no such operation');
  for (const one of JSON.parse(first) as Case[]) say(JSON.stringify(await run(operation, one)));
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function run({ open, act }: Operation, { folder, fault }: Case): Promise<Outcome> {
  const desk = deskIn(folder);
  await open(desk);
  let steps = 0;
  arm(fault);
  const failedWith = await codeOfFailure(() =>
    act(desk, () => {
      steps++;
      say('step');
    }),
  );
  // A disk that stays full or broken is so when the vault is locked, too.
  if (fault.mode.endsWith('-stays')) desk.vault?.lock();
  const calls = disarm();
  const probe = await tryToSave(desk);
  desk.vault?.lock();
  return { steps, calls, failedWith, probe };
}

async function tryToSave({ vault }: Desk): Promise<Outcome['probe']> {
  if (vault === null) return 'not open';
  const failedWith = await codeOfFailure(() => put(vault, probeTitle, probeTitle));
  if (failedWith === 'vault-locked') return 'not open';
  return failedWith === null ? 'saved' : { failedWith };
}

async function codeOfFailure(step: () => Promise<void> | void): Promise<string | null> {
  try {
    await step();
    return null;
  } catch (error) {
    return error instanceof CofferError ? error.code : `no CofferError: ${String(error)}`;
  }
}
