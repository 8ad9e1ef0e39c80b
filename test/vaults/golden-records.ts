import type { RandomBytes } from '../../main/crypto/random';
import { decodeBody, encodeBody, encodeText } from '../../main/credentials/body';
import type { RecordBody } from '../../main/credentials/descriptor';
import { keyPairKind } from '../../main/credentials/key-pair';
import { makeKeyPairBody } from '../../main/credentials/key-pair-parts';
import { type Overview, decodeOverview, encodeOverview } from '../../main/credentials/overview';
import type { Vault } from '../../main/vault/vault';
import type { GoldenRecord } from './golden-secrets';

/** Times that the golden vaults know: a Tuesday, and steps from it. */
export const goldenTimeMs = Date.UTC(2026, 2, 3, 9, 26, 53);
const dayMs = 24 * 60 * 60 * 1000;

/** Saves a key pair, settings, a record of a kind that no version knows, and one in the trash with a title that is no Unicode text. */
export function saveGoldenRecords(vault: Vault, random: RandomBytes): void {
  const seed = random(32);
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const texts = { keyName: 'deploy-eu', region: 'eu-central-1', comment: 'deploy@example.com', notes: 'Zürich, 雪' };
  const keyPair = makeKeyPairBody({ pkcs8, ...texts, origin: 'imported' });
  const known = {
    createdAtMs: goldenTimeMs,
    updatedAtMs: goldenTimeMs + 1000,
    trashedAtMs: null,
    links: {},
    marks: [],
    unknownMembers: {},
  };
  save(vault, keyPair, {
    ...known,
    ...{ kind: 'key-pair', title: 'Deploy Zürich 🔑', tags: ['aws', 'prod é'], isFavourite: true },
    subtitle: keyPairKind.subtitleOf(keyPair),
  });
  save(vault, new Map([['content', encodeText('{"lockAfterMinutes":5,"hideRevealedAfterSeconds":30}')]]), {
    ...known,
    ...{ kind: 'settings', title: '', tags: [], isFavourite: false, subtitle: '' },
  });
  save(vault, new Map([['pin', random(40)]]), {
    ...known,
    ...{ kind: 'smart-card-of-later', title: '', tags: [], isFavourite: false, subtitle: 'kept as it is' },
    unknownMembers: { colour: 'green', order: [1, 2.5, null] },
  });
  save(
    vault,
    new Map([
      ['notes', encodeText('half \ud83d of a pair')],
      ['long', random(1500)],
    ]),
    {
      ...known,
      ...{ kind: 'note-of-later', title: 'half \ud83d of a pair', tags: ['x'], isFavourite: false, subtitle: '' },
      trashedAtMs: goldenTimeMs + dayMs,
    },
  );
}

function save(vault: Vault, body: RecordBody, overview: Overview): void {
  vault.save({ id: null, overview: encodeOverview(overview), body: encodeBody(body) });
}

/** All records as the product reads them, sorted by id. */
export function readRecords(vault: Vault): GoldenRecord[] {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return [...vault.overviews()]
    .map(({ id, overview }) => {
      const fields = [...decodeBody(vault.openBody(id))].map(([name, value]) => [name, hex(value)] as const);
      // None of them has links or marks: left out of the file, they come back empty.
      const { links, marks, ...rest } = decodeOverview(overview);
      if (Object.keys(links).length + marks.length > 0) throw new Error('golden records have neither links nor marks');
      return { id, ...rest, fields };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
