import type { RecordBody, RecordContext } from '../../main/credentials/descriptor';
import { type KeyPairParts, makeKeyPairBody } from '../../main/credentials/key-pair-parts';

/** What a kind sees of a record that stands by itself. */
export const alone: RecordContext = { nowMs: 0, linked: nothing, exportedPath: nothing };

/** The body of a key pair, some of its parts replaced. */
export function keyPairBody(pkcs8: Uint8Array, changes: Partial<KeyPairParts> = {}): RecordBody {
  const texts = {
    keyName: 'web key',
    region: 'eu-west-1',
    comment: 'me@host',
    notes: 'Nötes\n2',
    origin: 'created',
  } as const;
  return makeKeyPairBody({ pkcs8, ...texts, ...changes });
}

function nothing(): null {
  return null;
}
