/** The Debian programs that the tests use as independent witnesses, and what they need to run. */
import { ensurePrograms } from './apt.mjs';

const packageOf = {
  // By its path, as another installation may come first.
  '/usr/bin/aws': 'awscli',
  Xvfb: 'xvfb',
  // NSS, as in Firefox.
  certutil: 'libnss3-tools',
  // The second program that files are dragged to, and the window manager that a drag needs.
  chromium: 'chromium',
  'dbus-daemon': 'dbus',
  'dbus-send': 'dbus',
  // Brings libsecret, by which Electron talks to a keyring.
  'gnome-keyring-daemon': 'gnome-keyring',
  fish: 'fish',
  gcc: 'gcc',
  oathtool: 'oathtool',
  openbox: 'openbox',
  openssl: 'openssl',
  pdfinfo: 'poppler-utils',
  pdftotext: 'poppler-utils',
  pk12util: 'libnss3-tools',
  puttygen: 'putty-tools',
  qrencode: 'qrencode',
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
