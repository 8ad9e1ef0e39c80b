import { berOctets, readBerValues } from './ber';
import { derContent, derTag, type DerValue } from './der';
import { oidOf } from './oid';

const friendlyName = '1.2.840.113549.1.9.20';
const bmpString = 0x1e;
const set = 0x31;
/** Longer ones are no names. */
const maxNameBytes = 400;
/** What Windows calls a key that nobody has named: a GUID, perhaps behind some letters such as `le-`. */
const madeUp = /^[\w:-]*\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/**
 * The name that whoever made a PKCS#12 file gave to one of its keys or certificates.
 *
 * @param attributes - The SET of a bag; undefined for none.
 * @returns One line; empty for no name, or one that a program made up. Damage counts as no name: it is not worth a refusal.
 * @see RFC 7292 §4.2, RFC 2985 §5.5.1.
 */
export function friendlyNameOf(attributes: DerValue | undefined): string {
  if (attributes?.tag !== set) return '';
  try {
    for (const attribute of readBerValues(attributes.content)) {
      const [id, values] = readBerValues(derContent(attribute, derTag.sequence));
      if (oidOf(id) !== friendlyName) continue;
      const [value] = readBerValues(derContent(values, set));
      return nameFrom(berOctets(value, bmpString));
    }
  } catch {
    return '';
  }
  return '';
}

function nameFrom(utf16: Uint8Array): string {
  const text = new TextDecoder('utf-16be').decode(utf16.subarray(0, maxNameBytes));
  const name = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim();
  return madeUp.test(name) ? '' : name;
}
