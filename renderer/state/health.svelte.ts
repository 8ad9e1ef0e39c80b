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
    title: 'No fresh backup',
    why: 'If this computer is lost, the vault is.',
  },
  {
    check: 'codes-end',
    title: 'Codes end soon',
    why: 'After that day only the other ways in open the vault.',
  },
  {
    check: 'open-export',
    title: 'Secrets in plain files',
    why: 'Exported without a passphrase and still on disk: whoever gets the file has the key. The vault still has it.',
  },
  {
    check: 'reused-password',
    title: 'Passwords used twice',
    why: 'Who learns one of them tries it everywhere.',
  },
  { check: 'weak-password', title: 'Weak passwords', why: 'Let Coffer make one: you need not remember it.' },
  { check: 'no-mfa', title: 'Sign-ins without MFA', why: 'A stolen password is enough to get in.' },
  { check: 'two-active-keys', title: 'Two active access keys', why: 'A second one is for the days of a rotation.' },
  {
    check: 'old-access-key',
    title: 'Access keys over 90 days',
    why: 'A key that was copied somewhere works until it is rotated.',
  },
  { check: 'certificate-ends', title: 'Certificates near their end', why: 'AWS refuses them after that day.' },
  {
    check: 'small-rsa',
    title: 'RSA keys below 2048 bits',
    why: 'They are no longer safe, and AWS takes fewer and fewer.',
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
