import { unlockSmall } from '../support/small-vault';
import { type Desk, backUp, backupsOf, changePassword, vaultOf } from './desk';
import { type VaultState, bodyOf, put, readState, titleOf, withRecord } from './states';

/** What one step of the mixture does. */
export type Step =
  | { readonly kind: 'put'; readonly title: string; readonly body: string | null }
  | { readonly kind: 'change password'; readonly password: string }
  | { readonly kind: 'back up'; readonly n: number };

/** The step of this number, decided by it and by what is there, so that parent and child agree. */
export function stepAt(n: number, { records }: VaultState): Step {
  if (n % 9 === 5) return { kind: 'change password', password: `staple donkey paperclip ${n}` };
  if (n % 9 === 8) return { kind: 'back up', n };
  const titles = [...records.keys()].sort((a, b) => numberOf(a) - numberOf(b));
  const [oldest] = titles;
  const newest = titles.at(-1);
  if (n % 4 === 3 && oldest !== undefined && titles.length > 70) return { kind: 'put', title: oldest, body: null };
  if (n % 4 === 2 && newest !== undefined) return { kind: 'put', title: newest, body: bodyOf(numberOf(newest), n) };
  return { kind: 'put', title: titleOf(n), body: bodyOf(n) };
}

/** What the vault holds after a step. */
export function stateAfter(state: VaultState, step: Step): VaultState {
  if (step.kind === 'put') return withRecord(state, step.title, step.body);
  return step.kind === 'back up' ? state : { ...state, password: step.password };
}

/**
 * In the process under test: goes on from a step until it is killed.
 *
 * @param say - Told the number of each step that is done.
 */
export async function runMixture(desk: Desk, firstStep: number, password: string, say: (line: string) => void) {
  desk.vault = await unlockSmall(desk.file, password);
  let state = readState(desk.vault, password);
  for (let n = firstStep; ; n++) {
    const step = stepAt(n, state);
    if (step.kind === 'put') put(vaultOf(desk), step.title, step.body);
    else if (step.kind === 'back up') await backUpOnce(desk, step.n);
    else await changePassword(desk, step.password);
    state = stateAfter(state, step);
    say(String(n));
  }
}

/** The process may have been killed after the backup had its name. */
async function backUpOnce(desk: Desk, n: number): Promise<void> {
  if (!backupsOf(desk).some((backup) => backup.n === n)) await backUp(desk, n);
}

const numberOf = (title: string) => Number(title.split(' ').at(-1));
