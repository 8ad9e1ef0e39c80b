import { startBus } from './session-bus';

/** Of a keyring that lives as long as a test. */
const keyringPassword = 'pw';

const isLocked = [
  '/org/freedesktop/secrets/collection/login',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.freedesktop.Secret.Collection',
  'string:Locked',
];

/** A session bus of its own with a keyring on it, unlocked, empty, and gone with `stop`. */
export interface TestKeyring {
  /** For programs that are to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** What makes Electron look for it without a desktop. */
  readonly flags: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts a session bus and GNOME Keyring, the real ones, in a folder of their own. */
export async function startKeyring(): Promise<TestKeyring> {
  // The keyring waits for nobody: started before the bus takes connections, it ends.
  const bus = await startBus();
  try {
    const keyring = bus.start('gnome-keyring-daemon', ['--unlock', '--foreground', '--components=secrets']);
    keyring.stdin.end(keyringPassword);
    keyring.stdout.resume();
    await bus.untilSays('org.freedesktop.secrets', isLocked, 'boolean false');
    return { env: bus.env, flags: ['--password-store=gnome-libsecret'], stop: bus.stop };
  } catch (error) {
    await bus.stop();
    throw error;
  }
}
