/** The Debian programs that the tests use as independent witnesses, and what they need to run. */
import { ensurePrograms } from './apt.mjs';

const packageOf = {
  Xvfb: 'xvfb',
  gcc: 'gcc',
  openssl: 'openssl',
  setpriv: 'util-linux',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  sshd: 'openssh-server',
  strace: 'strace',
  useradd: 'passwd',
  xclip: 'xclip',
  xdotool: 'xdotool',
};

/** Installs what is missing of the programs that tests run. */
export async function ensureTestPrograms() {
  if (process.platform === 'linux') await ensurePrograms(packageOf, 'the tests');
}
