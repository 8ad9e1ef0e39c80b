import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call, FailMode, KillMode } from './faults';
import { Harness, runtimes } from './harness';
import { operations } from './operations';

// In `npm run test:long` every call; else some of them, others each time.
const isLong = process.env['COFFER_LONG'] === '1';
const killsInShort = 2;
const failuresInShort = 3;

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.end());

describe.each(runtimes)('$name', (runtime) => {
  describe.each(operations)('$name', (operation) => {
    let template: string;
    let calls: readonly Call[];
    beforeAll(async () => {
      template = await harness.prepare(operation);
      calls = await harness.callsOf(operation, template, runtime);
      expect(calls.length).toBeGreaterThan(0);
    });

    test.each<KillMode>(['kill-before', 'kill-half', 'kill-after'])('%s', async (mode) => {
      const all = placesIn(calls, (call) => mode !== 'kill-half' || call.kind === 'write', killsInShort);
      // What stands before a call is what stood after the one before it; so only one runtime is killed there again.
      const ats = mode === 'kill-before' && runtime !== runtimes[0] ? all.slice(0, 1) : all;
      expect(await harness.kill(operation, template, { ats, mode, runtime })).toEqual([]);
    });

    test.each<FailMode>(['eio-once', 'enospc-once', 'eio-stays', 'enospc-stays'])('%s', async (mode) => {
      const ats = placesIn(calls, ({ kind }) => mode.startsWith('eio') || needsRoom(kind), failuresInShort);
      expect(await harness.fail(operation, template, { ats, mode, runtime })).toEqual([]);
    });
  });
});

/** Numbers of the calls that fit, counted from 1. */
function placesIn(calls: readonly Call[], isWanted: (call: Call) => boolean, most: number): number[] {
  const all = calls.flatMap((call, index) => (isWanted(call) ? [index + 1] : []));
  while (!isLong && all.length > most) all.splice(Math.floor(Math.random() * all.length), 1);
  return all;
}

/** Nothing else fails for want of room. */
function needsRoom(kind: string): boolean {
  return ['write', 'create', 'fsync', 'link', 'rename', 'mkdir', 'allocate'].includes(kind);
}
