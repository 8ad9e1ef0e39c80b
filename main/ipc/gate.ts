import type { IpcMainInvokeEvent } from 'electron';
import type { Channel, Needs, Reply, ResponseOf, WindowName } from '../../preload/contract';
import { sayFirst } from '../../preload/words/first';
import { CofferError } from '../errors';
import type { EarlyCalls } from './early-calls';
import { describeForLog, toWireError } from './wire-errors';

/** What stands between a page and what answers a channel. */
export interface Gate<Request, Answer> {
  /** Who may call. */
  readonly windows: readonly WindowName[];
  /** In which state of the app. */
  readonly needs: Needs;
  /** Makes a request of what came. Throws CofferError `bad-request`. */
  readonly parse: (raw: unknown) => Request;
  /** Returns what may leave of an answer. Throws for one that does not fit the contract. */
  readonly check: (answer: Answer) => Answer;
}

/** What gates rest on. */
export interface GateDeps {
  readonly calls: Pick<EarlyCalls, 'handle'>;
  /** Which of our windows the call comes from: its top frame, on our origin. Null: none of them. */
  readonly windowOf: (event: IpcMainInvokeEvent) => WindowName | null;
  /** Whether the app is in a state that a channel needs. */
  readonly isMet: (needs: Needs) => boolean;
  /** Takes what nobody expected: the channel and where it failed, never a request. */
  readonly logFailure: (line: string) => void;
}

/**
 * The one place that answers calls from pages: sender check, parse, run, reply with a value. Bytes of requests and replies
 * (passwords, a revealed key) are wiped here when the answer is given.
 *
 * @param handler - Gets the parsed request.
 */
export function answerThrough<C extends Channel, Request>(
  channel: C,
  gate: Gate<Request, ResponseOf<C>>,
  handler: (request: Request) => ResponseOf<C> | Promise<ResponseOf<C>>,
  deps: GateDeps,
): void {
  deps.calls.handle(channel, async (event, raw: unknown): Promise<Reply<C>> => {
    try {
      const window = deps.windowOf(event);
      if (window === null || !gate.windows.includes(window)) {
        deps.logFailure(`${channel}: refused, not from a window of the app`);
        const message = sayFirst('main-first.caller-expected-a-window-of-coffer');
        return { ok: false, error: { code: 'refused', message } };
      }
      if (!deps.isMet(gate.needs)) {
        return { ok: false, error: { code: 'vault-locked', message: sayFirst('main-first.vault-unlock-it-first') } };
      }
      const value = gate.check(await handler(gate.parse(raw)));
      // Electron copies the reply in the microtasks that follow; by the next turn it is on its way.
      setImmediate(() => wipeBytes(value));
      return { ok: true, value };
    } catch (error) {
      const line = describeForLog(error);
      if (line !== null) deps.logFailure(`${channel}: ${line}`);
      return { ok: false, error: toWireError(error) };
    } finally {
      wipeBytes(raw);
    }
  });
}

/** What `parse` of a gate throws for bytes, a list or a date in the place of an object. */
export function notPlain(): CofferError {
  return new CofferError('bad-request', sayFirst('main-first.request-expected-plain-objects'));
}

/** How deep in a request or answer the contract holds bytes: `changes.secrets.password` is the deepest. */
const bytesDepth = 3;

function wipeBytes(holder: unknown, depth = bytesDepth): void {
  if (typeof holder !== 'object' || holder === null) return;
  if (ArrayBuffer.isView(holder)) {
    // Never listed as members: what a page sends may be long.
    if (holder instanceof Uint8Array) holder.fill(0);
    return;
  }
  if (depth === 0 || Array.isArray(holder)) return;
  for (const member of Object.values(holder) as unknown[]) wipeBytes(member, depth - 1);
}
