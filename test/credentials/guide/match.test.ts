import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type HeldRecord,
  type ListedRecord,
  type MetTask,
  matchTask,
  mostCandidates,
  mostLookedAt,
} from '../../../main/credentials/guide/match';
import { allTasks, taskOf } from '../../../main/credentials/guide/tasks';

const nowMs = 1_800_000_000_000;
const mine = 'a'.repeat(32);
const other = 'b'.repeat(32);

function held(kind: string, fields: readonly string[], more: Partial<HeldRecord> = {}): HeldRecord {
  const id = more.id ?? `${kind}-${fields.join('-')}`;
  const dates = { status: null, notBeforeMs: null, notAfterMs: null };
  return { id, kind, title: kind, accountId: mine, fields: new Set(fields), ...dates, ...more };
}

function needOf(met: MetTask, id: string) {
  const found = met.needs.find(({ need }) => need.id === id);
  if (found === undefined) throw new Error(`no need ${id}`);
  return found;
}

const world = { accountId: mine, nowMs, giveWay: () => Promise.resolve() };

function match(taskId: string, records: readonly HeldRecord[], accountId: string | null = mine) {
  const task = taskOf(taskId);
  if (task === null) throw new Error(`no task ${taskId}`);
  return matchTask(task, records, { ...world, open: openIn(records), accountId });
}

const openIn =
  (records: readonly HeldRecord[]) =>
  ({ id }: ListedRecord) => {
    const found = records.find((record) => record.id === id);
    if (found === undefined) throw new Error(`no record ${id}`);
    return found;
  };

const wholeKey = ['accessKeyId', 'secretAccessKey'];

describe('what the vault has for a task', () => {
  test('nothing: each need is missing and says what gets it', async () => {
    const met = await match('query-api', []);
    expect([met.isReady, met.needs.map(({ state }) => state)]).toEqual([false, ['missing']]);
    expect(needOf(met, 'access-key').actions).toEqual([{ type: 'import' }, { type: 'make', kind: 'access-key' }]);
  });

  test('a whole, active access key serves, and nothing else is asked for', async () => {
    const met = await match('query-api', [held('access-key', wholeKey, { status: 'active' })]);
    const need = needOf(met, 'access-key');
    expect([met.isReady, need.state, need.actions]).toEqual([true, 'held', []]);
    expect(need.candidates[0]?.offer.use).toContainEqual({ type: 'copy', field: 'secretAccessKey' });
  });

  for (const { trouble, more } of [
    { trouble: 'inactive', more: { status: 'inactive' } },
    { trouble: 'expired', more: { notAfterMs: nowMs } },
    { trouble: 'not-yet-valid', more: { notBeforeMs: nowMs + 1 } },
  ] as const) {
    test(`a certificate that is ${trouble} does not serve, and says why`, async () => {
      const met = await match('bundle-linux', [held('certificate', ['certificate', 'privateKey'], more)]);
      const need = needOf(met, 'certificate');
      expect([need.state, need.candidates[0]?.trouble, met.isReady]).toEqual(['unusable', trouble, false]);
      expect(need.actions).toContainEqual({ type: 'make', kind: 'certificate' });
    });
  }

  test('a key pair of which only the public half is held does not open an instance', async () => {
    const need = needOf(await match('ssh', [held('key-pair', ['publicKey'])]), 'key-pair');
    expect([need.state, need.candidates[0]?.trouble]).toEqual(['unusable', 'incomplete']);
    expect(need.candidates[0]?.missingFields).toEqual(['privateKey']);
    expect(needOf(await match('get-key-pair-own', [held('key-pair', ['publicKey'])]), 'public-key').state).toBe('held');
  });

  test('records of another account do not serve; those of none do, after its own', async () => {
    const theirs = held('access-key', wholeKey, { id: '1', accountId: other });
    const none = held('access-key', wholeKey, { id: '2', accountId: null });
    const own = held('access-key', wholeKey, { id: '3' });
    expect(needOf(await match('query-api', [theirs]), 'access-key').state).toBe('missing');
    const ids = async (accountId: string | null) =>
      needOf(await match('query-api', [theirs, none, own], accountId), 'access-key').candidates.map(
        ({ record }) => record.id,
      );
    expect(await ids(mine)).toEqual(['3', '2']);
    expect(await ids(null)).toHaveLength(3);
  });

  test('sharing looks for the account IDs of others', async () => {
    const records = [
      held('account', ['accountId'], { id: mine }),
      held('account', ['accountId'], { id: other, accountId: other }),
    ];
    const need = needOf(await match('share-ami', records), 'their-account-id');
    expect(need.candidates.map(({ record }) => record.id)).toEqual([other]);
    expect(needOf(await match('tell-account-id', records), 'account-id').candidates[0]?.record.id).toBe(mine);
  });

  test('an IAM user’s login goes before the root user’s', async () => {
    const root = held('sign-in', ['email', 'password'], { id: '1' });
    const user = held('sign-in', ['user', 'password'], { id: '2' });
    const { candidates } = needOf(await match('console', [root, user]), 'login');
    expect(candidates.map(({ record }) => record.id)).toEqual(['2', '1']);
    expect(needOf(await match('sign-up', [user]), 'root-login').state).toBe('unusable');
  });

  test('a task is ready without what it can do without', async () => {
    const met = await match('console', [held('sign-in', ['user', 'password'])]);
    expect([needOf(met, 'mfa').state, met.isReady]).toEqual(['unusable', true]);
  });

  test('the SOAP API takes a certificate; an access key alone does not do', async () => {
    const key = held('access-key', wholeKey, { status: 'active' });
    const certificate = held('certificate', ['certificate', 'privateKey'], { status: 'active' });
    expect((await match('soap-api', [key])).isReady).toBe(false);
    const met = await match('soap-api', [certificate]);
    expect([met.isReady, needOf(met, 'access-key').need.isOptional]).toEqual([true, true]);
  });

  test('files that variables name have their lines beside them, for each shell', async () => {
    const records = [held('certificate', ['certificate', 'privateKey']), held('access-key', wholeKey)];
    const met = await match('command-line', records);
    const formatsOf = (id: string) =>
      needOf(met, id).candidates[0]?.offer.use.flatMap((one) => (one.type === 'export' ? [one.format] : []));
    const ofEc2 = ['env-ec2-sh', 'env-ec2-powershell', 'env-ec2-fish'];
    expect(formatsOf('certificate')).toEqual(expect.arrayContaining(ofEc2));
    expect(formatsOf('access-key')).toEqual(expect.arrayContaining(['env-sh', 'env-powershell', 'env-fish']));
  });

  test('a large vault is answered with the first few, and how many more there are', async () => {
    const records = Array.from({ length: 100 }, (_, index) =>
      held('access-key', wholeKey, { id: `${index}`, title: `Key ${String(index).padStart(3, '0')}` }),
    );
    const need = needOf(await match('query-api', records), 'access-key');
    expect([need.candidates.length, need.others]).toEqual([mostCandidates, 80]);
    expect(need.candidates[0]?.record.title).toBe('Key 000');
  });

  test('no more records are opened than it takes, none twice, and none of another account or kind', async () => {
    const ofKeys = Array.from({ length: 200 }, (_, index) =>
      held('access-key', wholeKey, { id: `k${index}`, accountId: index % 2 === 0 ? mine : other }),
    );
    const records = [...ofKeys, held('windows-password', ['password']), held('certificate', ['certificate'])];
    const opened: string[] = [];
    const open = (record: ListedRecord) => {
      opened.push(record.id);
      return openIn(records)(record);
    };
    const met = await matchTask(taskOf('command-line')!, records, { ...world, open });
    expect(met.needs.map(({ state, others }) => [state, others])).toEqual([
      ['held', 80],
      ['unusable', 0],
    ]);
    expect(opened).toHaveLength(mostCandidates + 1);
    expect(new Set(opened).size).toBe(opened.length);
    expect(opened.some((id) => id.startsWith('k') && Number(id.slice(1)) % 2 === 1)).toBe(false);
  });

  test('where none serves, so many are looked at and no more, in slices; the answer says how many were not', async () => {
    const records = Array.from({ length: 3000 }, (_, index) =>
      held('access-key', wholeKey, {
        id: `${index}`,
        title: `Key ${String(index).padStart(4, '0')}`,
        status: 'inactive',
      }),
    );
    const byId = new Map(records.map((record) => [record.id, record]));
    const [opened, turns] = [new Set<string>(), { count: 0 }];
    const giveWay = () => {
      turns.count += 1;
      return Promise.resolve();
    };
    const open = ({ id }: ListedRecord) => {
      opened.add(id);
      // Removed meanwhile.
      return id === '0' ? null : (byId.get(id) ?? null);
    };
    const need = needOf(
      await matchTask(taskOf('query-api')!, records.toReversed(), { ...world, open, giveWay }),
      'access-key',
    );
    expect([need.state, need.candidates.length, need.others, need.unseen]).toEqual(['unusable', 20, 2980, 2000]);
    expect([opened.size, need.candidates[0]?.record.title]).toEqual([mostLookedAt, 'Key 0001']);
    expect(turns.count).toBe(3000 + mostLookedAt);
  });
});

test('whatever is held: a need is held exactly if a candidate serves, and only then has nothing to get', async () => {
  const kinds = ['account', 'sign-in', 'access-key', 'certificate', 'key-pair', 'windows-password'];
  const names = [
    'accountId',
    'accessKeyId',
    'secretAccessKey',
    'certificate',
    'privateKey',
    'password',
    'user',
    'email',
  ];
  const record = fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom(...kinds),
    title: fc.string(),
    accountId: fc.constantFrom(mine, other, null),
    fields: fc.subarray(names).map((fields) => new Set(fields)),
    status: fc.constantFrom('active', 'inactive', null),
    notBeforeMs: fc.option(fc.integer({ min: nowMs - 1000, max: nowMs + 1000 })),
    notAfterMs: fc.option(fc.integer({ min: nowMs - 1000, max: nowMs + 1000 })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...allTasks),
      fc.array(record),
      fc.constantFrom(mine, null),
      async (task, records, id) => {
        const met = await matchTask(task, records, { ...world, open: openIn(records), accountId: id });
        for (const { state, candidates, actions, need } of met.needs) {
          const serving = candidates.filter(({ trouble }) => trouble === null);
          expect(state === 'held').toBe(serving.length > 0);
          expect(actions).toEqual(state === 'held' ? [] : need.whenMissing);
          for (const { record: one, offer } of serving) {
            expect(offer.fields.every((field) => one.fields.has(field))).toBe(true);
            expect(one.status).not.toBe('inactive');
          }
        }
      },
    ),
  );
});
