import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { setUpRig } from '../support/rig';
import { WaysModel, passwords } from '../support/ways-model';
import type { Step } from '../support/ways-model-steps';

vi.mock('../../main/crypto/totp', async (importOriginal) => {
  const { rememberCodes } = await import('../support/known-codes');
  return rememberCodes(await importOriginal());
});

const isLong = process.env['COFFER_LONG'] !== undefined;
const minute = 60_000;
const day = 24 * 60 * minute;

const password = fc.nat({ max: passwords.length - 1 });
const factors = fc.subarray(['totp', 'key-file', 'security-key', 'this-computer'] as const);
const usually = <T>(value: T, other: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, other);
const wrong = usually<'password' | 'code' | 'older-code' | 'key-file' | 'security-key' | 'this-computer' | null>(
  null,
  fc.constantFrom('password', 'code', 'older-code', 'key-file', 'security-key', 'this-computer'),
);
const wait = fc.oneof(
  fc.integer({ min: 1000, max: 90_000 }),
  fc.integer({ min: -20 * minute, max: 20 * minute }),
  fc.integer({ min: -3 * day, max: 3 * day }),
  fc.integer({ min: -100, max: 100 }).map((days) => days * day),
  fc.constantFrom(-3653 * day, 3653 * day),
);
const login = fc.record({ kind: fc.constant('login' as const), way: fc.nat({ max: 15 }), wrong });
const waiting = fc.record({ kind: fc.constant('wait' as const), ms: wait });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: login },
  { weight: 5, arbitrary: waiting },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('phone-clock'), windows: fc.integer({ min: -3, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('save') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('horizon'), days: fc.integer({ min: 30, max: 90 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('replace'),
      ...{ password, factors, app: fc.constantFrom(0, 1, null), hasRecovery: usually(true, fc.constant(false)) },
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add'), password, factors }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add-recovery') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recover'), isRight: fc.boolean(), password }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('backup') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore'), which: fc.nat({ max: 9 }) }) },
);

test(
  'after any sequence of changes, logins and jumps of the clocks, a vault opens with the right factors and with no others',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16, size: 'max' }), async (steps) => {
        const rig = setUpRig();
        try {
          await rig.create();
          const model = new WaysModel(rig);
          // Codes from the start in most runs: what is asked for here is about them.
          await model.do({ kind: 'replace', password: 0, factors: ['totp'], app: 0, hasRecovery: true });
          for (const each of steps) await model.do(each);
          await model.checkAll();
          expect(rig.session.state).not.toBe('renewing');
        } finally {
          await rig.remove();
        }
      }),
      { numRuns: isLong ? 300 : 60, endOnFailure: !isLong },
    );
  },
  isLong ? 3_600_000 : 300_000,
);
