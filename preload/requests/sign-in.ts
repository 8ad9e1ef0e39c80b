import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import * as shape from '../shapes';

const nothing = z.strictObject({});
const byId = z.strictObject({ id: shape.recordId });
const deviceId = z.string().regex(/^[0-9a-f]{16}$/, { error: 'expected 16 hex digits' });
const device = z.strictObject({ id: shape.recordId, device: deviceId });
const deviceName = z.string().max(512);

/** How to make a password; the bounds are what AWS takes. */
const passwordRecipe = z.discriminatedUnion('style', [
  z.strictObject({
    style: z.literal('characters'),
    length: z.int().min(8).max(128),
    classes: z
      .array(z.enum(['lower', 'upper', 'digits', 'symbols']))
      .min(1)
      .max(4),
    isWithoutLookAlikes: z.boolean(),
  }),
  z.strictObject({
    style: z.literal('words'),
    count: z.int().min(4).max(12),
    separator: z.enum(['-', '.', '_', ' ']),
    isCapitalised: z.boolean(),
    hasDigit: z.boolean(),
  }),
]);

/** An MFA device of a sign-in, without its secret. */
const mfaDevice = z.strictObject({
  id: deviceId,
  type: z.enum(['virtual', 'hardware']),
  name: z.string(),
  /** What the picture said; empty for hardware. */
  issuer: z.string(),
  label: z.string(),
  /** Serial number or ARN, as tools ask for it; empty if the account's ID is not known. */
  mfaSerial: z.string(),
});

/** Whose secret a QR picture holds. */
const foundCode = z.strictObject({ issuer: z.string(), label: z.string() });

/** Requests of sign-ins. */
export const signInRequests = {
  'password:generate': unlocked(passwordRecipe, z.strictObject({ password: shape.bytes, entropyBits: z.number() })),
  'sign-in:devices': unlocked(byId, z.array(mfaDevice).max(8)),
  /** Opens a file dialog for a picture; its secret stays in the main process for the next `sign-in:add-virtual`. */
  'sign-in:pick-picture': unlocked(nothing, foundCode.nullable()),
  /** The same with the picture on the clipboard. */
  'sign-in:paste-picture': unlocked(nothing, foundCode),
  /** Forgets the secret of the picture; for a form that is closed without it. */
  'sign-in:forget-picture': unlocked(nothing, nothing),
  /** `text`: a secret in base32 or an otpauth text, as UTF-8 bytes; null: the picture's. */
  'sign-in:add-virtual': unlocked(
    z.strictObject({ id: shape.recordId, name: deviceName, text: shape.passwordBytes.nullable() }),
    shape.recordDetail,
  ),
  'sign-in:add-hardware': unlocked(
    z.strictObject({ id: shape.recordId, name: deviceName, serial: z.string().max(512) }),
    shape.recordDetail,
  ),
  'sign-in:remove-device': unlocked(device, shape.recordDetail),
  /** The code of this moment. It is worth something until `untilMs`; the secret behind it stays where it is. */
  'sign-in:code': unlocked(
    device,
    z.strictObject({ code: z.string(), nowMs: z.number(), untilMs: z.number(), periodSeconds: z.number() }),
  ),
  'sign-in:copy-code': unlocked(device, nothing),
  /** When earlier passwords were replaced, the newest first. */
  'sign-in:old-passwords': unlocked(byId, z.array(z.number()).max(10)),
  'sign-in:reveal-old-password': unlocked(
    z.strictObject({ id: shape.recordId, index: z.int().min(0).max(9) }),
    z.strictObject({ value: shape.bytes, hideAfterSeconds: z.int() }),
  ),
} as const satisfies Record<string, RequestSpec>;
