import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';

const nothing = z.strictObject({});

/** Settings kept in the vault. */
const settings = z.strictObject({
  lockAfterMinutes: z.int().min(1).max(240),
  lockOnScreenLock: z.boolean(),
  lockOnSuspend: z.boolean(),
  /** Another user's turn at this computer. */
  lockOnUserSwitch: z.boolean(),
  /** Counts while Coffer goes on without a window; where it quits with its last window, that locks anyhow. */
  lockOnLastWindowClosed: z.boolean(),
  hideRevealedAfterSeconds: z.int().min(5).max(120),
  /** Secrets alone; what is public stays. */
  clearClipboardAfterSeconds: z.int().min(5).max(120),
  /** Whether the page may say that nothing but the password opens the vault; false once the user hid that. */
  showsRecoveryHint: z.boolean(),
});

/** Requests about the settings of the open vault. */
export const settingsRequests = {
  'settings:get': unlocked(nothing, settings),
  'settings:set': unlocked(settings, nothing),
} as const satisfies Record<string, RequestSpec>;
