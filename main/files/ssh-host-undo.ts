import type { SectionChange } from './section-change';
import type { SshSetting } from './ssh-config-lines';
import {
  type OpenedBlock,
  type SshHost,
  type SshKeyword,
  blocksOf,
  linesFor,
  ourKeywords,
  ownBlocks,
  saysWord,
  settingFor,
  writtenPath,
} from './ssh-host-block';
import { spliced, type Splice } from './text-lines';

/** What is known of a block that was written. */
export interface WrittenHost {
  readonly alias: string;
  /** By keyword, values as they were given to `mergeSshHost`, of the lines that it wrote. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What merging a host changes. */
export function sshHostChange(bytes: Uint8Array, host: SshHost): SectionChange {
  const [own] = ownBlocks(blocksOf(bytes), host.alias);
  const wrote = new Set<string>();
  const before = new Map<string, Uint8Array>();
  for (const line of linesFor(host)) {
    const setting = own === undefined ? null : settingFor(own, line);
    if (setting !== null && saysWord(setting, line.word)) continue;
    wrote.add(line.keyword);
    if (setting !== null) before.set(line.keyword, bytes.slice(setting.wordsStart, setting.wordsEnd));
  }
  return { isNew: own === undefined, wrote, before };
}

/** The values of all lines of a host, by keyword. None is secret. */
export function hostSettings({ hostName, user, identityFile }: SshHost): Record<SshKeyword, string> {
  return { HostName: hostName, User: user, IdentityFile: identityFile, IdentitiesOnly: 'yes' };
}

/** What a file says of the lines that were written. */
export interface FoundLines {
  /** Names of those that say what was written. */
  readonly intact: ReadonlySet<string>;
  /** Whether any of these keywords is there, whatever it says; where none is known, the block. */
  readonly isAnyThere: boolean;
}

/**
 * Looks for what was written.
 *
 * @returns Of the block for the alias that has most of it.
 * @throws CofferError `bad-request` if the bytes are no plain text.
 */
export function findWrittenHost(bytes: Uint8Array, host: WrittenHost): FoundLines {
  const block = blockOf(bytes, host);
  const names = Object.keys(host.settings).map((name) => name.toLowerCase());
  return {
    intact: new Set(block === null ? [] : intactIn(block, host).keys()),
    isAnyThere: block !== null && (names.length === 0 || block.settings.some(({ keyword }) => names.includes(keyword))),
  };
}

/**
 * Undoes a merge: lines that were added go, values that were replaced come back, and the `Host` line goes too if it was made for
 * them and nothing else is below it. Every other byte stays.
 *
 * @param change - What the merge did.
 * @returns An array of its own.
 */
export function withoutSshHost(bytes: Uint8Array, host: WrittenHost, change: SectionChange): Uint8Array {
  const block = blockOf(bytes, host);
  if (block === null) return Uint8Array.from(bytes);
  const splices: Splice[] = [];
  let left = block.settings.length;
  for (const [name, { line, wordsStart, wordsEnd }] of intactIn(block, host)) {
    const was = change.before.get(name);
    if (was === undefined) left -= 1;
    splices.push(
      was === undefined
        ? { start: line.start, end: line.next, pieces: [] }
        : { start: wordsStart, end: wordsEnd, pieces: [was] },
    );
  }
  const { line } = block.opening;
  if (change.isNew && left === 0) splices.push({ start: line.start, end: line.next, pieces: [] });
  return spliced(bytes, splices);
}

function blockOf(bytes: Uint8Array, host: WrittenHost): OpenedBlock | null {
  const own = ownBlocks(blocksOf(bytes), host.alias);
  const [best] = own.toSorted((a, b) => intactIn(b, host).size - intactIn(a, host).size);
  return best ?? null;
}

/** Settings that say what was written, by keyword. */
function intactIn({ settings }: OpenedBlock, host: WrittenHost): Map<string, SshSetting> {
  const intact = new Map<string, SshSetting>();
  for (const name of ourKeywords) {
    const value = host.settings[name];
    if (value === undefined) continue;
    const word = name === 'IdentityFile' ? writtenPath(value) : value;
    const setting = settings.find((one) => one.keyword === name.toLowerCase() && saysWord(one, word));
    if (setting !== undefined) intact.set(name, setting);
  }
  return intact;
}
