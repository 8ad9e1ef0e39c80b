import { statusOf } from '../app-status';
import type { Handlers } from '../register';
import type { Services } from '../services';

/** Handlers of what works with or without an unlocked vault. */
export function appHandlers({
  session,
  backups,
  preferences,
  applyTheme,
  facts,
}: Services): Pick<Handlers, 'app:status' | 'app:set-theme'> {
  return {
    'app:status': () =>
      statusOf({
        state: session.state,
        restoring: backups.restoring,
        file: session.file,
        theme: preferences.current.theme,
        recentVaults: preferences.current.recentVaults,
        ...facts,
      }),
    'app:set-theme': async ({ theme }) => {
      applyTheme(theme);
      await preferences.update({ theme });
      return {};
    },
  };
}
