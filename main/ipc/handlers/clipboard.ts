import type { Handlers } from '../register';
import type { Services } from '../services';

/** Handlers of the clipboard's countdown. */
export function clipboardHandlers({
  clipboard,
}: Pick<Services, 'clipboard'>): Pick<Handlers, 'clipboard:state' | 'clipboard:clear'> {
  return {
    'clipboard:state': () => clipboard.status,
    'clipboard:clear': async () => {
      await clipboard.forget();
      return {};
    },
  };
}
