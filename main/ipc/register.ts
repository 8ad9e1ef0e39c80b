import { type Channel, type Needs, type ParsedRequestOf, type ResponseOf, requests } from '../../preload/contract';
import { CofferError } from '../errors';
import type { SessionState } from '../vault/session';
import { type GateDeps, answerThrough, notPlain } from './gate';
import { describeMisfit } from './misfit';
import { hasStrangeObject } from './plain-objects';

/** Answers one channel. Receives the parsed request; what it returns is checked against the contract. */
export type Handler<C extends Channel> = (request: ParsedRequestOf<C>) => ResponseOf<C> | Promise<ResponseOf<C>>;

/** One handler for every channel of the contract. */
export type Handlers = { readonly [C in Channel]: Handler<C> };

/**
 * Answers every channel, each through a gate that parses requests and checks answers by the contract.
 *
 * @param handlers - Of all channels.
 */
export function registerHandlers(handlers: Handlers, deps: GateDeps): void {
  for (const channel of Object.keys(requests) as Channel[]) register(channel, handlers[channel], deps);
}

/** Whether a session's state is one that a channel needs. */
export function isMet(needs: Needs, state: SessionState): boolean {
  if (needs === 'nothing') return true;
  return state === 'unlocked' || (needs === 'ways' && state === 'renewing');
}

function register(channel: Channel, handler: Handler<Channel>, deps: GateDeps): void {
  const { windows, needs } = requests[channel];
  const parse = (raw: unknown) => parseRequest(channel, raw);
  answerThrough(channel, { windows, needs, parse, check: (answer) => checkAnswer(channel, answer) }, handler, deps);
}

function parseRequest(channel: Channel, raw: unknown): ParsedRequestOf<Channel> {
  const { input } = requests[channel];
  if (hasStrangeObject(input, raw)) throw notPlain();
  const parsed = input.safeParse(raw);
  if (!parsed.success) throw new CofferError('bad-request', describeMisfit(parsed.error));
  return parsed.data;
}

/** An answer that does not fit the contract is our mistake, not the caller's: it must not look like a misfit request. */
function checkAnswer(channel: Channel, answer: unknown): ResponseOf<Channel> {
  const parsed = requests[channel].output.safeParse(answer);
  if (!parsed.success) throw new TypeError('the answer does not fit the contract');
  return parsed.data;
}
