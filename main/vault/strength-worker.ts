import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

/** Answer to one password; see `PasswordStrength` in strength.ts. */
const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
});

// zxcvbn needs a string, which cannot be wiped; it lives in this thread's heap, which ends with the thread.
parentPort?.on('message', ({ id, password }: { id: number; password: Uint8Array }) => {
  const text = new TextDecoder().decode(password);
  password.fill(0);
  const { score, crackTimes, feedback } = zxcvbn.check(text);
  parentPort?.postMessage({
    id,
    score,
    crackTime: crackTimes.offlineSlowHashingXPerSecond.display,
    warning: feedback.warning ?? '',
    suggestions: feedback.suggestions,
  });
});
