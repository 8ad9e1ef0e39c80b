import * as z from 'zod';
import { type RequestSpec, unlocked } from '../request-spec';
import * as shape from '../shapes';

const nothing = z.strictObject({});
const maxPastedBytes = 1024 * 1024;
const pastedBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= maxPastedBytes, {
  error: `expected at most ${maxPastedBytes} bytes`,
});
const labels = { title: shape.title, tags: shape.tagList, values: shape.typedValues };

/** Requests of signing certificates. */
export const certificateRequests = {
  /** Makes a key and a certificate of its own. */
  'certificate:generate': unlocked(
    z.strictObject({
      ...labels,
      bits: z.enum(['2048', '4096']),
      commonName: z.string().max(1000),
      organization: z.string().max(1000),
      organizationalUnit: z.string().max(1000),
      locality: z.string().max(1000),
      state: z.string().max(1000),
      country: z.string().max(1000),
      email: z.string().max(1000),
      validDays: z.int(),
    }),
    shape.recordDetail,
  ),
  /** Gives up a running `certificate:generate`, which then answers `cancelled`. */
  'certificate:cancel': unlocked(nothing, nothing),
  /** Opens a file dialog; the file's bytes stay in the main process for the next `certificate:import`. */
  'certificate:pick-file': unlocked(
    z.strictObject({ part: z.enum(['certificate', 'key']) }),
    z.strictObject({ fileName: z.string() }).nullable(),
  ),
  /** Takes in the picked files: a certificate and a key, or one PKCS#12 or PEM file with both; or pasted PEM with both. `earlier` names what was typed before the vault locked. */
  'certificate:import': unlocked(
    z.strictObject({
      ...labels,
      passphrase: shape.passwordBytes.nullable(),
      pasted: pastedBytes.nullable(),
      earlier: z
        .array(z.enum(['pasted', 'passphrase']))
        .max(2)
        .default([]),
    }),
    shape.recordDetail,
  ),
} as const satisfies Record<string, RequestSpec>;
