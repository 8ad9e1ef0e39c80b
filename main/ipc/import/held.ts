import type { RecordBody } from '../../credentials/descriptor';
import { completeKeyPairBody } from '../../credentials/key-pair-parts';
import { kindOf } from '../../credentials/kinds';
import { areEqual } from '../../keys/bytes';
import type { RecordId } from '../../vault/record-set';
import type { Records } from '../records';
import type { Found } from './found';

/** What the vault has of a credential already. */
export type Held =
  | { readonly state: 'new' }
  /** The same one. `hasOtherSecret`: under this name another secret is kept, such as an older password. */
  | { readonly state: 'held'; readonly title: string; readonly hasOtherSecret: boolean }
  /** Only its public key is there. */
  | { readonly state: 'public-only'; readonly id: RecordId; readonly title: string };

/**
 * Looks whether the vault has a credential, outside the trash.
 *
 * @param records - Of the unlocked vault.
 * @param found - Not changed.
 * @param made - The record that would be made of it.
 */
export function heldOf(
  records: Records,
  found: Found,
  made: { readonly kind: string; readonly body: RecordBody },
): Held {
  const identities = kindOf(made.kind)?.identitiesOf(made.body) ?? [];
  const [same] = records.withIdentities(identities.flatMap(wider));
  if (same !== undefined) {
    return { state: 'held', title: same.overview.title, hasOtherSecret: hasOtherSecret(records, same.id, made.body) };
  }
  if (found.type !== 'private-key') return { state: 'new' };
  const [half] = records.withIdentities(identities.map((identity) => identity.replace(/^key:/, 'public-key:')));
  return half === undefined ? { state: 'new' } : { state: 'public-only', id: half.id, title: half.overview.title };
}

/** Puts a private key into the record that has its public key; what was there before is kept as a version. */
export function completeKeyPair(records: Records, id: RecordId, found: Extract<Found, { type: 'private-key' }>): void {
  let made: RecordBody = new Map();
  try {
    records.change(id, (body) => {
      made = completeKeyPairBody(body, found);
      return made;
    });
  } finally {
    made.get('privateKey')?.fill(0);
  }
}

/** A public key is held, too, where the whole pair is. */
function wider(identity: string): string[] {
  return identity.startsWith('public-key:') ? [identity, identity.replace('public-key:', 'key:')] : [identity];
}

function hasOtherSecret(records: Records, id: RecordId, made: RecordBody): boolean {
  return records.withBody(id, ({ body, kind }) =>
    kind.secretsOf(made).some((name) => {
      const [kept, fresh] = [body.get(name), made.get(name)];
      return fresh !== undefined && (kept === undefined || !areEqual(kept, fresh));
    }),
  );
}
