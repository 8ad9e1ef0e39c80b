import type { IpcMainInvokeEvent } from 'electron';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { BackupPlaces } from '../../main/files/backup-places';
import { PreferencesFile } from '../../main/files/preferences';
import { RecentVaults } from '../../main/files/recent-vaults';
import { UpdateChoice } from '../../main/files/update-choice';
import { writeFileSafely } from '../../main/files/safe-write';
import { EarlyCalls } from '../../main/ipc/early-calls';
import { makeHandlers } from '../../main/ipc/handlers';
import { isMet, registerHandlers } from '../../main/ipc/register';
import type { Services } from '../../main/ipc/services';
import { BackupKeeper } from '../../main/vault/backup-keeper';
import { Session } from '../../main/vault/session';
import { WayChanges } from '../../main/vault/way-changes';
import {
  type Channel,
  type ParsedRequestOf,
  type Reply,
  type RequestOf,
  type ResponseOf,
  requests,
} from '../../preload/contract';
import { fakeDrag } from './drag';
import { fakeFactors } from './factors';
import { fakeDialogs } from './fake-dialogs';
import { fakeStrength } from './fake-strength';
import { bytesOf, password, smallCosts, smallDeps, temporaryFolder } from './small-vault';

type Listener = (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>;

/** The events of calls from the app's own pages; `windowOf` below knows them. */
const eventsOf = {
  main: {} as IpcMainInvokeEvent,
  'security-key': {} as IpcMainInvokeEvent,
  sheet: {} as IpcMainInvokeEvent,
  'quick-access': {} as IpcMainInvokeEvent,
};

const windowNames = ['main', 'security-key', 'sheet', 'quick-access'] as const;
const windowFor = (channel: string) => requests[channel as Channel].windows[0];

/**
 * Everything behind the bridge, for real: handlers, session, vault, files. Electron is what is faked: `ipcMain`, dialogs and
 * clipboard are lists that tests fill and read.
 */
export function setUpBridge() {
  const place = temporaryFolder();
  const home = path.join(place.folder, 'home');
  mkdirSync(home);
  const listeners = new Map<string, Listener>();
  const environment: Record<string, string> = {};
  const copied: string[] = [];
  const copiedSecretly: boolean[] = [];
  const log: string[] = [];
  /** What the tray and the window for quick access were told. */
  const outside: string[] = [];
  const { strength, breakStrength } = fakeStrength();
  const clock = { nowMs: 1_000_000 };
  const session = new Session({
    vaultDeps: { ...smallDeps, nowMs: () => clock.nowMs },
    chooseCosts: () => Promise.resolve(smallCosts),
    nowMs: () => clock.nowMs,
    sightings: { compare: () => Promise.resolve('as-expected'), note: () => undefined },
  });
  const preferences = new PreferencesFile(path.join(place.folder, 'profile'), (file) =>
    writeFileSafely({ ...file, mode: 0o600, replace: true }),
  );
  const backups = new BackupKeeper({
    session,
    places: new BackupPlaces(preferences),
    highestSeen: () => Promise.resolve(0),
  });
  const factors = fakeFactors();
  const drag = fakeDrag(place.folder, clock);
  const { dialogs, whileDialogsAreOpen, ...dialogLists } = fakeDialogs();
  let computerSettings: ParsedRequestOf<'computer:change'> = {
    ...{ startsAtLogin: false, startsHidden: false, whenLastWindowCloses: 'quit', notifications: [] },
  };
  const services: Services = {
    session,
    chooseVault: ({ file, isNew }) => {
      backups.cancelRestore();
      session.choose(file, isNew);
    },
    recent: new RecentVaults({ preferences, home: place.folder, nowMs: () => clock.nowMs }),
    manners: {
      get settings() {
        return computerSettings;
      },
      canStay: false,
      change: (settings) => {
        computerSettings = settings;
        return Promise.resolve();
      },
      listed: () => undefined,
      refreshMenu: () => undefined,
    },
    about: () => ({ coffer: '0', electron: '0', chromium: '0', node: '0', sqlite: '0', notices: [] }),
    backups,
    changes: new WayChanges(session, backups),
    ...{ ...factors.services, ...drag.services },
    preferences,
    dialogs,
    sheetDialogs: dialogs,
    updates: {
      isPossible: true,
      isOnSinceStart: false,
      choice: new UpdateChoice(path.join(place.folder, 'profile'), (file) =>
        writeFileSafely({ ...file, mode: 0o600, replace: true }),
      ),
      check: { newVersion: null },
      pageUrl: 'https://releases.test/',
    },
    strength,
    newStrengthMeter: () => strength,
    copyText: (text, options) => {
      copiedSecretly.push(options.isSecret);
      copied.push(text);
      return Promise.resolve();
    },
    clipboard: { status: { state: 'idle', leftMs: 0, keepMs: 0 }, forget: () => Promise.resolve() },
    random: (lengthBytes) => Uint8Array.from(randomBytes(lengthBytes)),
    pictures: {
      readQrCode: (file) => Promise.resolve(file.length === 0 ? null : Uint8Array.from(file)),
      readQrCodeOnClipboard: () => Promise.resolve(null),
    },
    outside: {
      tray: {
        state: 'missing',
        want: (isWanted) => void outside.push(`tray ${isWanted}`),
      },
      quickAccess: {
        shortcut: 'ready',
        useKeys: (keys) => void outside.push(`keys ${keys}`),
        close: () => void outside.push('close'),
      },
    },
    warmUp: () => undefined,
    announceRecords: () => undefined,
    applyTheme: () => undefined,
    folders: { home, documents: home, downloads: path.join(home, 'Downloads') },
    environment,
    facts: { isEvaluationRuntime: false, versions: { coffer: '0', electron: '0' } },
    nowMs: () => clock.nowMs,
  };
  const { handlers, activity, quickRecords } = makeHandlers(services);
  registerHandlers(handlers, {
    calls: new EarlyCalls({ handle: (channel, listener) => listeners.set(channel, listener as Listener) }),
    windowOf: (event) => windowNames.find((name) => eventsOf[name] === event) ?? null,
    isMet: (needs) => isMet(needs, session.state),
    logFailure: (line) => log.push(line),
  });
  /** Calls from the window that a channel is for, unless told. */
  const callRawUncloned = async (channel: string, request: unknown, event = eventsOf[windowFor(channel)]) => {
    const listener = listeners.get(channel);
    if (listener === undefined) throw new Error(`${channel} is not registered`);
    return structuredClone(await listener(event, request));
  };
  /** Sends what Electron would: a structured clone of the request. */
  const callRaw = (channel: string, request: unknown, event = eventsOf[windowFor(channel)]) =>
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
  /** Unlocks by the way that asks for a password alone, or by the one given. */
  const unlock = async (request: Partial<RequestOf<'vault:unlock'>> = {}) => {
    await getValue('vault:unlock', await unlockRequest(request));
  };
  const unlockRequest = async (request: Partial<RequestOf<'vault:unlock'>> = {}) => {
    const { ways } = await getValue('vault:ways', {});
    const slot = ways.find(({ kind, factors: asked }) => kind === 'password' && asked.length === 0)?.slot ?? '';
    return { slot, password: bytesOf(password), code: null, recoveryCode: null, ...request };
  };
  const lockAndUnlock = async () => {
    await getValue('vault:lock', {});
    await unlock();
  };
  const remove = () => {
    session.lock();
    place.remove();
  };
  return {
    ...dialogLists,
    ...{ unlock, unlockRequest, backups, factors, activity, quickRecords, drag },
    ...{
      ...place,
      remove,
      home,
      session,
      clock,
      copied,
      copiedSecretly,
      log,
      outside,
    },
    ...{ environment },
    ...{
      channels: listeners,
      eventsOf,
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

/**
 * Takes in what a text or file holds, by the app's own import.
 *
 * @returns The detail of the first record, or the message of the first candidate that is not taken.
 */
export async function importBytes(
  bridge: Pick<ReturnType<typeof setUpBridge>, 'get'>,
  bytes: Uint8Array,
  passphrase: Uint8Array | null = null,
): Promise<ResponseOf<'record:get'> | string> {
  let { candidates } = await bridge.get('import:paste', { text: bytes });
  const [locked] = candidates;
  if (passphrase !== null && locked?.state === 'passphrase') {
    ({ candidates } = await bridge.get('import:passphrase', { id: locked.id, passphrase }));
  }
  const [first] = candidates;
  if (first?.state !== 'ready') return first?.message ?? '';
  const { imported } = await bridge.get('import:run', { ids: [first.id] });
  return bridge.get('record:get', { id: imported[0]?.recordId ?? '' });
}

/** Labels of a new key pair, some of them replaced. */
export function labels(changes: Partial<RequestOf<'key-pair:generate'>> = {}): RequestOf<'key-pair:generate'> {
  return {
    algorithm: 'ed25519',
    title: 'Web server',
    keyName: 'web-server',
    region: 'eu-west-1',
    account: '',
    comment: '',
    tags: [],
    notes: '',
    ...changes,
  };
}
