import { parentPort, workerData } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

const zxcvbn = new ZxcvbnFactory({
  // In UTF-16 units; the rest is not looked at, as `StrengthMeter.assess` says. The work grows faster than the length.
  maxLength: 128,
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: workerData as typeof english.translations,
});

// zxcvbn needs a string, which cannot be wiped; it lives in this thread's heap, which ends with the thread.
parentPort?.on('message', ({ id, password }: { id: number; password: Uint8Array }) => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(password);
  password.fill(0);
  // NFC, as the vault takes it: an accent written as a character of its own adds nothing.
  const { score, crackTimes, feedback } = zxcvbn.check(text.normalize('NFC'));
  parentPort?.postMessage({
    id,
    score,
    crackTime: crackTimes.offlineSlowHashingXPerSecond.display,
    warning: feedback.warning ?? '',
    suggestions: feedback.suggestions,
  });
});
