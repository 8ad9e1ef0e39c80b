/** The Debian programs that the tests use as independent witnesses, and what they need to run. */
import { ensurePrograms } from './apt.mjs';

const packageOf = {
  // By its path, as another installation may come first.
  '/usr/bin/aws': 'awscli',
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus',
  'dbus-send': 'dbus',
  // Brings libsecret, by which Electron talks to a keyring.
  'gnome-keyring-daemon': 'gnome-keyring',
  fish: 'fish',
  gcc: 'gcc',
  oathtool: 'oathtool',
  openssl: 'openssl',
  pdfinfo: 'poppler-utils',
  pdftotext: 'poppler-utils',
  puttygen: 'putty-tools',
  qrencode: 'qrencode',
  'rsvg-convert': 'librsvg2-bin',
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
