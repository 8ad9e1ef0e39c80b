import argon2 from 'argon2';
import { concatBytes, lengthPrefixed, uint32 } from '../../../main/crypto/encode';
import { openAesGcm } from '../../../main/crypto/aead';
import { hkdfSha256 } from '../../../main/crypto/hkdf';
import { toSecretKey } from '../../../main/crypto/secret-key';
import { associatedDataOf, label } from '../../../main/vault/format';
import type { Slot } from '../../../main/vault/slot';
import { encodeTyped } from '../../../main/vault/ways/factors';
import { collide } from '../gcm-collision';
import { RawVault } from '../raw-vault';
import { seededRandom } from '../seeded-random';
import { type Defect, type DefectKit, defectPassword, errors, headerAt, withBody } from './defect';

const otherPassword = 'the second password';

/** Slots and headers that are told only with the key, or not told from a wrong password at all. */
export const keyDefects: readonly Defect[] = [
  {
    name: 'header-forged',
    defect: 'the number of writings of the notes is raised, with a digest that fits: the MAC does not',
    error: errors.header,
    make: (kit) => kit.forgeHeader((body) => void (body[body.length - 17] = 2)),
  },
  {
    name: 'header-older',
    defect: 'header and notes of an earlier commit are put back: they fit each other, but not the pages',
    error: errors.set,
    make: async (kit) => {
      const vault = await kit.vault('a');
      const { header } = vault.snapshot();
      vault.touchHeader();
      kit.write({ ...vault.rows, header });
    },
  },
  {
    name: 'notes-older',
    defect: 'the notes on the ways in are those of an earlier commit',
    error: errors.header,
    derivations: 0,
    make: async (kit) => {
      const vault = await kit.vault('a');
      const { notes } = vault.snapshot().header;
      vault.touchHeader();
      kit.write({ ...vault.rows, header: { ...vault.rows.header, notes } });
    },
  },
  {
    name: 'slot-of-another-vault',
    defect: 'the slot of another vault with the same password stands in the header',
    error: errors.notOpen,
    make: async (kit) => {
      const other = await kit.vault('b');
      await kit.forgeHeader((body) => {
        Buffer.from(other.rows.header.body).copy(body, headerAt.slotKind, headerAt.slotKind, headerAt.slotKind + 155);
      });
    },
  },
  {
    name: 'header-of-another-vault',
    defect: 'header and notes of another vault with the same password: it opens, and the pages do not belong to it',
    error: errors.tag,
    make: async (kit) => {
      const other = await kit.vault('b');
      kit.write({ ...(await kit.vault('a')).rows, header: other.rows.header });
    },
  },
  {
    name: 'epoch-changed',
    defect: 'the header says that it is of another epoch',
    error: errors.notOpen,
    make: (kit) => kit.forgeHeader((body) => void (body[26] = 2)),
  },
  {
    name: 'factor-taken-away',
    defect: 'the slot no longer asks for a code, and the table is gone: the password alone does not open it',
    error: errors.notOpen,
    make: async (kit) => {
      const { rows } = await kit.vaultWithCodes();
      const header = withBody(rows, (body) => {
        body[headerAt.slotFactors] = 0;
        return Buffer.concat([body.subarray(0, 183), Buffer.of(0), body.subarray(body.length - 24)]);
      });
      kit.write({ ...rows, header, days: [] });
    },
  },
  {
    name: 'two-key-collision',
    defect: 'the wrap opens under the keys of two passwords; the slot commits to the key of the other',
    password: otherPassword,
    error: errors.notOpen,
    make: makeCollision,
  },
];

async function makeCollision(kit: DefectKit): Promise<void> {
  const random = seededRandom('coffer defective vault collision');
  const identity = { vaultId: random(16), epoch: 1 };
  const [id, salt, nonce] = [random(16), random(32), random(12)];
  const derive = async (password: string) => {
    const typed = encodeTyped({ kind: 'password', password: new TextEncoder().encode(password), target: null });
    const stretched = await argon2.hash(Buffer.from(typed), {
      ...{ raw: true, type: argon2.argon2id, memoryCost: 64 * 1024, timeCost: 2, parallelism: 1, hashLength: 32 },
      salt: Buffer.from(salt),
    });
    return hkdfSha256(stretched, {
      salt: concatBytes([identity.vaultId, id]),
      info: lengthPrefixed([label('slot'), uint32(identity.epoch), Uint8Array.of(1, 0)]),
      lengthBytes: 64,
    });
  };
  const [one, two] = [await derive(defectPassword), await derive(otherPassword)];
  const place = associatedDataOf({ ...identity, table: 'slot', rowId: id, field: 'vault-key', revision: 0 });
  const wrapped = collide([one.subarray(0, 32), two.subarray(0, 32)], nonce, place, random(16));
  const open = (okm: Uint8Array) => openAesGcm(toSecretKey(okm.subarray(0, 32)), nonce, wrapped, place);
  open(two); // throws if the collision is none
  const costs = { memoryKiB: 64 * 1024, timeCost: 2, parallelism: 1 };
  const slot: Slot = {
    ...{ kind: 'password', factors: [], id, costs, salt, nonce, wrapped, securityKey: null },
    commitment: one.slice(32),
  };
  kit.write(new RawVault({ vaultKey: open(one), identity, slots: [slot], codes: null, random }).rows);
}
