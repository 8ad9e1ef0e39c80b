import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../../preload/words/say';
import { decodeBody } from '../credentials/body';
import type { CredentialKind, RecordBody } from '../credentials/descriptor';
import { type Overview, decodeOverview } from '../credentials/overview';
import { listedKindAt } from '../credentials/overview-source';
import { foldUser } from '../credentials/user-rules';
import { CofferError } from '../errors';
import { sha256HexOf } from '../keys/fingerprints';
import type { Vault } from '../vault/vault';
import type { ResponseOf } from '../../preload/contract';
import { accountNamesOf } from './record-owners';
import type { Services } from './services';

type Found = ResponseOf<'health:scan'>['findings'][number];
/** A record of the scan, without anything secret. */
type Looked = Pick<Found, 'recordId' | 'kind' | 'title'>;
/** A record that should be the only one of its group in use. */
type LookedSingle = Looked & Pick<Found, 'isUnderWay'> & { readonly sinceMs: number };

type HealthServices = Pick<Services, 'newStrengthMeter' | 'random' | 'nowMs' | 'session'>;

const sliceMs = 4;
const pauseMs = 5;
/** A password below this is one that a thief with some time guesses: zxcvbn's score of 0 to 4. */
const leastScore = 3;
const saltBytes = 32;

/** Looks through all records of the open vault for what should be mended. Nothing of it is kept. */
export class HealthScan {
  readonly #vault: Vault;
  readonly #services: HealthServices;
  /** Its own, since the passwords become strings in its thread: that ends with the scan. */
  readonly #strength: ReturnType<HealthServices['newStrengthMeter']>;
  /** So that equal passwords are found without keeping them: their digests are of use in this scan alone. */
  readonly #salt: Uint8Array;
  readonly #findings: Found[] = [];
  readonly #sameSecret = new Map<string, Looked[]>();
  readonly #singles = new Map<string, LookedSingle[]>();

  constructor(services: HealthServices) {
    this.#services = services;
    this.#vault = services.session.vault;
    this.#strength = services.newStrengthMeter();
    this.#salt = services.random(saltBytes);
  }

  /**
   * Opens the records of kinds that can have findings one after the other, in slices.
   *
   * @throws CofferError `vault-locked` if it is locked meanwhile.
   */
  async run(): Promise<Found[]> {
    try {
      await this.#lookAtAll();
    } finally {
      this.#salt.fill(0);
      await this.#strength.stop();
    }
    this.#compare();
    return this.#findings;
  }

  async #lookAtAll(): Promise<void> {
    const { table } = this.#vault;
    let endAtMs = performance.now() + sliceMs;
    for (let handle = 0; handle < table.handleLimit; handle++) {
      if (performance.now() >= endAtMs) {
        await pause(pauseMs);
        this.#requireOpen();
        endAtMs = performance.now() + sliceMs;
      }
      if (!table.has(handle)) continue;
      const kind = listedKindAt(table.bytesOf(handle), table.startOf(handle));
      if (kind === null || !hasChecks(kind)) continue;
      const overview = decodeOverview(table.overviewOf(handle));
      if (overview.trashedAtMs === null) await this.#look(kind, table.idOf(handle), overview);
    }
  }

  async #look(kind: CredentialKind, id: string, { title, createdAtMs }: Overview): Promise<void> {
    const looked = { recordId: id, kind: kind.descriptor.kind, title };
    const bytes = this.#open(id);
    if (bytes === null) return;
    try {
      const body = decodeBody(bytes);
      for (const finding of kind.findingsOf?.(body, { nowMs: this.#services.nowMs(), createdAtMs }) ?? []) {
        this.#findings.push({ ...looked, exportId: null, isUnderWay: false, ...finding });
      }
      const single = kind.singleOf?.(body) ?? null;
      if (single !== null) {
        const { owner, madeAtMs, isUnderWay } = single;
        const [account = ''] = accountNamesOf(this.#vault, owner);
        const group = `${looked.kind}:${account}/${foldUser(owner.user)}`;
        add(this.#singles, group, { ...looked, isUnderWay, sinceMs: madeAtMs ?? createdAtMs });
      }
      await this.#lookAtSecret(kind, body, looked);
    } finally {
      bytes.fill(0);
    }
  }

  /** Null for a damaged one: the check of all records after unlocking says so, and this goes on. */
  #open(id: string): Uint8Array | null {
    try {
      return this.#vault.openBody(id);
    } catch (error) {
      if (error instanceof CofferError && error.code === 'vault-damaged') return null;
      throw error;
    }
  }

  async #lookAtSecret({ chosenSecret }: CredentialKind, body: RecordBody, looked: Looked): Promise<void> {
    const secret = chosenSecret === undefined ? undefined : body.get(chosenSecret);
    if (secret === undefined || secret.length === 0) return;
    const salted = new Uint8Array(saltBytes + secret.length);
    salted.set(this.#salt);
    salted.set(secret, saltBytes);
    add(this.#sameSecret, sha256HexOf(salted), looked);
    salted.fill(0);
    const { score, crackTime } = await this.#strength.assess(secret);
    this.#requireOpen();
    if (score >= leastScore) return;
    const text = say('main-health.guessed-in-by-someone-who-has', { crackTime });
    this.#findings.push({ ...looked, check: 'weak-password', text, exportId: null, isUnderWay: false });
  }

  #compare(): void {
    for (const group of this.#sameSecret.values()) {
      if (group.length < 2) continue;
      for (const looked of group) {
        const others = group.filter((other) => other !== looked).map(({ title }) => `“${title}”`);
        const names = others.slice(0, 3).join(', ');
        const text = say('main-health.the-same-as-that-of', { names, more: Math.max(0, others.length - 3) });
        this.#findings.push({ ...looked, check: 'reused-password', text, exportId: null, isUnderWay: false });
      }
    }
    for (const group of this.#singles.values()) this.#compareSingles(group);
  }

  /** The finding is about the one that most likely has to go: it is being replaced, or it is the oldest. */
  #compareSingles(group: readonly LookedSingle[]): void {
    const [first, ...newer] = [...group].sort(
      (a, b) => Number(b.isUnderWay) - Number(a.isUnderWay) || a.sinceMs - b.sinceMs,
    );
    if (first === undefined || newer.length === 0) return;
    const { recordId, kind, title, isUnderWay } = first;
    const others = newer.map((other) => `“${other.title}”`).join(', ');
    const text = isUnderWay
      ? say('main-health.active-beside-rotation-under-way', { others })
      : say('main-health.active-beside-change-its-status', { others });
    this.#findings.push({ recordId, kind, title, check: 'two-active-keys', text, exportId: null, isUnderWay });
  }

  #requireOpen(): void {
    const { session } = this.#services;
    if (session.state !== 'unlocked' || session.vault !== this.#vault) {
      throw new CofferError('vault-locked', say('main-health.vault-it-was-locked-meanwhile'));
    }
  }
}

function hasChecks({ findingsOf, chosenSecret, singleOf }: CredentialKind): boolean {
  return findingsOf !== undefined || chosenSecret !== undefined || singleOf !== undefined;
}

function add<Each>(groups: Map<string, Each[]>, key: string, looked: Each): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [looked]);
  else group.push(looked);
}
