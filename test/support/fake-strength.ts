import type { Services } from '../../main/ipc/services';

/** In place of zxcvbn, which runs in a thread of the built app: a password is weak if it says so. */
export function fakeStrength() {
  let failure: Error | null = null;
  const strength: Services['strength'] = {
    assess: (password) => {
      const score = Buffer.from(password).includes('weak') ? 0 : 4;
      return failure === null
        ? Promise.resolve({ score, isLongEnough: true, crackTime: '3 hours', warning: '', suggestions: [] })
        : Promise.reject(failure);
    },
    stop: () => Promise.resolve(),
  };
  const breakStrength = (error: Error) => (failure = error);
  return { strength, breakStrength };
}
