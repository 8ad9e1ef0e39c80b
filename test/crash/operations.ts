import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { createSmall, smallCosts, unlockSmall } from '../support/small-vault';
import { type Desk, backUp, changePassword, restoreOverLocked, restoreOverOpen, vaultOf } from './desk';
import { type State, type VaultState, bodyOf, put, stateOf, titleOf, withRecord } from './states';

/** Something that a user does, as the harness needs it. */
export interface Operation {
  readonly name: string;
  /** What is there before, then after each step. A killed operation leaves the last that was reported, or the next. */
  readonly states: readonly [State, ...State[]];
  /** Makes the folder that it starts from; in a process without faults. */
  readonly prepare: (desk: Desk) => Promise<void>;
  /** Gets ready in the process under test, before faults are armed. */
  readonly open: (desk: Desk) => Promise<void>;
  /** Does it; to call `report` after each step. */
  readonly act: (desk: Desk, report: () => void) => Promise<void> | void;
}

const two = stateOf(2);
const three = stateOf(3);
const full = stateOf(64);
const newPassword = 'staple donkey paperclip';
const isReady = () => Promise.resolve();
const unlock = async (desk: Desk) => {
  desk.vault = await unlockSmall(desk.file);
};

/** A vault that changed since its backup was made. */
async function fillAndBackUp(desk: Desk): Promise<void> {
  await fill(desk, two);
  await unlock(desk);
  await backUp(desk, 0);
  put(vaultOf(desk), titleOf(3), bodyOf(3));
  vaultOf(desk).lock();
}

/** Makes a locked vault that holds a state. */
async function fill({ file }: Desk, { records }: VaultState): Promise<void> {
  const vault = await createSmall(file);
  for (const [title, body] of records) put(vault, title, body);
  vault.lock();
}

/** A vault as a killed process leaves it: the last records in its log alone. */
async function fillAndKill(desk: Desk): Promise<void> {
  await fill(desk, stateOf(2));
  const vault = await unlockSmall(desk.file);
  put(vault, titleOf(3), bodyOf(3));
  for (const ending of ['', '-wal']) copyFileSync(desk.file + ending, `${desk.file}${ending}.kept`);
  vault.lock();
  for (const ending of ['', '-wal']) renameSync(`${desk.file}${ending}.kept`, desk.file + ending);
}

/** An operation that saves records one by one; a null body removes one. */
function saving(name: string, before: VaultState, changes: readonly (readonly [string, string | null])[]): Operation {
  const after = changes.map((_, at) =>
    changes.slice(0, at + 1).reduce((state, change) => withRecord(state, ...change), before),
  );
  return {
    name,
    states: [before, ...after],
    prepare: (desk) => fill(desk, before),
    open: unlock,
    act: (desk, report) => {
      for (const change of changes) {
        put(vaultOf(desk), ...change);
        report();
      }
    },
  };
}

/** Everything that changes a vault, one entry each. */
export const operations: readonly Operation[] = [
  {
    name: 'create',
    states: [null, stateOf(0)],
    prepare: isReady,
    open: isReady,
    act: async (desk, report) => {
      desk.vault = await createSmall(desk.file);
      report();
    },
  },
  {
    name: 'unlock',
    states: [three, three],
    prepare: (desk) => fill(desk, three),
    open: isReady,
    act: async (desk, report) => {
      await unlock(desk);
      report();
    },
  },
  {
    name: 'unlock with a log beside',
    states: [three, three],
    prepare: fillAndKill,
    open: isReady,
    act: async (desk, report) => {
      await unlock(desk);
      report();
    },
  },
  saving('save a new record', three, [[titleOf(4), bodyOf(4)]]),
  saving('save a changed record', three, [[titleOf(2), bodyOf(2, 2)]]),
  saving('save many records', full, [
    [titleOf(64), bodyOf(64, 2)],
    [titleOf(65), bodyOf(65)],
    [titleOf(66), bodyOf(66)],
    [titleOf(1), null],
    [titleOf(65), bodyOf(65, 2)],
  ]),
  saving('delete a record', three, [[titleOf(2), null]]),
  saving('delete the last record', stateOf(1), [[titleOf(1), null]]),
  {
    name: 'lock after saving',
    states: [stateOf(4), stateOf(4)],
    prepare: (desk) => fill(desk, three),
    open: async (desk) => {
      await unlock(desk);
      put(vaultOf(desk), titleOf(4), bodyOf(4));
    },
    act: (desk, report) => {
      vaultOf(desk).lock();
      report();
    },
  },
  {
    name: 'add a recovery code',
    states: [three, three],
    prepare: (desk) => fill(desk, three),
    open: unlock,
    act: async (desk, report) => {
      await vaultOf(desk).ways.addRecovery(smallCosts);
      report();
    },
  },
  {
    name: 'change the password',
    states: [stateOf(9), { ...stateOf(9), password: newPassword }],
    prepare: (desk) => fill(desk, stateOf(9)),
    open: unlock,
    act: async (desk, report) => {
      await changePassword(desk, newPassword);
      report();
    },
  },
  {
    name: 'make the first backup',
    states: [three, three],
    prepare: (desk) => fill(desk, three),
    open: unlock,
    act: async (desk, report) => {
      await backUp(desk, 0);
      report();
    },
  },
  {
    name: 'make the eleventh backup',
    states: [three, three],
    prepare: async (desk) => {
      await fill(desk, three);
      await unlock(desk);
      for (let n = 0; n < 10; n++) await backUp(desk, n);
      vaultOf(desk).lock();
    },
    open: unlock,
    act: async (desk, report) => {
      await backUp(desk, 10);
      report();
    },
  },
  {
    name: 'restore over an open vault',
    states: [three, two],
    prepare: fillAndBackUp,
    open: unlock,
    act: async (desk, report) => {
      await restoreOverOpen(desk, 0);
      report();
    },
  },
  {
    name: 'restore over a locked vault',
    states: [three, two],
    prepare: fillAndBackUp,
    open: isReady,
    act: async (desk, report) => {
      await restoreOverLocked(desk, 0);
      report();
    },
  },
  {
    name: 'restore where the vault is gone',
    states: [null, two],
    prepare: async (desk) => {
      await fillAndBackUp(desk);
      rmSync(desk.file);
    },
    open: isReady,
    act: async (desk, report) => {
      await restoreOverLocked(desk, 0);
      report();
    },
  },
];
