import Database from 'better-sqlite3';
import { sha256 } from '../../../main/crypto/mac';
import { label } from '../../../main/vault/format';
import { hexOf } from '../../../main/vault/ways/ways-in';
import { type RawRows, type RawVault, makeRawVault, writeRaw } from '../raw-vault';

/** Password of every defective vault, unless its JSON names another. */
export const defectPassword = 'correct horse battery';

/** What stands in the JSON beside a defective vault. */
export interface DefectExpectation {
  readonly defect: string;
  readonly password: string;
  /** The slot's id, and six digits, for a vault with codes; null without. */
  readonly slot: string | null;
  readonly code: string | null;
  /** When it shows: at unlock, when a record is opened, or in the check of all records after unlock. */
  readonly showsAt: 'unlock' | 'read' | 'check';
  /** The error's code, and a part of its message. */
  readonly error: { readonly code: string; readonly message: string };
  /** How many times Argon2id may be run before it is refused. */
  readonly derivations: number;
}

/** A vault with one defect. */
export interface Defect extends Partial<Omit<DefectExpectation, 'code' | 'slot'>> {
  readonly name: string;
  readonly defect: string;
  readonly error: DefectExpectation['error'];
  readonly hasCodes?: boolean;
  /** Writes the file, and what is to stand beside it. */
  readonly make: (kit: DefectKit) => Promise<void> | void;
}

const damaged = 'vault-damaged';
/** Errors that many defects give. */
export const errors = {
  file: { code: damaged, message: 'the file is damaged' },
  header: { code: damaged, message: 'header: damaged' },
  costs: { code: damaged, message: 'slot: its costs are outside' },
  slot: { code: damaged, message: 'slot: not one of format 1' },
  layout: { code: damaged, message: 'does not have the layout of format 1' },
  codes: { code: damaged, message: 'table for codes: damaged' },
  set: { code: damaged, message: 'the set is not the one last saved' },
  record: { code: damaged, message: 'its sealed part is not the one last saved' },
  tag: { code: damaged, message: 'the tag check failed' },
  notOpen: { code: 'wrong-password', message: 'open this vault' },
};

/** Offsets in a header body with one slot. */
export const headerAt = {
  format: 6,
  slotCount: 27,
  slotKind: 28,
  slotFactors: 29,
  memory: 46,
  passes: 50,
  lanes: 54,
  saltLength: 58,
};

/** What a defect is made with. */
export class DefectKit {
  readonly file: string;
  #slotWithCodes: string | null = null;

  constructor(file: string) {
    this.file = file;
  }

  /** A vault with one defect is made of a sound one: `a`, or `b`, another vault with the same password. */
  vault(seed: 'a' | 'b'): Promise<RawVault> {
    return makeRawVault(seed, defectPassword);
  }

  /** A sound vault that asks for a code. */
  async vaultWithCodes(): Promise<RawVault> {
    const vault = await makeRawVault('codes', defectPassword, { hasCodes: true });
    this.#slotWithCodes = hexOf(vault.slots[0]!.id);
    return vault;
  }

  /** The slot of the vault with codes; null if none was made. */
  get slotWithCodes(): string | null {
    return this.#slotWithCodes;
  }

  /** Writes rows. */
  write(rows: RawRows): void {
    writeRaw(this.file, rows);
  }

  /** Writes vault `a` and then runs SQL on it, as anybody can who has the file. */
  async change(...statements: readonly string[]): Promise<void> {
    this.write((await this.vault('a')).rows);
    this.run(...statements);
  }

  /** Runs SQL on the written file. */
  run(...statements: readonly string[]): void {
    const db = new Database(this.file);
    db.unsafeMode(true);
    for (const statement of statements) db.exec(statement);
    db.close();
  }

  /** Writes vault `a` with its header body changed, and a digest that fits again: that takes no key. */
  async forgeHeader(change: (body: Buffer) => Buffer | undefined, of?: RawVault): Promise<void> {
    const { rows } = of ?? (await this.vault('a'));
    this.write({ ...rows, header: withBody(rows, change) });
  }
}

/** A header row with a changed body and the digest of that; MAC and notes stay. */
export function withBody({ header }: RawRows, change: (body: Buffer) => Buffer | undefined): RawRows['header'] {
  const copy = Buffer.from(header.body);
  const body = change(copy) ?? copy;
  return { ...header, body, digest: sha256([label('header-digest'), body]) };
}
