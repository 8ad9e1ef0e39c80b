import type { Vault } from '../../main/vault/vault';
import { bytesOf, password } from '../support/small-vault';

/** Stands in every title and body: must be in no file. */
export const canary = 'plaintext-canary';

/** What a vault holds: what opens it, and the body of each record by its title. */
export interface VaultState {
  readonly password: string;
  readonly records: ReadonlyMap<string, string>;
}

/** Null: there is no vault. */
export type State = VaultState | null;

/** Title and body of a record that is saved after a failure, to see whether the vault goes on. */
export const probeTitle = `${canary} probe`;

/** A vault with so many records, beginning with `record 1`. */
export function stateOf(count: number): VaultState {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  return { password, records: new Map(numbers.map((n) => [titleOf(n), bodyOf(n)])) };
}

/** Title of a record. */
export const titleOf = (n: number) => `${canary} record ${n}`;

/** Body of a record, and of its versions; of different lengths, up to some 20 KiB. */
export const bodyOf = (n: number, version = 1) => `${canary} body ${n}.${version} `.repeat(1 + ((n * 37) % 800));

/** The same state with a record added or changed; with null it goes. */
export function withRecord(state: VaultState, title: string, body: string | null): VaultState {
  const records = new Map(state.records);
  if (body === null) records.delete(title);
  else records.set(title, body);
  return { ...state, records };
}

/** Saves a record by its title, or removes it if the body is null. */
export function put(vault: Vault, title: string, body: string | null): void {
  const found = [...vault.overviews()].find(({ overview }) => textOf(overview) === title);
  if (body !== null) vault.save({ id: found?.id ?? null, overview: bytesOf(title), body: bytesOf(body) });
  else if (found !== undefined) vault.remove(found.id);
}

/** Reads every record, and has all of them checked. */
export function readState(vault: Vault, typed: string): VaultState {
  const records = new Map(
    [...vault.overviews()].map(({ id, overview }) => [textOf(overview), textOf(vault.openBody(id))]),
  );
  const checked = [...vault.checkBodies()].length;
  if (checked !== records.size) throw new Error(`${checked} records were checked, and ${records.size} are there`);
  return { password: typed, records };
}

/** Whether two states are the same. */
export function isSame(a: State, b: State): boolean {
  if (a === null || b === null) return a === b;
  const isSameRecords =
    a.records.size === b.records.size && [...a.records].every(([title, body]) => b.records.get(title) === body);
  return a.password === b.password && isSameRecords;
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
