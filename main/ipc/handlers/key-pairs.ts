import path from 'node:path';
import type { ParsedRequestOf, ResponseOf } from '../../../preload/contract';
import type { RecordBody } from '../../credentials/descriptor';
import {
  type KeyPairParts,
  checkKeyPairTexts,
  makeKeyPairBody,
  makePublicKeyPairBody,
} from '../../credentials/key-pair-parts';
import { CofferError } from '../../errors';
import { readBoundedFile } from '../../files/read-file';
import { generateKeyPair } from '../../keys/generate';
import { readPrivateKey } from '../../keys/import';
import { type ReadPublicKey, readPublicKey } from '../../keys/public-key';
import type { ReadKey } from '../../keys/readers/reader';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';

type KeyPairChannels = Exclude<Extract<keyof Handlers, `key-pair:${string}`>, 'key-pair:compare'>;
type Labels = Omit<ParsedRequestOf<'key-pair:generate'>, 'algorithm'>;

const maxKeyFileBytes = 1024 * 1024;

/** Handlers that generate and import key pairs. */
export function keyPairHandlers(
  records: Records,
  { session, dialogs, folders, announceRecords }: Services,
): Pick<Handlers, KeyPairChannels> {
  let generating: AbortController | null = null;
  let picked: Uint8Array | null = null;
  const dropPicked = () => {
    picked?.fill(0);
    picked = null;
  };
  session.subscribe((event) => {
    if (event !== 'locked') return;
    generating?.abort();
    dropPicked();
  });

  const add = (labels: Labels, pkcs8: Uint8Array, origin: KeyPairParts['origin']): ResponseOf<'record:get'> => {
    const { title: _title, tags: _tags, ...texts } = labels;
    return addBody(labels, makeKeyPairBody({ ...texts, pkcs8, origin }));
  };

  const addPublic = (labels: Labels, publicKey: ReadPublicKey): ResponseOf<'record:get'> => {
    const { title: _title, tags: _tags, ...texts } = labels;
    return addBody(labels, makePublicKeyPairBody({ ...texts, publicKey }));
  };

  const addBody = ({ title, tags }: Labels, body: RecordBody): ResponseOf<'record:get'> => {
    try {
      return records.add({ kind: 'key-pair', title, tags, body });
    } finally {
      for (const value of body.values()) value.fill(0);
      announceRecords();
    }
  };

  return {
    'key-pair:generate': async ({ algorithm, ...labels }) => {
      if (generating !== null)
        throw new CofferError('busy', 'key pair: another one is being generated; wait or cancel it');
      const controller = new AbortController();
      generating = controller;
      try {
        checkLabels(labels);
        const pkcs8 = await generateKeyPair(algorithm, controller.signal);
        try {
          return add(labels, pkcs8, 'created');
        } finally {
          pkcs8.fill(0);
        }
      } finally {
        generating = null;
      }
    },
    'key-pair:cancel': () => {
      generating?.abort();
      return {};
    },
    'key-pair:pick-file': async () => {
      const { vault } = session;
      const file = await dialogs.askForFile({
        title: 'Import a private key',
        buttonLabel: 'Open',
        suggestedPath: folders.home,
      });
      if (file === null) return null;
      requireStillOpen(session, vault);
      keepOffVault(session, file);
      const bytes = readBoundedFile(file, maxKeyFileBytes, 'key file');
      dropPicked();
      picked = bytes;
      return { fileName: path.basename(file) };
    },
    'key-pair:import': async ({ pasted, passphrase, ...labels }) => {
      const source = pasted ?? picked;
      if (source === null) throw new CofferError('bad-request', 'key: pick a file or paste a private key');
      const key = await readEitherKey(source, passphrase);
      const named = { ...labels, comment: labels.comment || key.comment };
      try {
        const detail = 'pkcs8' in key ? add(named, key.pkcs8, 'imported') : addPublic(named, key);
        dropPicked();
        return detail;
      } finally {
        if ('pkcs8' in key) key.pkcs8.fill(0);
      }
    },
  };
}

/** A private key; a public one where there is none. What is neither is refused as a private key is. */
async function readEitherKey(source: Uint8Array, passphrase: Uint8Array | null): Promise<ReadKey | ReadPublicKey> {
  try {
    return await readPrivateKey(source, passphrase);
  } catch (error) {
    if (!(error instanceof CofferError) || error.code !== 'bad-key') throw error;
    const publicKey = readPublicKey(source);
    if (publicKey === null) throw error;
    return publicKey;
  }
}

/** Before a key is made for nothing. */
function checkLabels({ title: _title, tags: _tags, ...texts }: Labels): void {
  checkKeyPairTexts(texts);
}
