import type { Channel, ParsedRequestOf, ResponseOf } from '../../preload/contract';
import type { Activity, Noted } from './activity';
import type { Handler, Handlers } from './register';

type Use = Omit<Noted, 'title'>;
type Uses = { readonly [C in Channel]?: (request: ParsedRequestOf<C>, answer: ResponseOf<C>) => readonly Use[] };

const use = (what: Noted['what'], recordId: string, detail = ''): readonly Use[] => [{ what, recordId, detail }];

/** Of an import of more, only their number is noted: it must not push everything else out of the list. */
const mostNotedEach = 20;

/** What is noted of the requests of pages, once they were done. */
const uses: Uses = {
  'record:copy': ({ id, field }) => use('copied', id, field),
  'record:reveal': ({ id, field }) => use('revealed', id, field),
  'record:reveal-version': ({ id, field }) => use('revealed', id, field),
  'sign-in:copy-code': ({ id }) => use('copied', id, 'code'),
  'sign-in:reveal-old-password': ({ id }) => use('revealed', id, 'password'),
  'export:run': ({ id, format }, { outcome }) => {
    if (outcome === 'cancelled') return [];
    return use(outcome === 'copied' ? 'copied' : 'exported', id, format);
  },
  'drag:start': (_, { files }) => files.flatMap(({ recordId, format }) => use('exported', recordId, format)),
  'import:run': (_, { imported }) =>
    imported.length > mostNotedEach
      ? use('imported', '', String(imported.length))
      : imported.flatMap(({ recordId }) => use('imported', recordId)),
  'vault:unlock': () => use('unlocked', ''),
};

/**
 * Handlers that note what they did: the one place where requests of pages become events. Nothing is noted of what failed.
 *
 * @param titleOf - Of a record; empty if it is gone.
 */
export function notingUses(handlers: Handlers, activity: Activity, titleOf: (id: string) => string): Handlers {
  const noting = <C extends Channel>(channel: C): Handler<C> => {
    const usesOf = uses[channel] as
      ((request: ParsedRequestOf<C>, answer: ResponseOf<C>) => readonly Use[]) | undefined;
    const handler = handlers[channel] as Handler<C>;
    if (usesOf === undefined) return handler;
    return async (request) => {
      const answer = await handler(request);
      for (const each of usesOf(request, answer)) activity.note({ ...each, title: titleOf(each.recordId) });
      return answer;
    };
  };
  const channels = Object.keys(handlers) as Channel[];
  return Object.fromEntries(channels.map((channel) => [channel, noting(channel)])) as unknown as Handlers;
}
