import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { incompleteText, progressWords } from '../../renderer/features/import/import-words';
import { type Candidate, ImportBatch } from '../../renderer/state/import-batch.svelte';
import { TestBridge, later, refuse } from './bridge';
import { idOf, isWiped } from './samples';

const batchOf = (...candidates: Candidate[]) => ({ candidates, isComplete: true });

function candidate(number: number, changes: Partial<Candidate> = {}): Candidate {
  return {
    ...{
      id: idOf(number).slice(16),
      fileName: `file-${number}`,
      folder: '/home/me',
      state: 'ready',
      kind: 'key-pair',
    },
    ...{ title: `Key ${number}`, subtitle: '', protection: 'none', fingerprints: [], message: '' },
    ...{ completes: false, account: '', newAccount: '', user: '', isRoot: false },
    ...changes,
  };
}

const [ready, held, locked] = [
  candidate(1),
  candidate(2, { state: 'held' }),
  candidate(3, { state: 'passphrase', kind: '' }),
] as const;

test('what is ready is chosen, what is held or locked is not', async () => {
  const bridge = new TestBridge({ 'import:look': () => batchOf(ready, held, locked) });
  const batch = new ImportBatch(bridge.api);
  await batch.look();
  expect(batch.chosen).toEqual([ready.id]);
  batch.toggle(ready.id);
  await batch.submit();
  expect(batch.failure).toBe('Choose at least one.');
  expect(bridge.requestsOf('import:run')).toEqual([]);
});

test('a passphrase goes as bytes that are wiped, and what it opens is chosen', async () => {
  const opened = candidate(4);
  const bridge = new TestBridge({
    'import:open': () => batchOf(locked),
    'import:passphrase': ({ passphrase }) =>
      new TextDecoder().decode(passphrase) === 'right' ? batchOf(opened) : batchOf({ ...locked, message: 'wrong' }),
  });
  const batch = new ImportBatch(bridge.api);
  await batch.open();
  batch.passphrases[locked.id] = 'wrong';
  await batch.unlock(locked.id);
  expect(batch.candidates?.[0]?.message).toBe('wrong');
  batch.passphrases[locked.id] = 'right';
  await batch.unlock(locked.id);
  expect(batch.chosen).toEqual([opened.id]);
  expect(bridge.requestsOf('import:passphrase').every(({ passphrase }) => isWiped(passphrase))).toBe(true);
  expect(batch.passphrases[locked.id]).toBe('');
});

test('what a passphrase opens beyond what is kept is told, and how many are', async () => {
  const many = Array.from({ length: 2000 }, (_, at) => candidate(at + 10));
  const bridge = new TestBridge({
    'import:open': () => batchOf(locked),
    'import:passphrase': () => ({ candidates: many, isComplete: false }),
  });
  const batch = new ImportBatch(bridge.api);
  await batch.open();
  expect(batch.isComplete).toBe(true);
  batch.passphrases[locked.id] = 'right';
  await batch.unlock(locked.id);
  expect([batch.isComplete, batch.candidates?.length]).toEqual([false, 2000]);
  expect(incompleteText(batch.candidates ?? [])).toMatch(/2,000 at a time/);
  expect(incompleteText([locked])).toMatch(/Not everything was looked at/);
});

test('after the import originals are offered, and none is preselected', async () => {
  const original = { id: ready.id, fileName: 'file-1', folder: '/home/me' };
  const bridge = new TestBridge({
    'import:open': () => batchOf(ready),
    'import:run': () => ({
      imported: [{ id: ready.id, recordId: idOf(9) }],
      originals: [original],
      batch: batchOf({ ...ready, state: 'held', message: 'Imported' }),
      isCancelled: false,
    }),
    'import:delete-originals': () => ({ deleted: 1, refused: 0, reason: '' }),
  });
  const batch = new ImportBatch(bridge.api);
  await batch.open();
  await batch.submit();
  expect([batch.importedCount, batch.originals, batch.doomed.length]).toEqual([1, [original], 0]);
  batch.toggleDoomed(original.id);
  await batch.deleteOriginals();
  expect([batch.deletion, batch.originals]).toEqual(['1 deleted.', []]);
});

test('dropped files are sent by their contents; a large one and a folder get lines of their own', async () => {
  const bridge = new TestBridge({ 'import:drop': ({ files }) => batchOf(candidate(files.length)) });
  const batch = new ImportBatch(bridge.api);
  const asFolder = Object.assign(new File([], 'folder'), { arrayBuffer: () => Promise.reject(new Error('a folder')) });
  await batch.drop([new File(['key'], 'a.pem'), new File([new Uint8Array(1024 * 1024 + 1)], 'big'), asFolder]);
  expect(batch.candidates?.[0]?.title).toBe('Key 3');
  const files = bridge.requestsOf('import:drop')[0]?.['files'] as Record<string, unknown>[];
  expect(files.map(({ name, problem }) => [name, problem])).toEqual([
    ['a.pem', undefined],
    ['big', 'too-large'],
    ['folder', 'unreadable'],
  ]);
  expect(isWiped(files[0]?.['bytes'])).toBe(true);
});

test('more files than one import takes are told', async () => {
  const bridge = new TestBridge({ 'import:drop': () => batchOf(ready) });
  const batch = new ImportBatch(bridge.api);
  await batch.drop(Array.from({ length: 501 }, (_, number) => new File(['key'], `${number}.pem`)));
  expect(batch.failure).toMatch(/first 500 of 501/);
});

test('a look around lists public keys alone and does not choose them', async () => {
  const publicKey = candidate(5, { protection: '' });
  const bridge = new TestBridge({
    'import:look': () => ({ candidates: [ready, publicKey], isComplete: false }),
    'import:open': () => batchOf(ready, publicKey),
  });
  const batch = new ImportBatch(bridge.api);
  await batch.look();
  expect([batch.chosen, batch.isComplete]).toEqual([[ready.id], false]);
  await batch.open();
  expect([batch.chosen, batch.isComplete]).toEqual([[ready.id, publicKey.id], true]);
  batch.chooseAll(false);
  expect(batch.chosen).toEqual([]);
  batch.chooseAll(true);
  expect(batch.chosen).toHaveLength(2);
});

test('an account for all goes to those whose file tells none, and single ones have their own', async () => {
  const [acme, other] = [idOf(100), idOf(101)];
  const told = candidate(6, { kind: 'access-key', account: other });
  const half = candidate(7, { completes: true });
  const alone = candidate(8, { kind: 'access-key' });
  const bridge = new TestBridge({
    'import:open': () => batchOf(ready, told, half, alone),
    'import:run': () => ({ imported: [], originals: [], batch: batchOf(), isCancelled: false }),
  });
  const batch = new ImportBatch(bridge.api);
  await batch.open();
  batch.accountForAll = acme;
  batch.setOwner(alone, { user: 'ann' });
  batch.setOwner(told, { account: '' });
  await batch.submit();
  expect(bridge.requestsOf('import:run')[0]?.['owners']).toEqual([
    { id: ready.id, account: acme, user: '' },
    { id: told.id, account: '', user: '' },
    { id: alone.id, account: acme, user: 'ann' },
  ]);
});

test('a held sign-in is compared with the owner that is chosen for it, and chosen if it is new there', async () => {
  const other = idOf(101);
  const ann = candidate(9, { kind: 'sign-in', state: 'held', account: idOf(100), user: 'ann' });
  const bridge = new TestBridge({
    'import:open': () => batchOf(ready, ann),
    'import:compare': ({ account }) =>
      account === 'no id'
        ? refuse('bad-request', 'AWS account: expected an item')
        : batchOf(ready, { ...ann, state: account === other ? 'ready' : 'held' }),
  });
  const batch = new ImportBatch(bridge.api);
  await batch.open();
  expect(batch.chosen).toEqual([ready.id]);
  const choose = async (account: string) => {
    batch.setOwner(ann, { account });
    await vi.waitFor(() => expect(bridge.requestsOf('import:compare').at(-1)).toMatchObject({ account, user: 'ann' }));
  };
  await choose(other);
  await vi.waitFor(() => expect(batch.chosen).toEqual([ready.id, ann.id]));
  await choose(idOf(100));
  await vi.waitFor(() => expect(batch.chosen).toEqual([ready.id]));
  await choose('no id');
  await vi.waitFor(() => expect(batch.failure).toMatch(/expected an item/));
});

test('an account that is made along is the owner until it was made', async () => {
  const told = candidate(6, { kind: 'access-key', account: 'new', newAccount: '1111-2222-3333', user: 'ann' });
  const batch = new ImportBatch(new TestBridge({ 'import:open': () => batchOf(told) }).api);
  await batch.open();
  batch.accountForAll = idOf(100);
  batch.setOwner(told, { user: 'bob' });
  expect(batch.ownerOf(told)).toEqual({ account: 'new', user: 'bob' });
  expect(batch.ownerOf({ ...told, account: idOf(7), newAccount: '' })).toEqual({ account: idOf(7), user: 'bob' });
});

test('pasted text leaves the form, a failure is told, and closing forgets', async () => {
  const bridge = new TestBridge({
    'import:paste': () => refuse('busy', 'import: another step'),
    'import:forget': () => ({}),
  });
  const batch = new ImportBatch(bridge.api);
  batch.pasted = 'secret';
  await batch.paste();
  expect([batch.pasted, batch.failure]).toEqual(['', expect.stringMatching(/another step/)]);
  expect(isWiped(bridge.requestsOf('import:paste')[0]?.['text'])).toBe(true);
  batch.close();
  expect(bridge.requestsOf('import:forget')).toHaveLength(1);
});

describe('what runs', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const imported = [{ id: ready.id, recordId: idOf(9) }];
  const left = candidate(5);

  test('says how far it has come, once it takes a while', async () => {
    const answer = later<ReturnType<typeof batchOf>>();
    const progress = { step: 'reading', done: 3, total: 40 } as const;
    const bridge = new TestBridge({ 'import:look': () => answer.promise, 'import:progress': () => progress });
    const batch = new ImportBatch(bridge.api);
    const looking = batch.look();
    await vi.advanceTimersByTimeAsync(100);
    expect([batch.isBusy, batch.canCancel, batch.progress]).toEqual([true, true, null]);
    await vi.advanceTimersByTimeAsync(100);
    expect(batch.progress).toEqual(progress);
    expect(progressWords(progress)).toBe('Looking at files…');
    answer.settle(batchOf(ready));
    await looking;
    expect([batch.isBusy, batch.canCancel, batch.progress]).toEqual([false, false, null]);
    const asked = bridge.requestsOf('import:progress').length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(bridge.requestsOf('import:progress')).toHaveLength(asked);
  });

  test('can be cancelled: of a look nothing is kept, and nothing is said', async () => {
    const answer = later<ReturnType<typeof refuse>>();
    const bridge = new TestBridge({
      'import:look': () => answer.promise,
      'import:cancel': () => {
        answer.settle(refuse('cancelled', 'it was cancelled'));
        return {};
      },
    });
    const batch = new ImportBatch(bridge.api);
    await batch.cancel();
    const looking = batch.look();
    await batch.cancel();
    await looking;
    expect([batch.isBusy, batch.failure, batch.candidates]).toEqual([false, null, null]);
    expect(bridge.requestsOf('import:cancel')).toHaveLength(1);
  });

  test('a look that is cancelled after another one leaves nothing on screen that is not there any more', async () => {
    let isFirst = true;
    const bridge = new TestBridge({
      'import:look': () => (isFirst ? batchOf(ready, left) : refuse('cancelled', 'it was cancelled')),
    });
    const batch = new ImportBatch(bridge.api);
    await batch.look();
    expect(batch.chosen).toHaveLength(2);
    isFirst = false;
    await batch.look();
    expect([batch.candidates, batch.chosen, batch.originals]).toEqual([null, [], []]);
  });

  test('an import that was cancelled keeps what is left chosen, and counts what was taken in', async () => {
    const held = { ...ready, state: 'held', message: 'Imported' } as const;
    let isCancelled = true;
    const bridge = new TestBridge({
      'import:open': () => batchOf(ready, left),
      'import:run': () => ({ imported, originals: [], batch: batchOf(held, left), isCancelled }),
    });
    const batch = new ImportBatch(bridge.api);
    await batch.open();
    await batch.submit();
    expect([batch.importedCount, batch.isCancelled, batch.chosen]).toEqual([1, true, [left.id]]);
    isCancelled = false;
    await batch.submit();
    expect([batch.importedCount, batch.isCancelled, batch.chosen]).toEqual([2, false, []]);
  });
});
