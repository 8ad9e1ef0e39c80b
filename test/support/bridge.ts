import type { IpcMainInvokeEvent } from 'electron';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PreferencesFile } from '../../main/files/preferences';
import { writeFileSafely } from '../../main/files/safe-write';
import { makeHandlers } from '../../main/ipc/handlers';
import { registerHandlers } from '../../main/ipc/register';
import type { FileQuestion, Services } from '../../main/ipc/services';
import { Session } from '../../main/vault/session';
import type { Channel, Reply, RequestOf, ResponseOf } from '../../preload/contract';
import { bytesOf, password, smallCosts, smallDeps, temporaryFolder } from './small-vault';

type Listener = (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>;

/** The event of a call from the app's own page; `windowOf` below knows it. */
const ownEvent = {} as IpcMainInvokeEvent;

/**
 * Everything behind the bridge, for real: handlers, session, vault, files. Electron is what is faked: `ipcMain`, dialogs and
 * clipboard are lists that tests fill and read.
 */
export function setUpBridge() {
  const place = temporaryFolder();
  const home = path.join(place.folder, 'home');
  mkdirSync(home);
  const listeners = new Map<string, Listener>();
  const answers: (string | null)[] = [];
  const questions: FileQuestion[] = [];
  const replaceQuestions: string[] = [];
  const replaceAnswers: boolean[] = [];
  const copied: string[] = [];
  const log: string[] = [];
  let strengthFailure: Error | null = null;
  const breakStrength = (error: Error) => (strengthFailure = error);
  const clock = { nowMs: 1_000_000 };
  const session = new Session({
    vaultDeps: smallDeps,
    chooseCosts: () => Promise.resolve(smallCosts),
    nowMs: () => clock.nowMs,
  });
  let duringDialog = () => Promise.resolve();
  /** Does something while the next dialogs are open. */
  const whileDialogsAreOpen = (act: () => Promise<unknown>) => {
    duringDialog = async () => {
      await act();
    };
  };
  const ask = async (question: FileQuestion) => {
    questions.push(question);
    await duringDialog();
    return answers.shift() ?? null;
  };
  const services: Services = {
    session,
    preferences: new PreferencesFile(path.join(place.folder, 'profile'), (file) =>
      writeFileSafely({ ...file, mode: 0o600, replace: true }),
    ),
    dialogs: {
      askWhereToSave: ask,
      askForFile: ask,
      askToReplace: async ({ fileName }, signal) => {
        replaceQuestions.push(fileName);
        await duringDialog();
        return !signal.aborted && (replaceAnswers.shift() ?? false);
      },
    },
    strength: {
      assess: () =>
        strengthFailure === null
          ? Promise.resolve({ score: 4, isLongEnough: true, crackTime: '', warning: '', suggestions: [] })
          : Promise.reject(strengthFailure),
      stop: () => Promise.resolve(),
    },
    copyText: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    announceRecords: () => undefined,
    applyTheme: () => undefined,
    folders: { home, documents: home },
    facts: { isEvaluationRuntime: false, versions: { coffer: '0', electron: '0' } },
    nowMs: () => clock.nowMs,
  };
  const { handlers } = makeHandlers(services);
  registerHandlers(handlers, {
    ipcMain: { handle: (channel, listener) => listeners.set(channel, listener as Listener) },
    windowOf: (event) => (event === ownEvent ? 'main' : null),
    isUnlocked: () => session.state === 'unlocked',
    logFailure: (line) => log.push(line),
  });
  const callRawUncloned = async (channel: string, request: unknown, event = ownEvent) => {
    const listener = listeners.get(channel);
    if (listener === undefined) throw new Error(`${channel} is not registered`);
    return structuredClone(await listener(event, request));
  };
  /** Sends what Electron would: a structured clone of the request. */
  const callRaw = (channel: string, request: unknown, event = ownEvent) =>
    callRawUncloned(channel, structuredClone(request), event);
  const call = async <C extends Channel>(channel: C, request: RequestOf<C>) =>
    (await callRaw(channel, request)) as Reply<C>;
  const getValue = async <C extends Channel>(channel: C, request: RequestOf<C>): Promise<ResponseOf<C>> => {
    const reply = await call(channel, request);
    if (!reply.ok) throw new Error(`${channel}: ${reply.error.code}: ${reply.error.message}`);
    return reply.value;
  };
  const createVault = async () => {
    session.choose(place.file, true);
    await getValue('vault:create', { password: bytesOf(password) });
  };
  const lockAndUnlock = async () => {
    await getValue('vault:lock', {});
    await getValue('vault:unlock', { password: bytesOf(password) });
  };
  const remove = () => {
    session.lock();
    place.remove();
  };
  return {
    ...{ ...place, remove, home, session, clock, answers, questions, replaceQuestions, replaceAnswers, copied, log },
    ...{
      channels: listeners,
      call,
      callRaw,
      get: getValue,
      callRawUncloned,
      createVault,
      lockAndUnlock,
      breakStrength,
      whileDialogsAreOpen,
    },
  };
}

/** Labels of a new key pair, some of them replaced. */
export function labels(changes: Partial<RequestOf<'key-pair:generate'>> = {}): RequestOf<'key-pair:generate'> {
  return {
    algorithm: 'ed25519',
    title: 'Web server',
    keyName: 'web-server',
    region: 'eu-west-1',
    comment: '',
    tags: [],
    notes: '',
    ...changes,
  };
}
