import type { ResponseOf } from '../../preload/contract';
import { say } from '../../preload/words/say';
import type { Services } from './services';

type Warning = ResponseOf<'vault:integrity'>['warnings'][number];

/** What the user should know about the open vault, besides whether its records are whole. */
export function warningsOf({ session, backups }: Pick<Services, 'session' | 'backups'>): Warning[] {
  const warnings: Warning[] = [];
  const warn = (kind: Warning['kind'], message: string) => warnings.push({ kind, message });
  const { rollback, ways } = session;
  if (rollback === 'older') {
    warn('older-copy', say('main-vault.this-is-an-older-copy-of'));
  }
  if (rollback === 'diverged') {
    warn('older-copy', say('main-vault.this-copy-of-the-vault-went-its-own'));
  }
  if (session.state === 'unlocked' && session.vault.refusal?.code === 'read-only') {
    warn('read-only', sentence(session.vault.refusal.message));
  }
  if (backups.failure !== null)
    warn('backup-failed', say('main-vault.the-automatic-backup-failed', { reason: sentence(backups.failure) }));
  const { codes } = ways;
  if (codes?.isEndingSoon === true) {
    const day = new Date(codes.endsAtMs).toISOString().slice(0, 10);
    warn('codes-end-soon', say('main-vault.the-table-for-codes-ends-on-log-in', { day }));
  }
  const passwordWays = ways.list().filter(({ kind }) => kind === 'password');
  if (passwordWays.length > 1 && passwordWays.some(({ factors }) => factors.length === 0)) {
    warn('password-alone', say('main-vault.anyone-with-only-the-password-still-gets-in'));
  }
  // The page tells it until the user hides it for this vault.
  if (ways.list().every(({ kind, factors }) => kind === 'password' && factors.length === 0)) {
    warn('no-recovery', say('main-vault.no-recovery'));
  }
  return warnings;
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
