import { type MessageKey, say } from '../../../preload/words/say';
import type { Candidate, ImportProgress } from '../../state/import-batch.svelte';

/** States of candidates, as the list and the line above it call them. */
export const stateWords: Readonly<Record<Candidate['state'], string>> = {
  ready: say('import.ready'),
  held: say('import.held-already'),
  part: say('import.goes-with-another'),
  passphrase: say('import.needs-its-passphrase'),
  refused: say('import.not-taken'),
};

const countWords = {
  ready: 'import.count-ready',
  passphrase: 'import.count-passphrase',
  part: 'import.count-part',
  held: 'import.count-held',
  refused: 'import.count-refused',
} as const satisfies Readonly<Record<Candidate['state'], MessageKey>>;

/** What protects a candidate in its file; empty if that is not worth a word. */
export function protectionWords({ protection }: Candidate): string {
  if (protection === '') return '';
  if (protection === 'passphrase-no-mac') return say('import.protected-not-against-changes');
  return protection === 'passphrase' ? say('import.protected') : say('import.not-protected');
}

/** Such as `12 found: 8 ready, 4 held.` */
export function countsOf(candidates: readonly Candidate[]): string {
  const states = Object.keys(countWords) as Candidate['state'][];
  const counts = states.flatMap((state) => {
    const count = candidates.filter((candidate) => candidate.state === state).length;
    return count === 0 ? [] : [say(countWords[state], { count })];
  });
  return say('import.found', { count: candidates.length, counts: counts.join(', ') });
}

/** Most that the main process keeps of one import. */
const mostCandidates = 2000;

/** What is said where there is more than was looked at. */
export function incompleteText(candidates: readonly Candidate[]): string {
  if (candidates.length >= mostCandidates) {
    return say('import.more-than-taken', { most: mostCandidates.toLocaleString('en') });
  }
  return say('import.not-everything');
}

const stepWords = {
  idle: 'import.looking',
  reading: 'import.reading-files',
  comparing: 'import.comparing',
  importing: 'import.importing',
} as const satisfies Readonly<Record<ImportProgress['step'], MessageKey>>;

/** Says what an import is doing; the bar beside it says how far it has come. */
export function progressWords({ step }: ImportProgress): string {
  return say(stepWords[step]);
}
