import type { Channel, ParsedRequestOf, ResponseOf } from '../../preload/contract';
import type { Activity, Noted } from './activity';
import type { Handler, Handlers } from './register';

type Use = Omit<Noted, 'title' | 'names'> & {
  /** Of many records at once, which are found by their names. */
  readonly recordIds?: readonly string[];
};
type Uses = { readonly [C in Channel]?: (request: ParsedRequestOf<C>, answer: ResponseOf<C>) => readonly Use[] };

const together = { what: 'imported', recordId: '' } as const;
const use = (what: Noted['what'], recordId: string, detail = ''): readonly Use[] => [{ what, recordId, detail }];

/** Of an import of more, their number and their names are noted together: it must not push everything else out of the list. */
const mostNotedEach = 20;
/** Of a larger one the first so many names: there is no room for more. */
const mostNamed = 1000;

/**
 * What is noted of the requests of pages, once they were done. Codes are apart: see {@link codeUses}.
 */
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
      ? [{ ...together, detail: String(imported.length), recordIds: imported.map(({ recordId }) => recordId) }]
      : imported.flatMap(({ recordId }) => use('imported', recordId)),
  'vault:unlock': () => use('unlocked', ''),
  'vault:create': () => use('unlocked', '', 'made'),
  'backup:save-copy': (_, place) => (place === null ? [] : use('exported', '', 'vault-copy')),
  // Whoever has the sheet opens the vault. A page on paper is out of reach, so a print that may have been given up counts, too.
  'sheet:print': () => use('exported', '', 'sheet-print'),
  'sheet:save-pdf': (_, place) => (place === null ? [] : use('exported', '', 'sheet-pdf')),
};

/** A page may be a little late with its question for the next code. */
const lateMs = 10_000;

/** A code that is revealed is asked for anew each time that it ends, as long as it is shown: noted is the first of them. */
function codeUses(): NonNullable<Uses['sign-in:code']> {
  const lastMs = new Map<string, number>();
  return ({ id, device }, { nowMs, periodSeconds }) => {
    const key = `${id}/${device}`;
    const sinceMs = Math.abs(nowMs - (lastMs.get(key) ?? Number.NEGATIVE_INFINITY));
    lastMs.set(key, nowMs);
    return sinceMs <= periodSeconds * 1000 + lateMs ? [] : use('revealed', id, 'code');
  };
}

/**
 * Handlers that note what they did: the one place where requests of pages become events. Nothing is noted of what failed.
 *
 * @param titleOf - Of a record; empty if it is gone.
 */
export function notingUses(handlers: Handlers, activity: Activity, titleOf: (id: string) => string): Handlers {
  const allUses: Uses = { ...uses, 'sign-in:code': codeUses() };
  const noting = <C extends Channel>(channel: C): Handler<C> => {
    const usesOf = allUses[channel] as
      ((request: ParsedRequestOf<C>, answer: ResponseOf<C>) => readonly Use[]) | undefined;
    const handler = handlers[channel] as Handler<C>;
    if (usesOf === undefined) return handler;
    return async (request) => {
      const answer = await handler(request);
      for (const { recordIds = [], ...each } of usesOf(request, answer)) {
        const names = recordIds.slice(0, mostNamed).map(titleOf);
        activity.note({ ...each, title: titleOf(each.recordId), names });
      }
      return answer;
    };
  };
  const channels = Object.keys(handlers) as Channel[];
  return Object.fromEntries(channels.map((channel) => [channel, noting(channel)])) as unknown as Handlers;
}
