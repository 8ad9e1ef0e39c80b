/** What a merge did to one section of another program's file: enough to undo it. */
export interface SectionChange {
  /** Whether the section was made for it. */
  readonly isNew: boolean;
  /** Names of the settings that were added or replaced; those that said the same already are not among them. */
  readonly wrote: ReadonlySet<string>;
  /**
   * What stood in the place of settings that were replaced or taken out, by name: their values as they stood in the file. May be
   * secret; whoever holds the change wipes it with {@link wipeChange}.
   */
  readonly before: ReadonlyMap<string, Uint8Array>;
}

/**
 * Puts two changes together: what stood there before the earlier one is what the later one goes back to.
 *
 * @param intact - Settings of the earlier change that the later one found as they had been written. Others were somebody else's by then.
 * @returns Shares its bytes with both.
 */
export function afterEarlier(now: SectionChange, earlier: SectionChange, intact: ReadonlySet<string>): SectionChange {
  if (intact.size === 0) return now;
  const wrote = new Set(now.wrote);
  const before = new Map(now.before);
  for (const name of intact) {
    const isTakenOutNow = before.has(name) && !wrote.has(name);
    const first = earlier.before.get(name);
    if (first === undefined) before.delete(name);
    else before.set(name, first);
    if (!isTakenOutNow) wrote.add(name);
  }
  for (const [name, bytes] of earlier.before) {
    if (!earlier.wrote.has(name) && !before.has(name)) before.set(name, bytes);
  }
  return { isNew: earlier.isNew, wrote, before };
}

/** Wipes what stood there before. */
export function wipeChange({ before }: SectionChange): void {
  for (const bytes of before.values()) bytes.fill(0);
}
