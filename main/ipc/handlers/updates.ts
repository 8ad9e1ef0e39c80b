import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import type { Handlers } from '../register';
import type { Services } from '../services';

/** Handlers of the check for updates. */
export function updateHandlers({ updates }: Services): Pick<Handlers, 'update:status' | 'update:set'> {
  const status = () => {
    const { isPossible, isOnSinceStart, choice, check, pageUrl } = updates;
    const isOn = isPossible && choice.current.isOn;
    return { isPossible, isOn, isRestartDue: isOn !== isOnSinceStart, newVersion: check.newVersion, pageUrl };
  };
  return {
    'update:status': status,
    'update:set': async ({ isOn }) => {
      if (!updates.isPossible)
        throw new CofferError('not-supported', say('main-records.updates-there-is-nobody-to-ask'));
      await updates.choice.update({ isOn });
      return status();
    },
  };
}
