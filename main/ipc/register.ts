import type { IpcMainInvokeEvent } from 'electron';
import {
  type Channel,
  type Needs,
  type ParsedRequestOf,
  type Reply,
  type ResponseOf,
  type WindowName,
  requests,
} from '../../preload/contract';
import { sayFirst } from '../../preload/words/first';
import type { SessionState } from '../vault/session';
import type { EarlyCalls } from './early-calls';
import { hasStrangeObject } from './plain-objects';
import { describeForLog, toWireError } from './wire-errors';

/** Answers one channel. Receives the parsed request; what it returns is checked against the contract. */
export type Handler<C extends Channel> = (request: ParsedRequestOf<C>) => ResponseOf<C> | Promise<ResponseOf<C>>;

/** One handler for every channel of the contract. */
export type Handlers = { readonly [C in Channel]: Handler<C> };

/** What registration rests on. */
export interface RegisterDeps {
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
 * @param handlers - Of all channels, or of those that can be answered already.
 */
export function registerHandlers(handlers: Partial<Handlers>, deps: RegisterDeps): void {
  for (const channel of Object.keys(requests) as Channel[]) {
    const handler = handlers[channel];
    if (handler !== undefined) register(channel, handler, deps);
  }
}

/** Whether a session's state is one that a channel needs. */
export function isMet(needs: Needs, state: SessionState): boolean {
  if (needs === 'nothing') return true;
  return state === 'unlocked' || (needs === 'ways' && state === 'renewing');
}

function register(channel: Channel, handler: Handler<Channel>, deps: RegisterDeps): void {
  const spec = requests[channel];
  deps.calls.handle(channel, async (event, raw: unknown): Promise<Reply<Channel>> => {
    try {
      const window = deps.windowOf(event);
      const allowed: readonly WindowName[] = spec.windows;
      if (window === null || !allowed.includes(window)) {
        deps.logFailure(`${channel}: refused, not from a window of the app`);
        return {
          ok: false,
          error: { code: 'refused', message: sayFirst('main-first.caller-expected-a-window-of-coffer') },
        };
      }
      if (!deps.isMet(spec.needs)) {
        return { ok: false, error: { code: 'vault-locked', message: sayFirst('main-first.vault-unlock-it-first') } };
      }
      if (hasStrangeObject(spec.input, raw)) {
        return {
          ok: false,
          error: { code: 'bad-request', message: sayFirst('main-first.request-expected-plain-objects') },
        };
      }
      const request = spec.input.parse(raw) as ParsedRequestOf<Channel>;
      const value = checkAnswer(channel, await handler(request));
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

/** An answer that does not fit the contract is our mistake, not the caller's: it must not look like a misfit request. */
function checkAnswer(channel: Channel, answer: unknown): ResponseOf<Channel> {
  const parsed = requests[channel].output.safeParse(answer);
  if (!parsed.success) throw new TypeError('the answer does not fit the contract');
  return parsed.data;
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
