import type { RequestOf } from '../../preload/contract';
import { toSecretKey } from '../../main/crypto/secret-key';
import { hotp, windowAt } from '../../main/crypto/totp';
import type { setUpBridge } from './bridge';
import { bytesOf, password } from './small-vault';

type Bridge = ReturnType<typeof setUpBridge>;

/** The six digits that an authenticator app with this secret shows at a moment. */
export function codesOf(secret: Uint8Array, nowMs: number): string {
  return String(hotp(toSecretKey(secret), windowAt(nowMs))).padStart(6, '0');
}

/** A request that gives the vault new ways in, ending all that are there. */
export async function newWays(
  bridge: Bridge,
  changes: Partial<RequestOf<'ways:replace'>> = {},
): Promise<RequestOf<'ways:replace'>> {
  const { ways } = await bridge.get('ways:list', {});
  return {
    currentPassword: bytesOf(password),
    password: bytesOf(password),
    factors: [],
    drops: ways.map(({ slot }) => slot),
    hasRecovery: true,
    keepsOlderBackups: false,
    ...changes,
  };
}

/** Sets an authenticator app up by the channels and makes password and code the way in. Gives the app's secret. */
export async function enrolCodes(
  bridge: Bridge,
  changes: Partial<RequestOf<'ways:replace'>> = {},
): Promise<Uint8Array> {
  const { secretText } = await bridge.get('ways:begin-codes', {});
  const secret = fromBase32(new TextDecoder().decode(secretText).replaceAll(' ', ''));
  const { nowMs } = bridge.clock;
  const [first, second] = [codesOf(secret, nowMs - 30_000), codesOf(secret, nowMs)];
  await bridge.get('ways:prove-codes', { first: bytesOf(first), second: bytesOf(second) });
  await bridge.get('ways:replace', await newWays(bridge, { factors: ['totp'], ...changes }));
  return secret;
}

/** Reads base32 without padding (RFC 4648 §6). */
export function fromBase32(text: string): Uint8Array {
  const digits = Array.from(text, (digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit));
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2),
  );
}
