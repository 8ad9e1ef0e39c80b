import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { HealthFinding } from './types';

/** What is said of one check. */
export interface HealthGroup {
  readonly check: HealthFinding['check'];
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  readonly findings: readonly HealthFinding[];
}

/** The checks in the order of the screen: what is worst comes first. */
const checks: readonly Omit<HealthGroup, 'findings'>[] = [
  {
    check: 'no-backup',
    title: say('health.no-fresh-backup'),
    why: say('health.if-this-computer-is-lost'),
  },
  {
    check: 'codes-end',
    title: say('health.codes-end-soon'),
    why: say('health.after-that-day-only-the-other'),
  },
  {
    check: 'open-export',
    title: say('health.secrets-in-plain-files'),
    why: say('health.exported-without-a-passphrase-and-still'),
  },
  {
    check: 'reused-password',
    title: say('health.passwords-used-twice'),
    why: say('health.who-learns-one-of-them-tries'),
  },
  { check: 'weak-password', title: say('health.weak-passwords'), why: say('health.let-coffer-make-one-you-need') },
  { check: 'no-mfa', title: say('health.sign-ins-without-mfa'), why: say('health.a-stolen-password-is-enough') },
  { check: 'two-active-keys', title: say('health.two-active-access-keys'), why: say('health.a-second-one') },
  {
    check: 'old-access-key',
    title: say('health.access-keys-over-90-days'),
    why: say('health.a-key-that-was-copied-somewhere'),
  },
  {
    check: 'certificate-ends',
    title: say('health.certificates-near-their-end'),
    why: say('health.aws-refuses-them-after-that-day'),
  },
  {
    check: 'small-rsa',
    title: say('health.rsa-keys-below-2048-bits'),
    why: say('health.they-are-no-longer-safe'),
  },
];

/** What should be mended in this vault. */
export class Health {
  /** Groups that have findings; null until the first scan. */
  groups = $state.raw<readonly HealthGroup[] | null>(null);
  /** How many there are in all. */
  total = $state(0);
  isBusy = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Looks through the vault. */
  async scan(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    const answer = await ask(() => this.#api.health.scan({}));
    this.isBusy = false;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
    if (!answer.ok) return;
    const { findings, total } = answer.value;
    this.total = total;
    this.groups = checks
      .map((check) => ({ ...check, findings: findings.filter((finding) => finding.check === check.check) }))
      .filter((group) => group.findings.length > 0);
  }
}
