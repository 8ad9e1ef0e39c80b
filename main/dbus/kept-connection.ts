import { CofferError } from '../errors';
import { BusConnection, type BusConnectionOptions } from './bus-connection';

const firstPauseMs = 30_000;
const longestPauseMs = 30 * 60_000;

/** What is listened to. */
export interface KeptConnectionOptions extends Pick<BusConnectionOptions, 'userId' | 'onSignal'> {
  /** Looked up anew for each try; null: there is none. */
  readonly socket: () => string | null;
  readonly rules: readonly string[];
  /** Called after each connection was made, to ask for more. If it throws a CofferError, the connection is ended and made anew later. */
  readonly onOpen?: (connection: BusConnection) => Promise<void>;
}

/** Listens to a bus for as long as the app runs. Without one it tries again after pauses that grow from half a minute to half an hour. */
export class KeptConnection {
  readonly #options: KeptConnectionOptions;
  #connection: BusConnection | null = null;
  #timer: NodeJS.Timeout | null = null;
  #pauseMs = firstPauseMs;
  #isEnded = false;

  constructor(options: KeptConnectionOptions) {
    this.#options = options;
  }

  /** Connects, or sees to it later. */
  async start(): Promise<void> {
    const { socket, rules, userId, onSignal, onOpen } = this.#options;
    const place = socket();
    try {
      if (place === null) return;
      const onEnd = () => {
        this.#connection = null;
        this.#againLater();
      };
      const connection = await BusConnection.open({ socket: place, userId, onSignal, onEnd }, rules);
      if (this.#isEnded) {
        connection.end();
        return;
      }
      this.#connection = connection;
      await onOpen?.(connection);
      this.#pauseMs = firstPauseMs;
    } catch (error) {
      // What was to be asked for after opening was not: all is done anew, later.
      this.#connection?.end();
      if (!(error instanceof CofferError)) throw error;
    } finally {
      if (this.#connection === null) this.#againLater();
    }
  }

  /** Ends listening. */
  end(): void {
    this.#isEnded = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#connection?.end();
  }

  #againLater(): void {
    if (this.#isEnded || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.start();
    }, this.#pauseMs).unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}
