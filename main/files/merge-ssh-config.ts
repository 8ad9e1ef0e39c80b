import path from 'node:path';
import { say } from '../../preload/words/say';
import { mergeFile, readForMerge, type MergeNotes, type MergeOutcome } from './merge-file';
import { ensureKeyFolder } from './key-folder';
import { checkSshHost, findSshHost, mergeSshHost } from './ssh-config-text';
import type { SshHost } from './ssh-host-block';
import { hostSettings, sshHostChange } from './ssh-host-undo';

/**
 * `taken`: the configuration has a block for this alias that does not name this key; nothing was changed: ask first. With
 * `written`, `shadowed` names keywords that lines for all hosts above our block set already, and `includesBefore` counts
 * the `Include`s above it: ssh takes what it finds first.
 */
export type SshConfigOutcome =
  | {
      readonly outcome: 'written';
      readonly file: MergeOutcome;
      readonly shadowed: readonly string[];
      readonly includesBefore: number;
    }
  | { readonly outcome: 'taken'; readonly file: string };

const what = say('main-files.ssh-configuration');

/**
 * Writes a `Host` block into `~/.ssh/config`.
 *
 * @param host - Checked here.
 * @param place - `mayReplace` is what the user said to `taken`.
 * @param notes - Told what is changed, before anything is written.
 * @throws CofferError `bad-request`, naming the field; what `ensureKeyFolder` and `mergeFile` throw.
 */
export async function writeSshHost(
  host: SshHost,
  place: { readonly home: string; readonly mayReplace: boolean; readonly nowMs: number },
  notes: MergeNotes,
): Promise<SshConfigOutcome> {
  checkSshHost(host);
  const file = path.join(await ensureKeyFolder(place.home, '.ssh'), 'config');
  const { block, hasSameKey, shadowed, includesBefore } = findSshHost(readForMerge(file, what), host);
  if (block !== 'none' && !hasSameKey && !place.mayReplace) return { outcome: 'taken', file };
  const edit = (bytes: Uint8Array) => {
    notes.found(bytes, { change: sshHostChange(bytes, host), settings: hostSettings(host) });
    return mergeSshHost(bytes, host);
  };
  const merged = await mergeFile({ file, what, edit, nowMs: place.nowMs, ...notes });
  return { outcome: 'written', file: merged, shadowed, includesBefore };
}

/** Where ssh looks for the user's configuration. */
export function sshConfigPath(home: string): string {
  return path.join(home, '.ssh', 'config');
}
