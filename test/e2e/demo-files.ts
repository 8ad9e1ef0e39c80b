import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemRandom } from '../../main/crypto/random';
import { decodeOverview } from '../../main/credentials/overview';
import { formatLimits } from '../../main/vault/kdf-policy';
import { unlockVault } from '../../main/vault/open-vault';
import type { WayAttempt } from '../../main/vault/ways/way-requests';

/** A folder of every outcome, and the passphrases of those that have one. */
export function filesToImport(out: string): [folder: string, passphrases: string] {
  const folder = path.join(out, 'given');
  const passphrases = path.join(out, 'passphrases.json');
  mkdirSync(folder);
  const keygen = (name: string, passphrase: string) =>
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', path.join(folder, name)]);
  keygen('key', '');
  keygen('locked', 'pass phrase');
  keygen('other', 'nobody knows');
  const certificate = ['-keyout', path.join(folder, 'pk.pem'), '-out', path.join(folder, 'cert.pem'), '-subj', '/CN=x'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...certificate], { stdio: 'ignore' });
  copyFileSync(path.join(folder, 'key'), path.join(folder, 'key copy'));
  const keyLines = 'AWSAccessKeyId=AKIAIOSFODNN7AAAAAAA\nAWSSecretKey=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n';
  writeFileSync(path.join(folder, 'rootkey.csv'), keyLines);
  writeFileSync(path.join(folder, 'large.pem'), Buffer.alloc(1024 * 1024 + 1, 'x'));
  writeFileSync(path.join(folder, 'letter.pem'), 'Dear Jo,\n');
  writeFileSync(passphrases, JSON.stringify({ locked: 'pass phrase' }));
  return [folder, passphrases];
}

/** Names in a fresh copy of a vault, opened by the product's own functions. */
export async function titlesIn(file: string, attempt: WayAttempt, nowMs: number): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-open-'));
  const copy = path.join(folder, 'copy.coffer');
  copyFileSync(file, copy);
  try {
    const vault = await unlockVault(copy, attempt, { random: systemRandom, limits: formatLimits, nowMs: () => nowMs });
    try {
      return [...vault.overviews()].map(({ overview }) => decodeOverview(overview).title);
    } finally {
      vault.lock();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
