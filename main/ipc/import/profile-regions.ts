import { readSections, valueText } from '../../files/profile-lines';
import { asBuffer } from '../../keys/bytes';
import { takenRegion } from './access-key-entry';
import type { Candidate } from './candidate';
import { maxProfileBytes, maxProfiles } from './tables';

/** The Region that a file of settings has for a profile. */
export interface ProfileRegion {
  readonly folder: string;
  readonly profile: string;
  readonly region: string;
}

/**
 * The Regions in a config file of AWS's programs: they stand there, and the keys of the same profiles in another file.
 *
 * @param bytes - Of any file; not changed.
 */
export function profileRegionsIn(bytes: Uint8Array, folder: string): ProfileRegion[] {
  if (bytes.length > maxProfileBytes || !asBuffer(bytes).includes('region')) return [];
  const sections = readSections(bytes).slice(0, maxProfiles);
  return sections.flatMap(({ header, options }) => {
    const profile = header === 'default' ? header : /^profile\s+(.*\S)/.exec(header)?.[1];
    const option = options.find(({ name }) => name === 'region');
    if (profile === undefined || option === undefined) return [];
    return [{ folder, profile, region: valueText(bytes, option) }];
  });
}

/** Gives the keys of profiles without a Region the one that a config file of the same import has: one beside them first. */
export function giveRegions(candidates: readonly Candidate[], regions: readonly ProfileRegion[]): void {
  if (regions.length === 0) return;
  for (const candidate of candidates) {
    const { found, folder, recordId } = candidate;
    if (recordId !== null || found?.type !== 'access-key' || found.profile === '' || found.region + found.note !== '')
      continue;
    const known = regions.filter(({ profile, region }) => profile === found.profile && region !== '');
    const one = known.find((other) => other.folder === folder) ?? known[0];
    if (one !== undefined) candidate.found = { ...found, ...takenRegion(one.region) };
  }
}
