import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

const maxAddressLength = 255;
const maxUserLength = 104;

/** What a Remote Desktop file says. */
export interface RdpTarget {
  /** Host name or IP address, with or without a port. */
  readonly address: string;
  /** Such as `Administrator` or `DOMAIN\\name`. */
  readonly userName: string;
}

/**
 * Writes a `.rdp` file: where to connect and as whom. It holds no password; the client asks for it.
 *
 * @param target - Checked: a line end in it would add settings, such as a program to start.
 * @returns With CRLF; ASCII, or UTF-16 with a byte order mark, as mstsc writes, if the user name needs it.
 * @throws CofferError `bad-request` for an address or user name that does not fit.
 * @see Microsoft, "Supported RDP properties".
 */
export function writeRdpFile({ address, userName }: RdpTarget): Uint8Array {
  checkAddress(address);
  checkWindowsUser(userName);
  const text = [
    `full address:s:${address}`,
    `username:s:${userName}`,
    'prompt for credentials:i:1',
    // 2: warn if the server cannot prove who it is; EC2 instances have certificates of their own making.
    'authentication level:i:2',
    '',
  ].join('\r\n');
  return /^[\x20-\x7e\r\n]*$/.test(text) ? new TextEncoder().encode(text) : utf16Of(text);
}

/**
 * Checks the address of an instance.
 *
 * @param address - Host name, IPv4, or IPv6 (in brackets if a port follows).
 * @throws CofferError `bad-request` for anything else.
 */
export function checkAddress(address: string): void {
  const isAddress =
    /^(\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(address) || /^[0-9A-Fa-f:.]+$/.test(address);
  if (address.length > maxAddressLength || !isAddress) {
    throw new CofferError('bad-request', say('main-records.address-expected-a-host-name-or-an-ip'));
  }
}

/**
 * Checks the name of a Windows user.
 *
 * @param userName - With or without a domain.
 * @throws CofferError `bad-request` if it is empty or too long, or holds what Windows does not take.
 */
export function checkWindowsUser(userName: string): void {
  const isName = /^[^\p{Cc}\p{Cs}\u2028\u2029"/[\]:;|=,+*?<>]+$/u.test(userName);
  if (userName.length > maxUserLength || !isName || userName.trim() !== userName) {
    throw new CofferError(
      'bad-request',
      say('main-records.user-name-expected-1-to-characters-that-windows', { maxUserLength }),
    );
  }
}

function utf16Of(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));
}
