import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { kindOf } from '../../main/credentials/kinds';
import { mostCandidates, mostLookedAt } from '../../main/credentials/guide/match';
import { allTasks } from '../../main/credentials/guide/tasks';
import { Records } from '../../main/ipc/records';
import { setUpBridge } from '../support/bridge';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const make = (kind: string, title: string, values: Record<string, string>, secrets: Record<string, Uint8Array> = {}) =>
  bridge.get('record:create', { kind, title, tags: [], values, secrets });

test('every task is listed under a heading, and can be asked for', async () => {
  const groups = await bridge.get('guide:tasks', {});
  expect(groups.flatMap(({ tasks }) => tasks)).toHaveLength(allTasks.length);
  for (const { id } of allTasks) {
    const task = await bridge.get('guide:task', { taskId: id, account: null });
    for (const need of task.needs) expect(need.actions.length, `${id}: ${need.id}`).toBeGreaterThan(0);
  }
  expect(await bridge.call('guide:task', { taskId: 'fly', account: null })).toMatchObject({
    error: { code: 'not-found' },
  });
});

test('what the vault has for the chosen account is found, with what can be done with it; what is inactive is told', async () => {
  const [mine, other] = [
    await make('account', 'Mine', { accountId: '029608264753' }),
    await make('account', 'Other', {}),
  ];
  const secrets = { secretAccessKey: bytesOf('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY') };
  const values = { accessKeyId: 'AKIAQNZGKIQY56JQ7WML', user: 'ann', account: mine.id };
  const key = await make('access-key', 'Key', values, secrets);
  const ask = (account: string | null) => bridge.get('guide:task', { taskId: 'query-api', account });
  const held = await ask(mine.id);
  expect(held.isReady).toBe(true);
  expect(held.needs[0]).toMatchObject({ state: 'held', candidates: [{ id: key.id, trouble: null }], actions: [] });
  expect(held.needs[0]!.candidates[0]!.actions.length).toBeGreaterThan(0);
  expect((await ask(other.id)).needs[0]).toMatchObject({ state: 'missing', candidates: [] });
  await bridge.get('record:update', { id: key.id, changes: { values: { status: 'inactive' } } });
  expect((await ask(null)).needs[0]).toMatchObject({ state: 'unusable', candidates: [{ trouble: 'inactive' }] });
  await bridge.get('record:trash', { id: key.id });
  expect((await ask(null)).needs[0]).toMatchObject({ state: 'missing' });
});

test('of a few thousand records no more are opened than the answer takes, or than the bound says; others get their turn', async () => {
  const records = new Records(bridge.session, () => 0);
  const kind = kindOf('access-key')!;
  const letters = (number: number) =>
    Array.from(String(number).padStart(16, '0'), (digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
  const add = (number: number, title: string, status: string) => {
    const secrets = { secretAccessKey: bytesOf('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY') };
    const body = kind.make({ values: { accessKeyId: `AKIA${letters(number)}`, status }, secrets });
    records.add({ kind: 'access-key', title, tags: [], body });
  };
  for (let number = 0; number < 2000; number++) add(number, `Old ${letters(number)}`, 'inactive');
  const opening = vi.spyOn(bridge.session.vault, 'openBody');
  const ask = async () => {
    opening.mockClear();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const { needs } = await bridge.get('guide:task', { taskId: 'query-api', account: null });
    clearInterval(timer);
    return { need: needs[0]!, turns };
  };
  const none = await ask();
  expect(none.need).toMatchObject({ state: 'unusable', others: 1980, unseen: 1000 });
  expect(opening).toHaveBeenCalledTimes(mostLookedAt);
  expect(none.turns).toBeGreaterThan(1);
  // The usual case: enough of the first ones serve.
  for (let number = 2000; number < 2000 + mostCandidates; number++) add(number, 'New', 'active');
  expect((await ask()).need).toMatchObject({ state: 'held', others: 2000, unseen: 0 });
  expect(opening).toHaveBeenCalledTimes(mostCandidates);
});
