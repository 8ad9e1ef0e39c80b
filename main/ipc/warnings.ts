import type { ResponseOf } from '../../preload/contract';
import type { Services } from './services';

type Warning = ResponseOf<'vault:integrity'>['warnings'][number];

/** What the user should know about the open vault, besides whether its records are whole. */
export function warningsOf({ session, backups }: Pick<Services, 'session' | 'backups'>): Warning[] {
  const warnings: Warning[] = [];
  const warn = (kind: Warning['kind'], message: string) => warnings.push({ kind, message });
  const { rollback, ways } = session;
  if (rollback === 'older') {
    warn(
      'older-copy',
      'This is an older copy of the vault than the one last used on this computer. If you did not put it there, look for the newer one.',
    );
  }
  if (rollback === 'diverged') {
    warn(
      'older-copy',
      'This copy of the vault went its own way: the one last used on this computer holds other changes.',
    );
  }
  if (session.state === 'unlocked' && session.vault.refusal?.code === 'read-only') {
    warn('read-only', sentence(session.vault.refusal.message));
  }
  if (backups.failure !== null) warn('backup-failed', `The automatic backup failed. ${sentence(backups.failure)}`);
  const { codes } = ways;
  if (codes?.isEndingSoon === true) {
    const day = new Date(codes.endsAtMs).toISOString().slice(0, 10);
    warn('codes-end-soon', `The table for codes ends on ${day}. Log in with a code before then: that extends it.`);
  }
  const passwordWays = ways.list().filter(({ kind }) => kind === 'password');
  if (passwordWays.length > 1 && passwordWays.some(({ factors }) => factors.length === 0)) {
    warn('password-alone', 'Anyone with only the password still gets in: one of the ways in asks for nothing else.');
  }
  return warnings;
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
