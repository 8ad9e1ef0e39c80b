import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSmall } from '../support/small-vault';
import { deskIn } from './desk';
import { Harness, type Runtime, runtimes } from './harness';
import { stateAfter, stepAt } from './mixture';
import { judge } from './oracle';
import { type VaultState, stateOf } from './states';

const kills = process.env['COFFER_LONG'] === '1' ? 1000 : 50;
const longestMs = 60;

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.end());

test(`${kills} kills at random moments: all that was said to be done is there, and nothing else`, async () => {
  const desk = deskIn(harness.newFolder());
  (await createSmall(desk.file)).lock();
  let state = stateOf(0);
  let nextStep = 0;
  /** What each backup must hold; those that were read once are not read again: nothing changes them. */
  const backups = new Map<number, VaultState>();
  const read = new Set<number>();
  for (let round = 0; round < kills; round++) {
    const lastSaid = await workAndBeKilled(runtimes[round % runtimes.length]!, desk.folder, nextStep, state.password);
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
      allowedBackups: (n) => {
        if (read.has(n)) return null;
        read.add(n);
        return [backups.get(n) ?? null];
      },
    });
    if (found === 0 && oneMore !== state) take();
  }
  console.info(`${kills} kills, ${nextStep} steps, ${backups.size} backups, nothing lost`);
});

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
