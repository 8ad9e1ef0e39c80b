import path from 'node:path';
import { defaultBackupFolder } from '../../main/files/backup-folder';
import type { RandomBytes } from '../../main/crypto/random';
import { toSecretKey } from '../../main/crypto/secret-key';
import { hotp, windowAt } from '../../main/crypto/totp';
import { BackupKeeper } from '../../main/vault/backup-keeper';
import { Session } from '../../main/vault/session';
import type { SessionDeps } from '../../main/vault/session-deps';
import { WayChanges } from '../../main/vault/way-changes';
import type { Factor } from '../../main/vault/ways/factors';
import type { NewPasswordWay, ProvedCodes, WayAttempt } from '../../main/vault/ways/way-requests';
import { bytesOf, memoryFolder, password, smallCosts, smallDeps, temporaryFolder } from './small-vault';

/** What a test may put in place of the rig's own. */
export interface RigOptions {
  readonly base?: string;
  readonly random?: RandomBytes;
  readonly sightings?: SessionDeps['sightings'];
  readonly highestSeen?: (vaultId: Uint8Array) => Promise<number>;
  readonly folderOf?: (file: string) => string;
  readonly formerFoldersOf?: (file: string) => readonly string[];
}

/** In ms. */
const second = 1000;
/** In ms. */
export const minute = 60 * second;
/** In ms. */
export const hour = 60 * minute;
/** In ms. */
export const day = 24 * hour;

/** Session, backups and changes of the ways in over real files, with small costs and clocks that tests set. */
export function setUpRig({ base = memoryFolder, random = smallDeps.random, ...options }: RigOptions = {}) {
  const place = temporaryFolder(base);
  const clock = { nowMs: Date.UTC(2026, 10, 25, 12), steadyMs: 0 };
  const session = new Session({
    vaultDeps: { ...smallDeps, random, nowMs: () => clock.nowMs },
    chooseCosts: () => Promise.resolve(smallCosts),
    nowMs: () => clock.steadyMs + performance.now(),
    sightings: options.sightings ?? { compare: () => Promise.resolve('as-expected'), note: () => undefined },
  });
  const backups = new BackupKeeper({
    session,
    places: {
      folderOf: options.folderOf ?? defaultBackupFolder,
      formerOf: options.formerFoldersOf ?? (() => []),
    },
    highestSeen: options.highestSeen ?? (() => Promise.resolve(0)),
  });
  const changes = new WayChanges(session, backups);
  const create = async (file = place.file) => {
    session.choose(file, true);
    await session.create(bytesOf(password));
  };
  /** Saves a record that says what is in it. */
  const save = (text: string) =>
    session.vault.save({ id: null, overview: bytesOf(`overview ${text}`), body: bytesOf(text) });
  /** Makes one way in the only one, besides a recovery code. */
  const replace = (changed: Partial<Parameters<WayChanges['replace']>[0]> = {}, way: Partial<NewPasswordWay> = {}) =>
    changes.replace({
      currentPassword: session.state === 'renewing' ? null : bytesOf(password),
      request: { way: { ...passwordWay(password), ...way }, codes: null, hasRecovery: true },
      drops: session.ways.list().map(({ slot }) => slot),
      keepsOlderBackups: false,
      ...changed,
    });
  /** Sets up an authenticator app with this secret, which just showed its code of this window, and asks for its codes. */
  const enrol = (secret: Uint8Array, way: Partial<NewPasswordWay> = {}) =>
    replace(
      {
        request: {
          way: { ...passwordWay(password), factors: ['totp'], ...way },
          codes: provedCodes(secret, clock.nowMs),
          hasRecovery: true,
        },
      },
      {},
    );
  /** Unlocks by a password and what else is given. */
  const unlock = async (given: Partial<WayAttempt & { kind: 'password' }> = {}) => {
    clock.steadyMs += 2 * minute; // past every wait after a wrong try
    await session.unlock({ ...passwordOnly(password), ...given }, backups.opening);
  };
  /** Id of the way in that has these factors. */
  const slotWith = (...factors: Factor[]) => {
    const found = session
      .lockedHeader()
      .slots.find((slot) => slot.kind === 'password' && slot.factors.join() === factors.join());
    return found?.id ?? null;
  };
  const remove = async () => {
    session.lock();
    await backups.idle();
    place.remove();
  };
  const backupFolder = path.join(place.folder, 'test backups');
  return {
    ...place,
    remove,
    clock,
    session,
    backups,
    changes,
    backupFolder,
    create,
    save,
    replace,
    enrol,
    unlock,
    slotWith,
  };
}

/** A way that asks for a password alone. */
export const passwordWay = (typed: string): NewPasswordWay => ({
  ...{ password: bytesOf(typed), factors: [], keyFile: null, securityKey: null, computer: null, name: '' },
});

/** What is given to a way that asks for a password alone. */
export const passwordOnly = (typed: string): WayAttempt & { kind: 'password' } => ({
  ...{ kind: 'password', slot: null, password: bytesOf(typed), code: null },
  ...{ keyFile: null, securityKey: null, computer: null },
});

/** What proving two codes in a row gives. */
export const provedCodes = (secret: Uint8Array, nowMs: number, skewWindows = 0): ProvedCodes => ({
  secret: new Uint8Array(secret),
  window: windowAt(nowMs) + skewWindows,
  skewWindows,
});

/** The six digits that an authenticator app with this secret shows at a moment, as they are typed. */
export const codeAt = (secret: Uint8Array, nowMs: number) => codeIn(secret, windowAt(nowMs));

/** As {@link codeAt}, for a time window. */
export const codeIn = (secret: Uint8Array, window: number) =>
  bytesOf(String(hotp(toSecretKey(secret), window)).padStart(6, '0'));

/** Text of bytes. */
export const textOf = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? new Uint8Array());

/** What every record of the open vault holds, in order. */
export const recordsOf = (session: Session) =>
  [...session.vault.overviews()].map(({ id }) => textOf(session.vault.openBody(id))).sort();
