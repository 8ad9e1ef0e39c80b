/** Every system takes 255 bytes; the rest is left for endings and temporary names. */
const maxBytes = 180;
/** Names that Windows keeps for devices, whatever their ending; it reads superscript digits as digits. */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/iu;

/**
 * Makes a file name of a title: safe on Linux, macOS and Windows, and not misleading to read. Path separators, characters
 * that Windows forbids, control and formatting characters (right-to-left override among them) become `-`; dots, dashes, tildes
 * and spaces go from both ends, so that nothing is hidden, climbs a folder or reads as an option.
 *
 * @param title - Any string.
 * @param fallback - A safe name, for when nothing is left.
 * @returns 1 to 180 bytes of UTF-8 in NFC.
 */
export function safeFileName(title: string, fallback: string): string {
  const replaced = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu, '-')
    .replace(/\p{Zs}+/gu, ' ');
  const name = trimmed(shortened(trimmed(replaced)));
  if (name === '') return fallback;
  return deviceName.test(name) ? `_${name}` : name;
}

function trimmed(name: string): string {
  return name.replace(/^[-.~ ]+|[-. ]+$/gu, '');
}

/** Cuts at the limit, between code points. */
function shortened(name: string): string {
  let kept = '';
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes - 1) break;
    kept += character;
  }
  return kept;
}
