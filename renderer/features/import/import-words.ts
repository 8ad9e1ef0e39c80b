import type { Candidate } from '../../state/import-batch.svelte';

/** States of candidates, as the list and the line above it call them. */
export const stateWords: Readonly<Record<Candidate['state'], string>> = {
  ready: 'Ready',
  held: 'Held already',
  part: 'Goes with another',
  passphrase: 'Needs its passphrase',
  refused: 'Not taken',
};

const countWords: Readonly<Record<Candidate['state'], string>> = {
  ready: 'ready',
  passphrase: 'behind a passphrase',
  part: 'going with another',
  held: 'held',
  refused: 'not taken',
};

/** What protects a candidate in its file; empty if that is not worth a word. */
export function protectionWords({ protection }: Candidate): string {
  if (protection === '') return '';
  if (protection === 'passphrase-no-mac') return 'protected by a passphrase, but not against changes';
  return protection === 'passphrase' ? 'protected by a passphrase' : 'not protected';
}

/** Such as `12 found: 8 ready, 4 held.` */
export function countsOf(candidates: readonly Candidate[]): string {
  const states = Object.keys(countWords) as Candidate['state'][];
  const counts = states.flatMap((state) => {
    const count = candidates.filter((candidate) => candidate.state === state).length;
    return count === 0 ? [] : [`${count} ${countWords[state]}`];
  });
  return `${candidates.length} found: ${counts.join(', ')}.`;
}

/** Most that the main process keeps of one import. */
const mostCandidates = 2000;

/** What is said where there is more than was looked at. */
export function incompleteText(candidates: readonly Candidate[]): string {
  if (candidates.length >= mostCandidates) {
    return (
      `There is more in these files: Coffer takes ${mostCandidates.toLocaleString('en')} at a time, and the rest is not shown here. ` +
      'Import these, then open what is missing by itself.'
    );
  }
  return (
    'Not everything was looked at: there is more in these places than Coffer goes through, or they may not be read. ' +
    'Open the files that you miss here.'
  );
}
