/** The Debian programs that the tests use as independent witnesses, and what they need to run. */
import { ensurePrograms } from './apt.mjs';

/** What stands in for a desktop's panel: a session bus, and Debian's own Python with D-Bus and a main loop, told by their files. */
export const panelPrograms = {
  'dbus-daemon': 'dbus',
  '/usr/bin/python3': 'python3',
  '/usr/lib/python3/dist-packages/dbus/__init__.py': 'python3-dbus',
  '/usr/lib/python3/dist-packages/gi/__init__.py': 'python3-gi',
};

const packageOf = {
  // By its path, as another installation may come first.
  '/usr/bin/aws': 'awscli',
  ...panelPrograms,
  Xvfb: 'xvfb',
  // NSS, as in Firefox.
  certutil: 'libnss3-tools',
  // The second program that files are dragged to, and the window manager that a drag needs.
  chromium: 'chromium',
  'dbus-send': 'dbus',
  // Brings libsecret, by which Electron talks to a keyring.
  'gnome-keyring-daemon': 'gnome-keyring',
  fish: 'fish',
  gcc: 'gcc',
  // Brings libnotify, by which Electron shows notifications.
  'notify-send': 'libnotify-bin',
  oathtool: 'oathtool',
  openbox: 'openbox',
  openssl: 'openssl',
  pdfinfo: 'poppler-utils',
  pdftotext: 'poppler-utils',
  pk12util: 'libnss3-tools',
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
