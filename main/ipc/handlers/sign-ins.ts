import { say } from '../../../preload/words/say';
import {
  type MfaDevice,
  deviceSecretOf,
  devicesOf,
  mfaSerialOf,
  readDeviceName,
  readSerialNumber,
  withDevice,
  withoutDevice,
} from '../../credentials/mfa-device';
import { oldPasswordOf, oldPasswordTimes } from '../../credentials/old-passwords';
import { partitionOf } from '../../credentials/partitions';
import { type RecordBody } from '../../credentials/descriptor';
import { CofferError } from '../../errors';
import { readBoundedFile } from '../../files/read-file';
import { copyBytes } from '../../keys/bytes';
import { otpCodeAt } from '../../keys/otp-key';
import { type OtpSetUp, readOtpText } from '../../keys/otpauth';
import { entropyBitsOf, generatePassword } from '../../keys/password-generator';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';
import type { SettingsStore } from './settings';

type SignInChannels = Extract<keyof Handlers, `sign-in:${string}` | 'password:generate'>;

const maxPictureBytes = 16 * 1024 * 1024;

/** Handlers of sign-ins: passwords and MFA devices. */
export function signInHandlers(
  records: Records,
  settings: SettingsStore,
  { session, dialogs, folders, pictures, random, copyText, nowMs, announceRecords }: Services,
): Pick<Handlers, SignInChannels> {
  let found: OtpSetUp | null = null;
  const dropFound = () => {
    found?.secret.fill(0);
    found = null;
  };
  session.subscribe((event) => {
    if (event === 'locked') dropFound();
  });

  /** Reading takes seconds: what comes after a lock must not stay for the next vault. */
  const take = async (reading: Promise<Uint8Array | null>) => {
    const { vault } = session;
    const text = await reading;
    if (text === null)
      throw new CofferError('bad-request', say('main-sign-in.picture-expected-one-with-a-qr-code-that'));
    try {
      requireStillOpen(session, vault);
      const read = readOtpText(text);
      dropFound();
      found = read;
      return { issuer: read.issuer, label: read.label };
    } finally {
      text.fill(0);
    }
  };
  const change = (id: string, step: (body: RecordBody) => RecordBody) => {
    const detail = records.change(id, (body, { descriptor }) => {
      if (descriptor.kind !== 'sign-in')
        throw new CofferError('bad-request', say('main-sign-in.record-expected-a-sign-in'));
      return step(body);
    });
    announceRecords();
    return detail;
  };
  const newDeviceId = () => Buffer.from(random(8)).toString('hex');
  const codeOf = (id: string, device: string) =>
    records.withBody(id, ({ body }) => {
      const { device: shape, secret } = deviceSecretOf(body, device);
      return { ...otpCodeAt(secret, shape, nowMs()), periodSeconds: shape.periodSeconds };
    });

  return {
    'password:generate': (recipe) => ({
      password: generatePassword(recipe, random),
      entropyBits: entropyBitsOf(recipe),
    }),
    'sign-in:devices': ({ id }) =>
      records.withBody(id, ({ body }, context) => {
        const account = context.linked('account')?.values ?? {};
        return devicesOf(body).map((device) => shownDevice(device, account));
      }),
    'sign-in:pick-picture': async () => {
      const { vault } = session;
      const file = await dialogs.askForFile({
        title: say('main-sign-in.open-the-picture-of-a-qr'),
        buttonLabel: say('main-sign-in.open'),
        suggestedPath: folders.home,
      });
      if (file === null) return null;
      requireStillOpen(session, vault);
      keepOffVault(session, file);
      const bytes = readBoundedFile(file, maxPictureBytes, say('main-sign-in.picture'));
      try {
        return await take(pictures.readQrCode(bytes));
      } finally {
        bytes.fill(0);
      }
    },
    'sign-in:paste-picture': () => take(pictures.readQrCodeOnClipboard()),
    'sign-in:forget-picture': () => {
      dropFound();
      return {};
    },
    'sign-in:add-virtual': ({ id, name, text }) => {
      const setUp = text === null ? found : readOtpText(text);
      if (setUp === null)
        throw new CofferError('bad-request', say('main-sign-in.secret-type-it-or-choose-the-picture-of'));
      const { secret, hash, digits, periodSeconds, issuer, label } = setUp;
      const kept = copyBytes(secret);
      try {
        const device = { type: 'virtual', id: newDeviceId(), name: readDeviceName(name), issuer, label } as const;
        const detail = change(id, (body) => withDevice(body, { ...device, hash, digits, periodSeconds }, kept));
        dropFound();
        return detail;
      } finally {
        kept.fill(0);
        if (text !== null) secret.fill(0);
      }
    },
    'sign-in:add-hardware': ({ id, name, serial }) =>
      change(id, (body) =>
        withDevice(
          body,
          { type: 'hardware', id: newDeviceId(), name: readDeviceName(name), serial: readSerialNumber(serial) },
          null,
        ),
      ),
    'sign-in:remove-device': ({ id, device }) => change(id, (body) => withoutDevice(body, device)),
    'sign-in:code': ({ id, device }) => ({ ...codeOf(id, device), nowMs: nowMs() }),
    'sign-in:copy-code': async ({ id, device }) => {
      await copyText(codeOf(id, device).code, { isSecret: true });
      return {};
    },
    'sign-in:old-passwords': ({ id }) => records.withBody(id, ({ body }) => oldPasswordTimes(body)),
    'sign-in:reveal-old-password': ({ id, index }) => ({
      value: records.withBody(id, ({ body }) => oldPasswordOf(body, index)),
      hideAfterSeconds: settings.current.hideRevealedAfterSeconds,
    }),
  };
}

function shownDevice(device: MfaDevice, account: Readonly<Record<string, string>>) {
  const { id, type, name } = device;
  const [issuer, label] = device.type === 'virtual' ? [device.issuer, device.label] : ['', ''];
  const accountId = account['accountId']?.replaceAll('-', '') ?? '';
  const mfaSerial = mfaSerialOf(device, accountId, partitionOf(account['signInAddress'] ?? ''));
  return { id, type, name, issuer, label, mfaSerial };
}
