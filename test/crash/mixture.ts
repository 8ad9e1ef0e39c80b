import { unlockSmall } from '../support/small-vault';
import type { Desk } from './operations';
import { type VaultState, bodyOf, put, readState, titleOf, withRecord } from './states';

/** What one step of the mixture does, decided by its number and by what is there, so that parent and child agree. */
export interface Step {
  readonly title: string;
  /** Null removes the record. */
  readonly body: string | null;
}

/** The step of this number. */
export function stepAt(n: number, { records }: VaultState): Step {
  const titles = [...records.keys()].sort((a, b) => numberOf(a) - numberOf(b));
  const [oldest] = titles;
  const newest = titles.at(-1);
  if (n % 4 === 3 && oldest !== undefined && titles.length > 70) return { title: oldest, body: null };
  if (n % 4 === 2 && newest !== undefined) return { title: newest, body: bodyOf(numberOf(newest), n) };
  return { title: titleOf(n), body: bodyOf(n) };
}

/** What the vault holds after a step. */
export function stateAfter(state: VaultState, { title, body }: Step): VaultState {
  return withRecord(state, title, body);
}

/**
 * In the process under test: goes on from a step until it is killed.
 *
 * @param say - Told the number of each step that is done.
 */
export async function runMixture(desk: Desk, firstStep: number, password: string, say: (line: string) => void) {
  const vault = await unlockSmall(desk.file, password);
  let state = readState(vault, password);
  for (let n = firstStep; ; n++) {
    const step = stepAt(n, state);
    put(vault, step.title, step.body);
    state = stateAfter(state, step);
    say(String(n));
  }
}

const numberOf = (title: string) => Number(title.split(' ').at(-1));
