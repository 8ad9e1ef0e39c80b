import { say } from '../../preload/words/say';
import type { ExportFormat, ExportOption } from './descriptor';

/** Formats that are whole by themselves: a file with a key or a certificate, which needs no passphrase and no further words. */
const singles = ['pkcs1', 'pkcs8', 'openssh', 'ppk3', 'ppk2', 'public', 'x509-key', 'x509-cert'] as const;
/** Certificate and key, as the tools that take them want them: two files. */
const pair = 'x509-pair';

/** What can be dragged out of the window: one of the export formats, or two of them together. */
export const dragFormats = [...singles, pair] as const;

/** One of {@link dragFormats}. */
export type DragFormat = (typeof dragFormats)[number];

/** A way to drag a record out. */
export interface DragChoice {
  readonly format: DragFormat;
  readonly label: string;
  /** One file, or two that belong together. */
  readonly files: readonly ExportOption[];
}

/**
 * How a record can be dragged out, the usual way first.
 *
 * @param options - How it can be exported, in the order of its kind.
 */
export function dragChoicesOf(options: readonly ExportOption[]): DragChoice[] {
  const alone = options.flatMap((option): DragChoice[] => {
    const { format, label } = option;
    return isSingle(format) ? [{ format, label, files: [option] }] : [];
  });
  const parts = ['x509-key', 'x509-cert'].flatMap((format) => options.find((option) => option.format === format) ?? []);
  if (parts.length < 2) return alone;
  return [{ format: pair, label: say('main-records.private-key-and-certificate'), files: parts }, ...alone];
}

function isSingle(format: ExportFormat): format is (typeof singles)[number] {
  return (singles as readonly ExportFormat[]).includes(format);
}
