import { say } from '../../../preload/words/say';
import {
  beginRotation,
  endRotation,
  nextSteps,
  recordStep,
  requireNoRotation,
  requireSameAccount,
  rotationOf,
} from '../../credentials/access-key-rotation';
import { readAccountId } from '../../credentials/account-rules';
import { encodeText } from '../../credentials/body';
import type { RecordBody } from '../../credentials/descriptor';
import { textOf } from '../../credentials/plain-kind';
import { kindOf } from '../../credentials/kinds';
import { CofferError } from '../../errors';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';

type AccessKeyChannels = Extract<keyof Handlers, `access-key:${string}`>;

/** Longest title that leaves room for what is put behind it. */
const maxTitleLength = 200;

/** Handlers of access keys: the recorded steps from one key to the next. */
export function accessKeyHandlers(
  records: Records,
  { nowMs, announceRecords }: Pick<Services, 'nowMs' | 'announceRecords'>,
): Pick<Handlers, AccessKeyChannels> {
  const change = (id: string, step: (body: RecordBody) => RecordBody) => {
    const detail = records.change(id, (body, { descriptor }) => {
      requireAccessKey(descriptor.kind);
      return step(body);
    });
    announceRecords();
    return detail;
  };
  /** Body of the new key; it takes over whose key it is, and the Region. */
  const newBodyFor = (id: string, accessKeyId: string, secretAccessKey: Uint8Array) =>
    records.withBody(id, ({ overview, kind, body }, { linked }) => {
      requireAccessKey(overview.kind);
      requireNoRotation(body);
      const kept = Object.fromEntries(
        ['account', 'user', 'belongsTo', 'region'].map((name) => [name, textOf(body, name)]),
      );
      const createdOn = new Date(nowMs()).toISOString().slice(0, 10);
      const made = kind.make({ values: { ...kept, accessKeyId, createdOn }, secrets: { secretAccessKey } });
      if (kind.identitiesOf(made).some((identity) => kind.identitiesOf(body).includes(identity))) {
        throw new CofferError('bad-request', say('main-access-key.access-key-id-expected-that-of-the-new'));
      }
      const [oldAccount = '', newAccount = ''] = [body, made].map((key) => kind.copyText(key, 'keyAccount'));
      // An ID of the older form does not tell its account; the item that it is filed under may.
      const filedUnder = readAccountId(linked('account')?.values['accountId'] ?? '');
      requireSameAccount(oldAccount || filedUnder, newAccount);
      const title = `${overview.title.slice(0, maxTitleLength)} (${createdOn})`;
      return { title, tags: overview.tags, body: new Map(made).set('replaces', encodeText(id)) };
    });

  return {
    'access-key:rotation': ({ id }) =>
      records.withBody(id, ({ overview, body }) => {
        requireAccessKey(overview.kind);
        const rotation = rotationOf(body);
        if (rotation === null) return null;
        const { newKey, steps } = rotation;
        return { newKey, newKeyTitle: records.titleOf(newKey), steps: [...steps], next: [...nextSteps(rotation)] };
      }),
    'access-key:begin-rotation': ({ id, accessKeyId, secretAccessKey }) => {
      const { title, tags, body } = newBodyFor(id, accessKeyId, secretAccessKey);
      try {
        requireNew(records, body);
        const { id: newKey } = records.add({ kind: 'access-key', title, tags, body });
        return change(id, (old) => beginRotation(old, newKey, nowMs()));
      } finally {
        for (const value of body.values()) value.fill(0);
      }
    },
    'access-key:record-step': ({ id, step }) => change(id, (body) => recordStep(body, step, nowMs())),
    'access-key:end-rotation': ({ id }) => change(id, endRotation),
  };
}

function requireAccessKey(kind: string): void {
  if (kind !== 'access-key') throw new CofferError('bad-request', say('main-access-key.record-expected-an-access-key'));
}

function requireNew(records: Records, body: RecordBody): void {
  const identities = kindOf('access-key')?.identitiesOf(body) ?? [];
  if (records.withIdentities(identities).length > 0) {
    throw new CofferError('bad-request', say('main-access-key.access-key-id-this-vault-has-a-key'));
  }
}
