import type { Handlers } from '../register';
import type { Services } from '../services';

type ComputerChannels =
  | 'vault:recent'
  | 'vault:choose-recent'
  | 'vault:forget-recent'
  | 'vault:put-recent-back'
  | Extract<keyof Handlers, `computer:${string}` | `about:${string}`>;

/** Handlers of what belongs to this computer rather than to a vault, and of what Coffer is made of. */
export function computerHandlers({
  session,
  recent,
  chooseVault,
  manners,
  about,
  facts,
  copyText,
}: Services): Pick<Handlers, ComputerChannels> {
  return {
    'vault:recent': async () => ({ rows: await recent.list(session.file) }),
    'vault:choose-recent': ({ id }) => {
      chooseVault({ file: recent.fileOf(id), isNew: false });
      return {};
    },
    'vault:forget-recent': async ({ id }) => {
      await recent.forget(id);
      manners.refreshMenu();
      return {};
    },
    'vault:put-recent-back': async ({ id }) => {
      await recent.putBack(id);
      manners.refreshMenu();
      return {};
    },
    'computer:settings': () => ({ ...manners.settings, canStay: manners.canStay }),
    'computer:change': async (settings) => {
      await manners.change(settings);
      return {};
    },
    'about:facts': () => ({ ...about(), isEvaluationRuntime: facts.isEvaluationRuntime }),
    'about:copy-versions': async () => {
      const { coffer, electron, chromium, node, sqlite } = about();
      const runtime = facts.isEvaluationRuntime ? ' (evaluation runtime)' : '';
      const lines = [`Coffer ${coffer}`, `Electron ${electron}${runtime}`, `Chromium ${chromium}`, `Node ${node}`];
      await copyText([...lines, `SQLite ${sqlite}`].join('\n'), { isSecret: false });
      return {};
    },
  };
}
