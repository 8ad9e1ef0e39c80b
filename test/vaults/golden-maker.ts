import path from 'node:path';
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../main/crypto/random';
import { toSecretKey } from '../../main/crypto/secret-key';
import { hotp, windowAt } from '../../main/crypto/totp';
import { formatLimits } from '../../main/vault/kdf-policy';
import { createVault } from '../../main/vault/open-vault';
import { startEpoch } from '../../main/vault/rekey';
import type { Vault } from '../../main/vault/vault';
import type { NewWaysRequest } from '../../main/vault/ways/new-ways';
import { showRecoveryCode } from '../../main/vault/ways/recovery-code';
import type { NewPasswordWay } from '../../main/vault/ways/way-requests';
import { goldenTimeMs, readRecords } from './golden-records';
import type { GoldenSecrets, GoldenWay } from './golden-secrets';
import { seededRandom } from './seeded-random';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const hexOrNull = (bytes: Uint8Array | null | undefined) => (bytes instanceof Uint8Array ? hex(bytes) : null);
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** What a password way of a golden vault is to ask for. */
export interface WayPlan {
  readonly password: string;
  readonly factors: GoldenWay['factors'];
}

/** A way with the whole key file, of which the product only has the hash. */
type MadeWay = NewPasswordWay & { readonly keyFileBytes: Uint8Array | null };

/** A golden vault that is being made: same name, same bytes. */
export class GoldenMaker {
  readonly random: RandomBytes;
  readonly #name: string;
  readonly #file: string;
  /** As small as the format allows; lanes differ from vault to vault. */
  readonly #costs: { memoryKiB: number; timeCost: number; parallelism: number };
  #nowMs = goldenTimeMs;
  #vault: Vault | null = null;
  #ways: GoldenWay[] = [];
  #gone: GoldenWay[] = [];
  #totpSecret: Uint8Array | null = null;

  constructor(folder: string, name: string, parallelism: number) {
    this.#name = name;
    this.#file = path.join(folder, `${name}.coffer`);
    this.random = seededRandom(`coffer golden vault ${name}`);
    this.#costs = { memoryKiB: 64 * 1024, timeCost: 2, parallelism };
  }

  /** The open vault. */
  get vault(): Vault {
    if (this.#vault === null) throw new Error(`${this.#name}: create it first`);
    return this.#vault;
  }

  /** Begins with a password alone. */
  async create(password: string): Promise<this> {
    const deps = { random: this.random, limits: formatLimits, nowMs: () => this.#nowMs };
    this.#vault = await createVault(this.#file, bytesOf(password), this.#costs, deps);
    this.#ways = [this.#wayOf(this.#idOfLast(), { password, factors: [] }, null)];
    return this;
  }

  /** Begins an epoch with this way, and a recovery code if asked for. */
  async startEpoch(plan: WayPlan, hasRecovery: boolean): Promise<this> {
    this.#nowMs += 24 * 60 * 60 * 1000;
    const isNewApp = plan.factors.includes('totp') && this.#totpSecret === null;
    if (isNewApp) this.#totpSecret = this.random(20);
    const codes = { secret: this.#totpSecret ?? new Uint8Array(), window: windowAt(this.#nowMs), skewWindows: 0 };
    const way = this.#newWay(plan);
    const request: NewWaysRequest = { way, codes: isNewApp ? codes : null, hasRecovery };
    const { vault, recoveryCode } = await startEpoch(this.vault, request, {
      ...{ random: this.random, limits: formatLimits, costs: this.#costs, nowMs: () => this.#nowMs },
      ...{ path: this.vault.lend().path, onProgress: () => undefined },
    });
    if (vault === null) throw new Error('the new epoch did not open');
    this.#vault = vault;
    this.#gone.push(...this.#ways);
    const [first, second] = vault.ways.list();
    this.#ways = [this.#wayOf(first?.slot ?? '', plan, way)];
    if (recoveryCode !== null) this.#ways.push(recoveryWay(second?.slot ?? '', recoveryCode));
    return this;
  }

  /** Adds a way beside the others. */
  async add(plan: WayPlan): Promise<this> {
    const way = this.#newWay(plan);
    await this.vault.ways.add(way, this.#costs);
    this.#ways.push(this.#wayOf(this.#idOfLast(), plan, way));
    return this;
  }

  /** Adds a recovery code. */
  async addRecovery(): Promise<this> {
    const code = await this.vault.ways.addRecovery(this.#costs);
    this.#ways.push(recoveryWay(this.#idOfLast(), code));
    return this;
  }

  /** Locks it and tells what opens it. */
  finish(about: string): GoldenSecrets {
    const { vaultId, epoch } = this.vault.mark;
    const atMs = this.#nowMs + 60 * 60 * 1000;
    const target = this.vault.ways.target;
    const withCode = (way: GoldenWay): GoldenWay =>
      way.factors.includes('totp') ? { ...way, totp: this.#totpOf(target ?? -1, atMs) } : way;
    const records = readRecords(this.vault);
    this.vault.lock();
    const ways = this.#ways.map(withCode);
    const doNotOpen = this.#gone.filter(({ factors }) => !factors.includes('totp'));
    return { about, format: 1, vaultId: hex(vaultId), epoch, atMs, ways, doNotOpen, records };
  }

  #totpOf(target: number, atMs: number): GoldenWay['totp'] {
    const secret = this.#totpSecret ?? new Uint8Array();
    const code = String(hotp(toSecretKey(secret), windowAt(atMs))).padStart(6, '0');
    return { secret: hex(secret), target, code };
  }

  #newWay({ password, factors }: WayPlan): MadeWay {
    const keyFileBytes = factors.includes('key-file') ? this.random(32) : null;
    return {
      ...{ password: bytesOf(password), factors, keyFileBytes, name: keyFileBytes === null ? '' : 'my.key' },
      keyFile: keyFileBytes === null ? null : createHash('sha256').update(keyFileBytes).digest(),
      securityKey: factors.includes('security-key')
        ? { credentialId: this.random(48), prfSalt: this.random(32), output: this.random(32) }
        : null,
      computer: factors.includes('this-computer') ? { slotId: this.random(16), secret: this.random(32) } : null,
    };
  }

  #wayOf(slot: string, { password, factors }: WayPlan, way: MadeWay | null): GoldenWay {
    const key = way?.securityKey ?? null;
    return {
      ...{ slot, kind: 'password', factors, password, totp: null, recoveryCode: null },
      keyFile: hexOrNull(way?.keyFileBytes),
      securityKey:
        key === null
          ? null
          : { credentialId: hex(key.credentialId), prfSalt: hex(key.prfSalt), prfOutput: hex(key.output) },
      computerSecret: hexOrNull(way?.computer?.secret),
    };
  }

  #idOfLast(): string {
    return this.vault.ways.list().at(-1)?.slot ?? '';
  }
}

function recoveryWay(slot: string, code: Uint8Array): GoldenWay {
  const recoveryCode = new TextDecoder().decode(showRecoveryCode(code));
  const none = { password: null, totp: null, keyFile: null, securityKey: null, computerSecret: null };
  return { slot, kind: 'recovery', factors: [], ...none, recoveryCode };
}
