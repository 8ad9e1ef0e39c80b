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
};
const choice = z.boolean().default(true);
const storedSettings = z.object({
  lockAfterMinutes: z.int().min(1).max(240),
  // Vaults of earlier versions do not have these.
  lockOnScreenLock: choice,
  lockOnSuspend: choice,
  lockOnUserSwitch: choice,
  lockOnLastWindowClosed: choice,
  hideRevealedAfterSeconds: z.int().min(5).max(120),
  clearClipboardAfterSeconds: z.int().min(5).max(120).default(defaultSettings.clearClipboardAfterSeconds),
});

/** Settings of the unlocked vault, kept in it. */
export type Settings = z.output<typeof storedSettings>;

/** Reads and writes the settings; read once an unlock, since the idle lock asks every few seconds. */
export class SettingsStore {
  readonly #records: InternalRecords<typeof storedSettings>;
  readonly #nowMs: () => number;
  #known: Settings | null = null;

  constructor({ session, nowMs }: Pick<Services, 'session' | 'nowMs'>) {
    this.#records = new InternalRecords(session, 'settings', storedSettings);
    this.#nowMs = nowMs;
    session.subscribe((event) => {
      if (event === 'locked') this.#known = null;
    });
  }

  /** Values as they stand; defaults where none were saved. */
  get current(): Settings {
    return (this.#known ??= this.#records.list()[0]?.value ?? defaultSettings);
  }

  /** Saves new values. */
  save(settings: Settings): void {
    this.#records.save(this.#records.list()[0]?.id ?? null, settings, this.#nowMs());
    this.#known = settings;
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
