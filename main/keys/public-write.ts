import { say } from '../../preload/words/say';
import { utf8 } from '../crypto/encode';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { checkComment } from './comment';
import { publicLine } from './describe';

/** RFC 4716 §3: lines of at most 72 bytes; ssh-keygen uses 70. */
const columns = 70;
const maxHeaderLineBytes = 72;
/** Longest list of addresses for `from=`. */
const maxFromLength = 1024;

/** What goes before a key in authorized_keys. */
export interface KeyLimits {
  /** Puts `restrict,pty` there: a shell, and no forwarding of anything. */
  readonly isRestricted?: boolean;
  /** Addresses or patterns that the key works from, separated by commas; empty or absent for any. */
  readonly from?: string;
}

/**
 * The line of an authorized_keys file, with its end.
 *
 * @param blob - The public key as SSH sends it.
 * @param comment - May be empty.
 * @param limits - Options before the key; none unless asked for.
 * @throws CofferError `bad-request` for a comment or a list of addresses that does not fit.
 * @see sshd(8), AUTHORIZED_KEYS FILE FORMAT.
 */
export function writeAuthorizedKeys(blob: Uint8Array, comment: string, limits: KeyLimits = {}): Uint8Array {
  const options = optionsOf(limits);
  return utf8(`${options}${options === '' ? '' : ' '}${publicLine(blob, comment)}\n`);
}

/**
 * User data for cloud-init that lets a key in as the default user of the image.
 *
 * @param blob - The public key as SSH sends it.
 * @param comment - May be empty.
 * @throws CofferError `bad-request` for a comment of more than a line.
 * @see cloud-init manual, module "SSH", `ssh_authorized_keys`.
 */
export function writeCloudConfig(blob: Uint8Array, comment: string): Uint8Array {
  const line = publicLine(blob, comment);
  // JSON's strings are YAML's (YAML 1.2 §1.3): a comment with `: ` or ` #` stays what it is.
  const item = /^[A-Za-z0-9 @.,_+=/-]*$/.test(line) ? line : JSON.stringify(line);
  return utf8(`#cloud-config\nssh_authorized_keys:\n  - ${item}\n`);
}

/**
 * Writes a public key as RFC 4716, which EC2 imports and PuTTY saves.
 *
 * @param blob - The public key as SSH sends it.
 * @param comment - May be empty. Cut short if it does not fit on a line: PuTTY reads no header of several lines.
 * @throws CofferError `bad-request` for a comment of more than a line.
 * @see RFC 4716 §3.
 */
export function writeRfc4716(blob: Uint8Array, comment: string): Uint8Array {
  checkComment(comment);
  const base64 = asBuffer(blob).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
  const header = comment === '' ? [] : [`Comment: "${shortened(comment)}"`];
  return utf8(['---- BEGIN SSH2 PUBLIC KEY ----', ...header, ...lines, '---- END SSH2 PUBLIC KEY ----', ''].join('\n'));
}

function optionsOf({ isRestricted = false, from = '' }: KeyLimits): string {
  if (from.length > maxFromLength || !/^[A-Za-z0-9.:*?!/_,-]*$/.test(from)) {
    throw new CofferError('bad-request', say('main-keys.from-expected-addresses-networks-or-host-names-separated'));
  }
  return [...(from === '' ? [] : [`from="${from}"`]), ...(isRestricted ? ['restrict', 'pty'] : [])].join(',');
}

/** The start of a comment that fits on its line, quotes included; no character is cut in two. */
function shortened(comment: string): string {
  const room = maxHeaderLineBytes - 'Comment: ""'.length;
  let short = '';
  for (const character of comment) {
    if (utf8(short + character).length > room) break;
    short += character;
  }
  return short;
}
