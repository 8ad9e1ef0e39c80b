import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Sends what a screen saver sends when it becomes active, or no longer is.
 *
 * @param address - Of the session's bus.
 */
export async function sendActiveChanged(
  address: string,
  isActive: boolean,
  name = 'org.freedesktop.ScreenSaver',
): Promise<void> {
  const args = [`--bus=${address}`, '--type=signal', '/ScreenSaver', `${name}.ActiveChanged`];
  await promisify(execFile)('dbus-send', [...args, `boolean:${isActive}`]);
}
