import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSmall } from '../support/small-vault';
import { deskIn } from './desk';
import { Harness, type Runtime, runtimes } from './harness';
import { stateAfter, stepAt } from './mixture';
import { judge } from './oracle';
import { type VaultState, stateOf } from './states';

const kills = process.env['COFFER_LONG'] === '1' ? 1000 : 50;
const longestMs = 40;
const patienceMs = 30 * 60 * 1000;

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.end());

test(
  `${kills} kills at random moments: all that was said to be done is there, and nothing else`,
  { timeout: patienceMs },
  async () => {
    const chains = runtimes.map((runtime) => killAgainAndAgain(runtime, Math.ceil(kills / runtimes.length)));
    const steps = await Promise.all(chains);
    console.info(`${kills} kills, ${steps.join(' and ')} steps, nothing lost`);
  },
);

/** Goes on with one vault after each kill; the number of steps that it came to. */
async function killAgainAndAgain(runtime: Runtime, rounds: number): Promise<number> {
  const desk = deskIn(harness.newFolder());
  (await createSmall(desk.file)).lock();
  let state = stateOf(0);
  let nextStep = 0;
  /** What each backup must hold; those that were read once are not read again: nothing changes them. */
  const backups = new Map<number, VaultState>();
  const read = new Set<number>();
  for (let round = 0; round < rounds; round++) {
    const lastSaid = await workAndBeKilled(runtime, desk.folder, nextStep, state.password);
    const take = () => {
      const step = stepAt(nextStep++, state);
      state = stateAfter(state, step);
      if (step.kind === 'back up') backups.set(step.n, state);
    };
    while (nextStep <= lastSaid) take();
    const oneMore = stateAfter(state, stepAt(nextStep, state));
    backups.set(nextStep, state);
    const found = await judge({
      desk,
      allowed: [oneMore, state],
      hasProbe: false,
      makesBackup: round % 20 === 0,
      allowedBackups: (n) => {
        if (read.has(n)) return null;
        read.add(n);
        return [backups.get(n) ?? null];
      },
    });
    if (found === 0 && oneMore !== state) take();
  }
  return nextStep;
}

/** Has the mixture run from a step on and kills it some time after its first step; the last step that it said was done. */
async function workAndBeKilled(runtime: Runtime, folder: string, firstStep: number, password: string): Promise<number> {
  let isAimed = false;
  const { signal, lines } = await harness.run(['mixture', folder, String(firstStep), password], runtime, {
    onLine: (kill) => {
      if (!isAimed) setTimeout(kill, Math.random() * longestMs);
      isAimed = true;
    },
  });
  expect(signal).toBe('SIGKILL');
  return lines.length === 0 ? firstStep - 1 : Number(lines.at(-1));
}
