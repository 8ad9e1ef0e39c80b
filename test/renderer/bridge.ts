import {
  type Channel,
  type CofferApi,
  type EventName,
  type ParsedRequestOf,
  type ResponseOf,
  type WireError,
  requests,
} from '../../preload/contract';

/** An answer that a test gives: a value, or an error made by {@link refuse}. */
type Given<C extends Channel> = ResponseOf<C> | Refusal;
type Handlers = { [C in Channel]?: (request: ParsedRequestOf<C>) => Given<C> | Promise<Given<C>> };

class Refusal {
  readonly error: WireError;
  constructor(error: WireError) {
    this.error = error;
  }
}

/** Answers a request with an error. */
export function refuse(code: WireError['code'], message = 'field: expected something else'): Refusal {
  return new Refusal({ code, message });
}

/** A promise that the test settles. */
export function later<T>() {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, settle };
}

/**
 * The other side of `window.coffer`: requests and answers are cloned and parsed with the contract's own schemas, as on the
 * real bridge, so a state class can neither send nor be given what the real one would refuse.
 */
export class TestBridge {
  /** What was sent, as the caller passed it: bytes can be looked at after the call. */
  readonly sent: { readonly channel: Channel; readonly request: Record<string, unknown> }[] = [];
  readonly api: CofferApi;
  readonly #handlers: Handlers;
  readonly #listeners = new Map<EventName, Set<() => void>>();

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
    const api: Record<string, Record<string, unknown>> = {};
    for (const channel of Object.keys(requests) as Channel[]) {
      const [noun = '', verb = ''] = channel.split(':').map(camel);
      (api[noun] ??= {})[verb] = (request: Record<string, unknown>) => this.#answer(channel, request);
    }
    const on = (event: EventName, callback: () => void) => {
      const listeners = this.#listeners.get(event) ?? new Set();
      this.#listeners.set(event, listeners.add(callback));
      return () => listeners.delete(callback);
    };
    this.api = { ...api, on } as unknown as CofferApi;
  }

  /** Sends an event to the page. */
  emit(event: EventName): void {
    for (const listener of this.#listeners.get(event) ?? []) listener();
  }

  /** How many listen to an event. */
  listeners(event: EventName): number {
    return this.#listeners.get(event)?.size ?? 0;
  }

  /** Requests of one channel, in order. */
  requestsOf(channel: Channel): Record<string, unknown>[] {
    return this.sent.filter((entry) => entry.channel === channel).map(({ request }) => request);
  }

  async #answer(channel: Channel, request: Record<string, unknown>) {
    this.sent.push({ channel, request });
    const handler = this.#handlers[channel] as ((request: unknown) => unknown) | undefined;
    if (handler === undefined) throw new Error(`${channel}: this test does not expect it`);
    const given = await handler(requests[channel].input.parse(structuredClone(request)));
    if (given instanceof Refusal) return { ok: false, error: given.error };
    return { ok: true, value: structuredClone(requests[channel].output.parse(given)) };
  }
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
