import * as z from 'zod';
import { type RequestSpec, always, inWindow } from '../request-spec';
import * as shape from '../shapes';

const nothing = z.strictObject({});

/** A record as the window for quick access shows it; without its secrets. */
const quickRecord = z.strictObject({
  id: shape.recordId,
  title: z.string(),
  subtitle: z.string(),
  kindLabel: z.string(),
  /** The most important first. */
  actions: z.array(shape.quickAction),
});

/** The icon on the panel. */
const trayStatus = z.strictObject({
  isWanted: z.boolean(),
  /** `missing`: wanted, and nothing on this desktop shows it. */
  state: z.enum(['off', 'looking', 'shown', 'missing']),
  /** Whether the user is yet to be told that it is missing. */
  isNoticeDue: z.boolean(),
});

/** The keys that open quick access from anywhere. */
const shortcutStatus = z.strictObject({
  /** As Electron names them; empty for none. */
  keys: z.string(),
  /** `taken`: another program has them, or this desktop gives none. */
  state: z.enum(['off', 'ready', 'taken']),
});

/** Requests about what reaches the vault from outside of its window: quick access, its keys, the tray. */
export const quickRequests = {
  'quick:search': {
    ...inWindow('quick-access', z.strictObject({ query: z.string().max(1000) }), z.array(quickRecord).max(20)),
    needs: 'unlocked',
  },
  /** Copies one of a record's actions and closes the window; the value does not enter it. */
  'quick:copy': {
    ...inWindow('quick-access', z.strictObject({ id: shape.recordId, action: z.string().min(1).max(64) }), nothing),
    needs: 'unlocked',
  },
  'quick:close': inWindow('quick-access', nothing, nothing),
  'shortcut:status': always(nothing, shortcutStatus),
  'shortcut:set': always(z.strictObject({ keys: z.string().max(64) }), shortcutStatus),
  'tray:status': always(nothing, trayStatus),
  'tray:set': always(z.strictObject({ isWanted: z.boolean() }), trayStatus),
  /** Notes that the user was told, so that it is told once. */
  'tray:told': always(nothing, nothing),
} as const satisfies Record<string, RequestSpec>;
