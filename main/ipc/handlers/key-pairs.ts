import type { ParsedRequestOf, ResponseOf } from '../../../preload/contract';
import { say } from '../../../preload/words/say';
import { checkKeyPairTexts, makeKeyPairBody } from '../../credentials/key-pair-parts';
import { CofferError } from '../../errors';
import { generateKeyPair } from '../../keys/generate';
import { Cancellable } from '../cancellable';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';

type KeyPairChannels = Exclude<Extract<keyof Handlers, `key-pair:${string}`>, 'key-pair:compare'>;
type Labels = Omit<ParsedRequestOf<'key-pair:generate'>, 'algorithm'>;

/** Handlers that generate key pairs. */
export function keyPairHandlers(
  records: Records,
  { session, announceRecords }: Services,
): Pick<Handlers, KeyPairChannels> {
  const generating = new Cancellable();
  session.subscribe((event) => {
    if (event === 'locked') generating.cancel();
  });

  const add = ({ title, tags, ...texts }: Labels, pkcs8: Uint8Array): ResponseOf<'record:get'> => {
    const body = makeKeyPairBody({ ...texts, pkcs8, origin: 'created' });
    try {
      return records.add({ kind: 'key-pair', title, tags, body });
    } finally {
      for (const value of body.values()) value.fill(0);
      announceRecords();
    }
  };

  return {
    'key-pair:generate': async ({ algorithm, ...labels }) => {
      if (generating.isRunning)
        throw new CofferError('busy', say('main-key-pair.key-pair-another-one-is-being-generated-wait'));
      checkLabels(labels);
      return generating.run(async (signal) => {
        const pkcs8 = await generateKeyPair(algorithm, signal);
        try {
          return add(labels, pkcs8);
        } finally {
          pkcs8.fill(0);
        }
      });
    },
    'key-pair:cancel': () => {
      generating.cancel();
      return {};
    },
  };
}

/** Before a key is made for nothing. */
function checkLabels({ title: _title, tags: _tags, ...texts }: Labels): void {
  checkKeyPairTexts(texts);
}
