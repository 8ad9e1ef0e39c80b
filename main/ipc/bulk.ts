import { say } from '../../preload/words/say';
import type { ParsedRequestOf, ResponseOf } from '../../preload/contract';
import { CofferError } from '../errors';
import type { Records } from './records';

type Action = ParsedRequestOf<'record:bulk'>['action'];
type Retagged = ParsedRequestOf<'record:put-tags-back'>['items'][number];

/** What is about one record alone; after any other failure the rest would fail as well. */
const itemCodes: readonly CofferError['code'][] = ['bad-request', 'not-found'];

/**
 * Takes one step with many records.
 *
 * @returns With the tags that each record had and has, where the step changed them.
 */
export function runBulk(records: Records, ids: readonly string[], action: Action): ResponseOf<'record:bulk'> {
  const retagged: Retagged[] = [];
  const outcome = takeEach(ids, (id) => {
    if (action.type === 'purge') records.purge(id);
    else if (action.type !== 'tag') records.setTrashed(id, action.type === 'trash');
    else {
      const { add, remove } = action;
      const changed = records.retag(id, (tags) =>
        [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag)),
      );
      if (changed !== null) retagged.push({ id, ...changed });
    }
  });
  return { ...outcome, retagged };
}

/** Gives records exactly the tags of before; one that has got others since refuses, as these would be lost. */
export function putTagsBack(records: Records, items: readonly Retagged[]): ResponseOf<'record:put-tags-back'> {
  return takeEach(items, ({ id, before, after }) => {
    records.retag(id, (tags) => {
      const isAsLeft = tags.length === after.length && tags.every((tag, place) => tag === after[place]);
      if (!isAsLeft) throw new CofferError('bad-request', say('main-records.tags-changed-since'));
      return before;
    });
  });
}

function takeEach<T>(all: readonly T[], step: (one: T) => void): ResponseOf<'record:put-tags-back'> {
  let done = 0;
  let reason = '';
  for (const one of all) {
    try {
      step(one);
      done += 1;
    } catch (error) {
      if (!(error instanceof CofferError)) throw error;
      reason ||= error.message;
      if (!itemCodes.includes(error.code))
        return { done, refused: all.length - done, reason: error.message, isOver: true };
    }
  }
  return { done, refused: all.length - done, reason, isOver: false };
}
