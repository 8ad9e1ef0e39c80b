import type { Factor } from '../../main/vault/ways/factors';

/** What may happen to a vault. */
export type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'phone-clock'; readonly windows: number }
  | { readonly kind: 'save' }
  | { readonly kind: 'horizon'; readonly days: number }
  | {
      readonly kind: 'replace';
      readonly password: number;
      readonly factors: readonly Factor[];
      readonly app: 0 | 1 | null;
      readonly hasRecovery: boolean;
    }
  | { readonly kind: 'add'; readonly password: number; readonly factors: readonly Factor[] }
  | { readonly kind: 'add-recovery' }
  | { readonly kind: 'login'; readonly way: number; readonly wrong: Wrong | null }
  | { readonly kind: 'recover'; readonly isRight: boolean; readonly password: number }
  | { readonly kind: 'backup' }
  | { readonly kind: 'restore'; readonly which: number };

/** What may be wrong with a login. */
export type Wrong = 'password' | 'code' | 'older-code' | 'key-file' | 'security-key' | 'this-computer';
