import { expect } from 'vitest';
import { windowAt } from '../../main/crypto/totp';
import type { Factor } from '../../main/vault/ways/factors';
import { showRecoveryCode } from '../../main/vault/ways/recovery-code';
import type { NewPasswordWay, WayAttempt } from '../../main/vault/ways/way-requests';
import { day, minute, passwordOnly, provedCodes, codeIn, recordsOf, type setUpRig } from './rig';
import { bytesOf } from './small-vault';
import { type Codes, acceptedBy, clamp, reached } from './ways-model-codes';
import type { Step, Wrong } from './ways-model-steps';

type Rig = ReturnType<typeof setUpRig>;

/** The authenticator apps' secrets; few, so that codes may be remembered from one run to the next. */
const secrets = [11, 22].map((byte) => new Uint8Array(20).fill(byte));
/** Passwords that may be chosen; others are wrong. */
export const passwords = ['correct horse battery', 'another horse battery', 'a third horse battery'];

interface Way {
  readonly password: string;
  readonly factors: readonly Factor[];
}

/** All that one state of the vault holds: what a backup brings back. */
interface State {
  readonly epoch: number;
  readonly ways: readonly Way[];
  readonly recovery: Uint8Array | null;
  readonly codes: Codes | null;
  readonly horizonDays: number;
  readonly records: readonly string[];
}

const secretOf = { 'key-file': 1, 'security-key': 2, 'this-computer': 3 };
const strongOf = (factor: keyof typeof secretOf, has: boolean, isWrong: boolean) =>
  has ? new Uint8Array(32).fill(secretOf[factor] + (isWrong ? 100 : 0)) : null;

/** Does steps to a real vault, and knows what each must lead to. Every way in knows its password and factors from here. */
export class WaysModel {
  readonly #rig: Rig;
  #state: State;
  #phoneWindows = 0;
  #openedBy: { way: Way; isByCode: boolean } | null;
  readonly #backups = new Map<string, State>();
  readonly #spentCodes: Uint8Array[] = [];
  #saved = 0;

  constructor(rig: Rig) {
    this.#rig = rig;
    const [first = ''] = passwords;
    const way = { password: first, factors: [] };
    this.#state = { epoch: 1, ways: [way], recovery: null, codes: null, horizonDays: 60, records: [] };
    this.#openedBy = { way, isByCode: false };
  }

  /** Does a step, if it can be done, and expects what must come of it. */
  async do(step: Step): Promise<void> {
    const { clock, session, changes, backups } = this.#rig;
    if (step.kind === 'wait') {
      clock.nowMs = Math.min(Date.UTC(2060, 0), Math.max(Date.UTC(2005, 0), clock.nowMs + step.ms));
    }
    if (step.kind === 'phone-clock') this.#phoneWindows = step.windows;
    if (step.kind === 'login') return this.#login(step.way, step.wrong);
    if (step.kind === 'recover') return this.#recover(step);
    if (step.kind === 'restore') return this.#restore(step.which);
    if (this.#openedBy === null) return;
    if (step.kind === 'save') this.#save();
    if (step.kind === 'replace') await this.#replace(step, this.#openedBy.way.password);
    if (step.kind === 'add') await this.#add(step, this.#openedBy.way.password);
    const { codes } = this.#state;
    if (step.kind === 'horizon' && codes !== null) {
      await changes.setHorizon(step.days);
      this.#state = { ...this.#state, horizonDays: step.days };
      if (this.#openedBy.isByCode) this.#reach(codes);
    }
    if (step.kind === 'add-recovery') {
      const adding = changes.addRecovery(bytesOf(this.#openedBy.way.password));
      if (this.#state.recovery !== null) await expect(adding).rejects.toMatchObject({ code: 'bad-request' });
      else this.#state = { ...this.#state, recovery: await adding };
    }
    if (step.kind === 'backup') {
      clock.nowMs += 1000;
      await backups.backUpNow();
      const [newest] = backups
        .list()
        .filter(({ kind, fileName }) => kind === 'by hand' && !this.#backups.has(fileName));
      this.#backups.set(newest?.fileName ?? '', this.#state);
    }
    expect(recordsOf(session)).toEqual([...this.#state.records].sort());
  }

  /** Locks, and expects that each way in opens with what is right, and with nothing else. */
  async checkAll(): Promise<void> {
    const { clock } = this.#rig;
    this.#lock();
    for (const [at, { factors }] of this.#state.ways.entries()) {
      const wrongs: (Wrong | null)[] = ['password', ...factors.map((name) => (name === 'totp' ? 'code' : name)), null];
      for (const wrong of wrongs) {
        clock.nowMs += minute; // so that a new code is there
        await this.#login(at, wrong);
        this.#lock();
      }
    }
    for (const typed of [...passwords, 'never a horse battery']) {
      if (this.#state.ways.some((way) => way.password === typed && way.factors.length === 0)) continue;
      await expect(this.#rig.unlock(passwordOnly(typed))).rejects.toMatchObject({
        code: expect.stringMatching(/^(wrong-password|not-found)$/) as string,
      });
    }
    await this.#recover({ isRight: false, password: 0 });
    if (this.#state.recovery === null) return;
    // Also where codes are refused, years from now.
    clock.nowMs += 400 * day;
    await this.#recover({ isRight: true, password: 1 });
    this.#lock();
    await this.#login(0, null);
    expect(recordsOf(this.#rig.session)).toEqual([...this.#state.records].sort());
  }

  #lock(): void {
    this.#rig.session.lock();
    this.#openedBy = null;
  }

  #save(): void {
    const text = `record ${++this.#saved}`;
    this.#rig.save(text);
    this.#state = { ...this.#state, records: [...this.#state.records, text] };
  }

  async #login(at: number, wrong: Wrong | null): Promise<void> {
    this.#lock();
    const way = this.#state.ways[at % this.#state.ways.length];
    if (way === undefined) return;
    const { factors } = way;
    const { slots } = this.#rig.session.lockedHeader();
    const slot = slots.filter(({ kind }) => kind === 'password')[at % this.#state.ways.length];
    const typed = this.#codeToType(wrong);
    const attempt: WayAttempt & { kind: 'password' } = {
      kind: 'password',
      slot: slot?.id ?? null,
      password: bytesOf(wrong === 'password' ? `${way.password}!` : way.password),
      code: factors.includes('totp') ? typed : null,
      keyFile: strongOf('key-file', factors.includes('key-file'), wrong === 'key-file'),
      securityKey: strongOf('security-key', factors.includes('security-key'), wrong === 'security-key'),
      computer: strongOf('this-computer', factors.includes('this-computer'), wrong === 'this-computer'),
    };
    const isWrong = wrong === 'password' || (wrong !== null && wrong in secretOf && factors.includes(wrong as Factor));
    const accepted =
      factors.includes('totp') && this.#state.codes !== null
        ? acceptedBy(this.#state.codes, typed, this.#rig.clock.nowMs)
        : null;
    if (typeof accepted === 'object' && accepted?.refusal !== undefined) {
      await expect(this.#rig.unlock(attempt)).rejects.toMatchObject({ code: accepted.refusal });
      return;
    }
    if (isWrong || accepted?.window === null) {
      await expect(this.#rig.unlock(attempt)).rejects.toMatchObject({ code: 'wrong-password' });
      return;
    }
    await this.#rig.unlock(attempt);
    this.#openedBy = { way, isByCode: accepted !== null };
    if (accepted !== null && this.#state.codes !== null) {
      const skew = clamp(20, accepted.window - windowAt(this.#rig.clock.nowMs));
      this.#reach({ ...this.#state.codes, last: accepted.window, skew });
      this.#spentCodes.push(typed);
    }
    expect(this.#rig.session.vault.refusal).toBeNull();
    expect(recordsOf(this.#rig.session)).toEqual([...this.#state.records].sort());
  }

  #codeToType(wrong: Wrong | null): Uint8Array {
    const { codes } = this.#state;
    const older = this.#spentCodes.at(-1);
    if (wrong === 'older-code' && older !== undefined) return older;
    if (codes === null) return bytesOf('000000');
    const right = codeIn(codes.secret, windowAt(this.#rig.clock.nowMs) + this.#phoneWindows);
    return wrong === 'code'
      ? bytesOf(String((Number(new TextDecoder().decode(right)) + 7) % 1_000_000).padStart(6, '0'))
      : right;
  }

  #reach(codes: Pick<Codes, 'secret' | 'last' | 'skew'>): void {
    const { horizonDays } = this.#state;
    this.#state = { ...this.#state, codes: reached(codes, { horizonDays, nowMs: this.#rig.clock.nowMs }) };
  }

  #wayOf(typed: string, factors: readonly Factor[]): NewPasswordWay {
    const has = (factor: keyof typeof secretOf) => strongOf(factor, factors.includes(factor), false);
    const [output, secret] = [has('security-key'), has('this-computer')];
    return {
      ...{ password: bytesOf(typed), factors, keyFile: has('key-file'), name: '' },
      securityKey: output === null ? null : { credentialId: new Uint8Array(16), prfSalt: new Uint8Array(32), output },
      computer: secret === null ? null : { slotId: crypto.getRandomValues(new Uint8Array(16)), secret },
    };
  }

  async #replace(step: Extract<Step, { kind: 'replace' }>, current: string | null): Promise<void> {
    const typed = passwords[step.password] ?? '';
    const asksForCodes = step.factors.includes('totp');
    const app = step.app === null ? undefined : secrets[step.app];
    const { nowMs } = this.#rig.clock;
    const proved = asksForCodes && app !== undefined ? provedCodes(app, nowMs, clamp(10, this.#phoneWindows)) : null;
    const replacing = this.#rig.replace({
      currentPassword: current === null ? null : bytesOf(current),
      request: { way: this.#wayOf(typed, step.factors), codes: proved, hasRecovery: step.hasRecovery },
      keepsOlderBackups: true,
    });
    const isPossible =
      (!asksForCodes || proved !== null || this.#state.codes !== null) &&
      (step.hasRecovery || !step.factors.some((factor) => factor !== 'key-file'));
    if (!isPossible) return expect(replacing).rejects.toMatchObject({ code: 'bad-request' });
    const recovery = await replacing;
    const old = this.#state.codes;
    const way = { password: typed, factors: step.factors };
    this.#state = { ...this.#state, epoch: this.#state.epoch + 1, ways: [way], recovery, codes: null };
    this.#openedBy = { way, isByCode: asksForCodes };
    if (!asksForCodes) return;
    if (proved !== null) this.#reach({ secret: proved.secret, last: proved.window, skew: proved.skewWindows });
    else if (old !== null) this.#reach(old);
  }

  async #add({ password, factors }: Extract<Step, { kind: 'add' }>, current: string): Promise<void> {
    const typed = passwords[password] ?? '';
    const adding = this.#rig.changes.add(bytesOf(current), this.#wayOf(typed, factors));
    const needsRecovery = factors.some((factor) => factor !== 'key-file');
    const isPossible =
      (this.#state.recovery !== null || !needsRecovery) &&
      (this.#state.codes !== null || !factors.includes('totp')) &&
      this.#state.ways.length + (this.#state.recovery === null ? 0 : 1) < 16;
    if (!isPossible) return expect(adding).rejects.toMatchObject({ code: 'bad-request' });
    await adding;
    this.#state = { ...this.#state, ways: [...this.#state.ways, { password: typed, factors }] };
  }

  async #recover({ isRight, password }: { isRight: boolean; password: number }): Promise<void> {
    const { session, clock } = this.#rig;
    this.#lock();
    clock.steadyMs += 2 * minute;
    const { recovery } = this.#state;
    const code = isRight && recovery !== null ? recovery : bytesOf('0'.repeat(26));
    const opening = session.unlock({ kind: 'recovery', recoveryCode: showRecoveryCode(code) });
    if (recovery === null) return expect(opening).rejects.toMatchObject({ code: 'not-found' });
    if (!isRight) return expect(opening).rejects.toMatchObject({ code: 'wrong-password' });
    await opening;
    expect(session.state).toBe('renewing');
    expect(() => session.vault).toThrow(expect.objectContaining({ code: 'vault-locked' }));
    await this.#replace({ kind: 'replace', password, factors: [], app: null, hasRecovery: true }, null);
    expect(session.state).toBe('unlocked');
  }

  async #restore(which: number): Promise<void> {
    const { backups, clock, session } = this.#rig;
    const names = [...this.#backups.keys()];
    const fileName = names[which % names.length];
    const state = fileName === undefined ? undefined : this.#backups.get(fileName);
    if (fileName === undefined || state === undefined) return;
    clock.nowMs += 1000;
    const { epoch, codes } = this.#state;
    const isOfNow = this.#openedBy !== null && epoch === state.epoch;
    expect(await backups.restore(fileName)).toBe(isOfNow ? 'restored' : 'sign-in');
    this.#state = { ...state, epoch: state.epoch };
    if (!isOfNow) return this.#signIn();
    if (codes !== null) this.#reach({ ...codes });
    const isThere = state.ways.some((way) => way === this.#openedBy?.way);
    if (!isThere) this.#openedBy = null;
    expect(session.state).toBe(isThere ? 'unlocked' : 'locked');
  }

  /** Opens the backup that is to be restored: by its first way that asks for no more than a key file, or else by its recovery code. */
  async #signIn(): Promise<void> {
    const { backups, session, clock } = this.#rig;
    this.#openedBy = null;
    clock.steadyMs += 2 * minute;
    const { ways, recovery } = this.#state;
    const way = ways.find(({ factors }) => factors.every((factor) => factor === 'key-file'));
    if (way !== undefined) {
      const slots = backups.restoringHeader()?.slots.filter(({ kind }) => kind === 'password') ?? [];
      const slot = slots[ways.indexOf(way)]?.id ?? null;
      const keyFile = strongOf('key-file', way.factors.includes('key-file'), false);
      await this.#rig.unlock({ ...passwordOnly(way.password), slot, keyFile });
      this.#openedBy = { way, isByCode: false };
      return;
    }
    if (recovery === null)
      throw new Error('a vault without a recovery code asks for a password and a key file at most');
    await session.unlock({ kind: 'recovery', recoveryCode: showRecoveryCode(recovery) }, backups.opening);
    await this.#replace({ kind: 'replace', password: 0, factors: [], app: null, hasRecovery: true }, null);
  }
}
