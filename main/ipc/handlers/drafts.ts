import type { DraftKeeper } from '../draft-keeper';
import type { Handlers } from '../register';

/** Handlers of forms that are not saved yet. */
export function draftHandlers(drafts: DraftKeeper): Pick<Handlers, Extract<keyof Handlers, `draft:${string}`>> {
  return {
    'draft:keep': ({ secrets, ...form }) => {
      drafts.keep(form, secrets);
      return {};
    },
    'draft:drop': () => {
      drafts.drop();
      return {};
    },
    'draft:list': () => drafts.list(),
    'draft:open': ({ id }) => drafts.open(id),
    'draft:discard': ({ id }) => {
      drafts.discard(id);
      return {};
    },
  };
}
