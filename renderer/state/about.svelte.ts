import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { AboutFacts } from './types';

/** What Coffer runs on and is made of. */
export class About {
  /** Null until the answer. */
  facts = $state.raw<AboutFacts | null>(null);
  /** True once the versions are on the clipboard. */
  isCopied = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Names and versions, in the order shown; none before the answer. */
  get versions(): readonly (readonly [name: string, version: string])[] {
    if (this.facts === null) return [];
    const { coffer, electron, chromium, node, sqlite } = this.facts;
    return [
      ['Coffer', coffer],
      ['Electron', electron],
      ['Chromium', chromium],
      ['Node', node],
      ['SQLite', sqlite],
    ];
  }

  /** Asks for all of it. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.about.facts({}));
    if (answer.ok) this.facts = answer.value;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  /** Puts the versions on the clipboard, for a report. */
  async copy(): Promise<void> {
    const answer = await ask(() => this.#api.about.copyVersions({}));
    this.isCopied = answer.ok;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }
}
