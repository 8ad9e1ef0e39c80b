import { setImmediate as nextTurn } from 'node:timers/promises';
import { say } from '../../../preload/words/say';
import { compareKeyPairs, type HeldKeyPair } from '../../credentials/compare-key-pairs';
import { hasPrivateKey, privateKeyOf, rsaBitsOf } from '../../credentials/key-pair-parts';
import { recordsOfKinds } from '../../credentials/marks';
import { textOf } from '../../credentials/plain-kind';
import { withPassword } from '../../credentials/windows-password';
import { CofferError } from '../../errors';
import { readBoundedFile } from '../../files/read-file';
import { parseKeyPairList, parsePasswordData } from '../../keys/aws-json';
import { copyBytes } from '../../keys/bytes';
import { type CandidateKey, decodePasswordData, openWindowsPassword } from '../../keys/windows-password';
import type { RecordId } from '../../vault/record-set';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { keepOffVault, requireStillOpen } from '../vault-guard';

const maxJsonFileBytes = 4 * 1024 * 1024;
/** Some 5 ms. */
const opensAtOnce = 100;

/** Handlers that decrypt Windows passwords, and compare EC2's key pairs with the vault's. */
export function windowsPasswordHandlers(
  records: Records,
  services: Services,
): Pick<Handlers, 'windows-password:decrypt' | 'key-pair:compare'> {
  const { session, announceRecords } = services;

  return {
    'windows-password:decrypt': async ({ id, pasted }) => {
      const data = pasted ?? (await pickFile(services, say('main-windows-password.open-password-data')));
      if (data === null) return null;
      const answer = parsePasswordData(data);
      const { keyPair, instanceId } = records.withBody(id, ({ overview, body }, context) => {
        if (overview.kind !== 'windows-password')
          throw new CofferError('bad-request', say('main-windows-password.item-expected-a-windows-password'));
        if (textOf(body, 'keyPair') !== '' && context.linked('keyPair') === null) throw goneKey();
        return { keyPair: textOf(body, 'keyPair'), instanceId: textOf(body, 'instanceId') };
      });
      if (instanceId !== '' && answer !== null && answer.instanceId !== '' && answer.instanceId !== instanceId) {
        throw new CofferError('bad-request', say('main-windows-password.password-data-it-is-of-another-instance-than'));
      }
      const sealed = decodePasswordData(answer === null ? data : new TextEncoder().encode(answer.passwordData));
      const opened = await openWindowsPassword(sealed, candidates(services, records, keyPair));
      if (opened === null) throw wrongKey(keyPair !== '');
      const { password, keyId } = opened;
      let kept: Uint8Array | undefined;
      try {
        return records.change(id, (body) => {
          const changed = withPassword(body, { password, keyPairId: keyId, instanceId: answer?.instanceId ?? '' });
          kept = changed.get('password');
          return changed;
        });
      } finally {
        password.fill(0);
        kept?.fill(0);
        announceRecords();
      }
    },
    'key-pair:compare': async ({ pasted }) => {
      const json = pasted ?? (await pickFile(services, say('main-windows-password.open-a-list-of-key-pairs')));
      if (json === null) return null;
      const rows = compareKeyPairs(parseKeyPairList(json), await heldKeyPairs(services, records));
      return {
        rows: rows.map(({ held, ...listed }) => ({
          ...listed,
          held: held.map(({ id, title, hasPrivateKey: has }) => ({ id, title, hasPrivateKey: has })),
        })),
      };
    },
  };

  /** Null if the user closed the dialog. */
  async function pickFile({ dialogs, folders }: Services, title: string): Promise<Uint8Array | null> {
    const { vault } = session;
    const file = await dialogs.askForFile({
      title,
      buttonLabel: say('main-windows-password.open'),
      suggestedPath: folders.home,
    });
    if (file === null) return null;
    requireStillOpen(session, vault);
    keepOffVault(session, file);
    return readBoundedFile(file, maxJsonFileBytes, say('main-windows-password.file'));
  }
}

/** RSA keys that might open a password, one at a time: each is wiped before the next is opened. */
function* candidates({ session }: Services, records: Records, keyPair: RecordId): Generator<CandidateKey> {
  const ids = keyPair === '' ? keyPairIds(session.vault) : [keyPair];
  for (const id of ids) {
    const pkcs8 = records.withBody(id, ({ body }) =>
      hasPrivateKey(body) && rsaBitsOf(body) !== null ? copyBytes(privateKeyOf(body)) : null,
    );
    if (pkcs8 === null) continue;
    try {
      yield { id, pkcs8 };
    } finally {
      pkcs8.fill(0);
    }
  }
}

/** Gives way every now and then: a record takes some 0.05 ms to open, and there may be a hundred thousand. */
async function heldKeyPairs({ session }: Services, records: Records): Promise<HeldKeyPair[]> {
  const held: HeldKeyPair[] = [];
  for (const id of keyPairIds(session.vault)) {
    if (held.length % opensAtOnce === opensAtOnce - 1) await nextTurn();
    const keyPair = records.withBody(id, ({ overview, body }) => ({
      id,
      title: overview.title,
      hasPrivateKey: hasPrivateKey(body),
      fingerprints: ['awsCreated', 'awsImported', 'awsFingerprint'].map((name) => textOf(body, name)),
    }));
    held.push(keyPair);
  }
  return held;
}

function keyPairIds({ table }: Services['session']['vault']): RecordId[] {
  return recordsOfKinds(table, ['key-pair'])
    .filter(({ overview }) => overview.trashedAtMs === null)
    .map(({ id }) => id);
}

function wrongKey(isChosen: boolean): CofferError {
  return new CofferError(
    'bad-key',
    isChosen
      ? say('main-windows-password.key-pair-the-chosen-one-does-not-open')
      : say('main-windows-password.key-pair-none-of-this-vault-opens-this'),
  );
}

function goneKey(): CofferError {
  return new CofferError('bad-request', say('main-windows-password.key-pair-the-chosen-one-is-in-the'));
}
