/** Longest file name without its ending; every system takes 255 bytes. */
const maxStemLength = 100;
/** Names that Windows keeps for devices, whatever their ending. */
const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * A cautious stem of a file name: letters, digits, `-`, `_` and `.` inside.
 *
 * @param name - Any text.
 * @returns Safe on every system; empty if nothing is left.
 */
export function fileStemOf(name: string): string {
  const stem = name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, maxStemLength)
    .replace(/^[-._]+|[-._]+$/g, '');
  return deviceName.test(stem) ? `key-${stem}` : stem;
}
