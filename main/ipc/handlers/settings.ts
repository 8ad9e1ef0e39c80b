import * as z from 'zod';
import { InternalRecords } from '../internal-records';
import type { Handlers } from '../register';
import type { Services } from '../services';

/** What counts until the user chooses. */
export const defaultSettings = {
  lockAfterMinutes: 10,
  lockOnScreenLock: true,
  lockOnSuspend: true,
  lockOnUserSwitch: true,
  lockOnLastWindowClosed: true,
  hideRevealedAfterSeconds: 30,
  clearClipboardAfterSeconds: 20,
  showsRecoveryHint: true,
};
const choice = z.boolean().default(true);
const storedList = z.object({
  sort: z.enum(['title', 'updated', 'created']),
  filter: z.object({ kind: z.string().nullable(), account: z.string().nullable(), tag: z.string().nullable() }),
});
const firstList: ListMemory = { sort: 'title', filter: { kind: null, account: null, tag: null } };
const storedSettings = z.object({
  lockAfterMinutes: z.int().min(1).max(240),
  // Vaults of earlier versions do not have these.
  lockOnScreenLock: choice,
  lockOnSuspend: choice,
  lockOnUserSwitch: choice,
  lockOnLastWindowClosed: choice,
  hideRevealedAfterSeconds: z.int().min(5).max(120),
  clearClipboardAfterSeconds: z.int().min(5).max(120).default(defaultSettings.clearClipboardAfterSeconds),
  showsRecoveryHint: choice,
  list: storedList.catch(() => firstList),
});

/** What the list of all items showed last. */
export type ListMemory = z.output<typeof storedList>;
/** Settings of the unlocked vault, kept in it. */
export type Settings = Omit<z.output<typeof storedSettings>, 'list'>;

/** Reads and writes the settings; read once an unlock, since the idle lock asks every few seconds. */
export class SettingsStore {
  readonly #records: InternalRecords<typeof storedSettings>;
  readonly #nowMs: () => number;
  #known: { readonly settings: Settings; readonly list: ListMemory } | null = null;

  constructor({ session, nowMs }: Pick<Services, 'session' | 'nowMs'>) {
    this.#records = new InternalRecords(session, 'settings', storedSettings);
    this.#nowMs = nowMs;
    session.subscribe((event) => {
      // Also when another vault takes the place of the open one, such as a backup.
      if (event === 'locked' || event === 'opened') this.#known = null;
    });
  }

  /** Values as they stand; defaults where none were saved. */
  get current(): Settings {
    return this.#read().settings;
  }

  /** What the list of all items showed last. */
  get list(): ListMemory {
    return this.#read().list;
  }

  /** Saves new values. */
  save(settings: Settings): void {
    this.#write(settings, this.list);
  }

  /** Keeps what the list of all items shows, unless that is known. */
  rememberList(list: ListMemory): void {
    if (JSON.stringify(list) !== JSON.stringify(this.list)) this.#write(this.current, list);
  }

  #read() {
    if (this.#known !== null) return this.#known;
    const stored = this.#records.list()[0]?.value ?? { ...defaultSettings, list: firstList };
    const { list, ...settings } = stored;
    return (this.#known = { settings, list });
  }

  #write(settings: Settings, list: ListMemory): void {
    this.#records.save(this.#records.list()[0]?.id ?? null, { ...settings, list }, this.#nowMs());
    this.#known = { settings, list };
  }
}

/** Handlers of the settings. */
export function settingsHandlers(settings: SettingsStore): Pick<Handlers, 'settings:get' | 'settings:set'> {
  return {
    'settings:get': () => settings.current,
    'settings:set': (values) => {
      settings.save(values);
      return {};
    },
  };
}
