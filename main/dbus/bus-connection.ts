import { type Socket, connect } from 'node:net';
import { CofferError } from '../errors';
import {
  type BusMessage,
  type Frame,
  type MethodCall,
  decodeMessage,
  encodeCall,
  fixedBytes,
  frameOf,
} from './message';
import type { BusValue } from './wire-reader';

/** The name that the bus itself has on it: as a sender nobody else can have it. */
export const busName = 'org.freedesktop.DBus';
/** Longer messages are skipped: those that are listened for have some hundred bytes. */
const maxReadBytes = 64 * 1024;
/** For the line by which the bus accepts us. */
const maxLineBytes = 1024;
const patienceMs = 5000;
const bus = { destination: busName, path: '/org/freedesktop/DBus', interface: busName };

/** How a connection is made. */
export interface BusConnectionOptions {
  /** As `net.connect` takes it. */
  readonly socket: string;
  /** Of the process; the bus compares it with what the kernel says. */
  readonly userId: number;
  readonly onSignal: (signal: BusMessage) => void;
  /** Called once, whoever ended it, also if it never began. */
  readonly onEnd: () => void;
}

/**
 * A listener on a D-Bus: says who it is, asks for signals, calls methods whose arguments are texts. It offers nothing to others. Whatever
 * the bus sends, the worst is that the connection ends. Anybody on the bus may send a signal to this connection alone, whatever it asked
 * for: who sent it counts ({@link BusMessage.sender}), and one that can't be read is skipped.
 */
export class BusConnection {
  readonly #options: BusConnectionOptions;
  readonly #socket: Socket;
  readonly #calls = new Map<number, (answer: BusMessage | null) => void>();
  #received: Uint8Array = new Uint8Array();
  #skipBytes = 0;
  #serial = 0;
  #onAccepted: (() => void) | null = null;

  private constructor(options: BusConnectionOptions) {
    this.#options = options;
    this.#socket = connect({ path: options.socket });
    this.#socket.unref();
    this.#socket.on('data', (bytes) => this.#take(bytes));
    // What went wrong does not matter: without the bus the rest works, and it is tried again later.
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      for (const answer of [...this.#calls.values()]) answer(null);
      options.onEnd();
    });
  }

  /**
   * Connects and asks for signals.
   *
   * @param rules - Match rules.
   * @returns Once the bus took all of them.
   * @throws CofferError `io-failed`, `not-supported`; the connection is ended, then.
   */
  static async open(options: BusConnectionOptions, rules: readonly string[]): Promise<BusConnection> {
    const connection = new BusConnection(options);
    try {
      await connection.#begin();
      await connection.call({ ...bus, member: 'Hello', args: [] });
      for (const rule of rules) await connection.listen(rule);
      return connection;
    } catch (error) {
      connection.end();
      throw error;
    }
  }

  /** Asks for more signals. Throws CofferError as {@link call}. */
  async listen(rule: string): Promise<void> {
    await this.call({ ...bus, member: 'AddMatch', args: [rule] });
  }

  /**
   * Calls a method.
   *
   * @returns What it answered.
   * @throws CofferError `not-supported` for an error as answer, `io-failed` for a connection that ended, or no answer in time.
   */
  async call(call: MethodCall): Promise<readonly BusValue[]> {
    const serial = ++this.#serial;
    const answer = await new Promise<BusMessage | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), patienceMs).unref();
      this.#calls.set(serial, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
      if (this.#socket.destroyed) resolve(null);
      else this.#socket.write(encodeCall(serial, call));
    });
    this.#calls.delete(serial);
    if (answer === null) throw new CofferError('io-failed', `bus: ${call.member} was not answered`);
    if (answer.type !== 'reply') throw new CofferError('not-supported', `bus: ${call.member} was refused`);
    return answer.body;
  }

  /** Unique name of the connection that has a name; empty if none has. Throws CofferError as {@link call}. */
  async ownerOf(name: string): Promise<string> {
    const [isOwned] = await this.call({ ...bus, member: 'NameHasOwner', args: [name] });
    if (isOwned !== true) return '';
    const [owner] = await this.call({ ...bus, member: 'GetNameOwner', args: [name] });
    return typeof owner === 'string' ? owner : '';
  }

  /** Ends it. */
  end(): void {
    this.#socket.destroy();
  }

  /** D-Bus Specification, "Authentication Protocol": EXTERNAL, by the user id that the kernel vouches for. */
  #begin(): Promise<void> {
    const id = Buffer.from(String(this.#options.userId)).toString('hex');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end(), patienceMs).unref();
      this.#socket.once('close', () => {
        clearTimeout(timer);
        reject(new CofferError('io-failed', 'bus: it did not take the connection'));
      });
      this.#onAccepted = () => {
        clearTimeout(timer);
        this.#socket.write('BEGIN\r\n');
        resolve();
      };
      this.#socket.write(`\0AUTH EXTERNAL ${id}\r\n`);
    });
  }

  #take(bytes: Uint8Array): void {
    const skipped = Math.min(this.#skipBytes, bytes.length);
    this.#skipBytes -= skipped;
    this.#received = Buffer.concat([this.#received, bytes.subarray(skipped)]);
    try {
      if (this.#onAccepted !== null) this.#takeLine();
      if (this.#onAccepted === null) while (!this.#socket.destroyed && this.#takeMessage());
    } catch (error) {
      if (!(error instanceof CofferError)) throw error;
      this.end();
    }
  }

  #takeLine(): void {
    const end = Buffer.from(this.#received).indexOf('\r\n');
    if (end > maxLineBytes || (end === -1 && this.#received.length > maxLineBytes)) this.end();
    if (end === -1) return;
    const line = Buffer.from(this.#received.subarray(0, end)).toString('latin1');
    this.#received = this.#received.subarray(end + 2);
    const accepted = this.#onAccepted;
    this.#onAccepted = null;
    if (line.startsWith('OK ')) accepted?.();
    else this.end();
  }

  #takeMessage(): boolean {
    if (this.#received.length < fixedBytes) return false;
    const frame = frameOf(this.#received);
    if (frame.length > maxReadBytes) {
      this.#skipBytes = Math.max(0, frame.length - this.#received.length);
      this.#received = this.#received.subarray(frame.length);
      return this.#skipBytes === 0;
    }
    if (this.#received.length < frame.length) return false;
    const message = decodedOrNull(this.#received.subarray(0, frame.length), frame);
    this.#received = this.#received.subarray(frame.length);
    if (message?.type === 'signal') this.#options.onSignal(message);
    else if (message?.type === 'reply' || message?.type === 'error') this.#calls.get(message.replySerial)?.(message);
    return true;
  }
}

/** Null for what is not understood: the message after it begins where its frame ends, and others must not be able to end the connection. */
function decodedOrNull(message: Uint8Array, frame: Frame): BusMessage | null {
  try {
    return decodeMessage(message, frame);
  } catch (error) {
    if (error instanceof CofferError) return null;
    throw error;
  }
}
