import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { type OtpShape, maxPeriodSeconds, minPeriodSeconds } from '../keys/otp-key';
import { decodeText, encodeText } from './body';
import type { RecordBody } from './descriptor';
import type { Partition } from './partitions';

/** What is not secret about a virtual MFA device. */
export interface VirtualDevice extends OtpShape {
  readonly type: 'virtual';
  /** 16 hex digits, for this record's devices. */
  readonly id: string;
  /** The name that IAM knows the device by. */
  readonly name: string;
  /** As the QR picture said; empty where it did not. */
  readonly issuer: string;
  readonly label: string;
}

/** A hardware MFA device: Coffer knows it by its serial number only. */
export interface HardwareDevice {
  readonly type: 'hardware';
  readonly id: string;
  readonly name: string;
  readonly serial: string;
}

/** An MFA device of a sign-in. */
export type MfaDevice = VirtualDevice | HardwareDevice;

/** Most devices of a sign-in; AWS takes eight of a user. */
const maxDevices = 8;

const devicesField = 'mfaDevices';
const secretPrefix = 'mfaSecret.';

/**
 * Reads the name of a virtual device.
 *
 * @param typed - From the user.
 * @returns Without white space around it.
 * @throws CofferError `bad-request` for what IAM does not take.
 * @see IAM API Reference, CreateVirtualMFADevice, VirtualMFADeviceName.
 */
export function readDeviceName(typed: string): string {
  const name = typed.trim();
  if (!/^[\w+=,.@-]{1,226}$/.test(name)) {
    throw new CofferError('bad-request', say('main-mfa-device.device-name-expected-1-to-226-letters-digits'));
  }
  return name;
}

/**
 * Reads the serial number of a hardware device, or its ARN.
 *
 * @param typed - From the user.
 * @returns Without white space around it.
 * @throws CofferError `bad-request` for what IAM does not take.
 * @see IAM API Reference, EnableMFADevice, SerialNumber.
 */
export function readSerialNumber(typed: string): string {
  const serial = typed.trim();
  if (!/^[\w+=/:,.@-]{9,256}$/.test(serial)) {
    throw new CofferError('bad-request', say('main-mfa-device.serial-number-expected-9-to-256-characters-as'));
  }
  return serial;
}

/**
 * What tools ask for as `mfa_serial`: a virtual device's ARN, or a hardware device's serial number.
 *
 * @param device - Of the sign-in.
 * @param accountId - 12 digits, or empty if not known.
 * @param partition - Of the account.
 * @returns Empty where the account is needed and not known.
 * @see IAM User Guide, "IAM identifiers".
 */
export function mfaSerialOf(device: MfaDevice, accountId: string, partition: Partition): string {
  if (device.type === 'hardware') return device.serial;
  return accountId === '' ? '' : `arn:${partition}:iam::${accountId}:mfa/${device.name}`;
}

/**
 * The devices of a sign-in, in the order in which they were added.
 *
 * @param body - Of a sign-in.
 * @throws CofferError `vault-damaged` if it holds no such list.
 */
export function devicesOf(body: RecordBody): MfaDevice[] {
  const text = decodeText(body.get(devicesField));
  if (text === '') return [];
  const parsed = parse(text);
  if (!Array.isArray(parsed)) throw damaged();
  return parsed.map(toDevice);
}

/**
 * The secret of a virtual device.
 *
 * @param body - Of a sign-in.
 * @param id - Of the device.
 * @returns A view into the body, which stays its owner.
 * @throws CofferError `not-found` if there is no such virtual device.
 */
export function deviceSecretOf(body: RecordBody, id: string): { device: VirtualDevice; secret: Uint8Array } {
  const device = devicesOf(body).find((one) => one.id === id);
  const secret = body.get(secretPrefix + id);
  if (device?.type !== 'virtual' || secret === undefined) {
    throw new CofferError('not-found', say('main-mfa-device.mfa-device-there-is-no-virtual-device-with'));
  }
  return { device, secret };
}

/**
 * A body with a device more.
 *
 * @param body - Stays as it is; values are shared with the result.
 * @param device - With an id of its own.
 * @param secret - Of a virtual device; becomes a part of the result. Null for a hardware device.
 * @throws CofferError `bad-request` for a ninth device, or a name that another device has.
 */
export function withDevice(body: RecordBody, device: MfaDevice, secret: Uint8Array | null): RecordBody {
  const devices = devicesOf(body);
  if (devices.length >= maxDevices) {
    throw new CofferError(
      'bad-request',
      say('main-mfa-device.mfa-device-aws-takes-at-most-remove-one', { maxDevices }),
    );
  }
  if (devices.some(({ name }) => name.toLowerCase() === device.name.toLowerCase())) {
    throw new CofferError('bad-request', say('main-mfa-device.device-name-expected-one-that-no-other-device'));
  }
  const changed = withDevices(body, [...devices, device]);
  if (secret !== null) changed.set(secretPrefix + device.id, secret);
  return changed;
}

/**
 * A body with a device less.
 *
 * @param body - Stays as it is; values are shared with the result.
 * @param id - Of the device.
 * @throws CofferError `not-found` if there is none.
 */
export function withoutDevice(body: RecordBody, id: string): RecordBody {
  const devices = devicesOf(body);
  const left = devices.filter((device) => device.id !== id);
  if (left.length === devices.length)
    throw new CofferError('not-found', say('main-mfa-device.mfa-device-there-is-none-with-this-id'));
  const changed = withDevices(body, left);
  changed.delete(secretPrefix + id);
  return changed;
}

function withDevices(body: RecordBody, devices: readonly MfaDevice[]): Map<string, Uint8Array> {
  return new Map(body).set(devicesField, encodeText(JSON.stringify(devices)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The cause is left out: JSON's message quotes the text.
    throw damaged();
  }
}

function toDevice(value: unknown): MfaDevice {
  if (typeof value !== 'object' || value === null) throw damaged();
  const members: Partial<Record<string, unknown>> = { ...value };
  const text = (name: string): string => {
    const member = members[name];
    if (typeof member !== 'string') throw damaged();
    return member;
  };
  const [id, name] = [text('id'), text('name')];
  if (members['type'] === 'hardware') return { type: 'hardware', id, name, serial: text('serial') };
  const { hash, digits, periodSeconds } = members;
  const isShape =
    (hash === 'sha1' || hash === 'sha256' || hash === 'sha512') &&
    (digits === 6 || digits === 8) &&
    typeof periodSeconds === 'number' &&
    periodSeconds >= minPeriodSeconds &&
    periodSeconds <= maxPeriodSeconds;
  if (members['type'] !== 'virtual' || !isShape) throw damaged();
  return { type: 'virtual', id, name, issuer: text('issuer'), label: text('label'), hash, digits, periodSeconds };
}

function damaged(): CofferError {
  return new CofferError('vault-damaged', say('main-mfa-device.record-its-mfa-devices-are-not-what-coffer'));
}
