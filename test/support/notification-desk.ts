import { startBus } from './session-bus';
import path from 'node:path';

/** What a desktop would have shown. */
export interface ShownNotification {
  readonly summary: string;
  readonly body: string;
}

/** A session bus with a notification server on it, which writes down what it gets. */
export async function startNotificationDesk() {
  const bus = await startBus();
  const lines: string[] = [];
  try {
    const server = bus.start('/usr/bin/python3', [path.join(import.meta.dirname, 'notification-desk.py')]);
    await new Promise<void>((resolve, reject) => {
      server.stdout.on('data', (chunk: Buffer) => {
        lines.push(
          ...chunk
            .toString()
            .split('\n')
            .filter((line) => line !== ''),
        );
        if (lines.includes('ready')) resolve();
      });
      server.once('exit', () => reject(new Error('the notification server ended')));
    });
  } catch (error) {
    await bus.stop();
    throw error;
  }
  const shown = () => lines.filter((line) => line !== 'ready').map((line) => JSON.parse(line) as ShownNotification);
  return { env: bus.env, stop: bus.stop, shown };
}
