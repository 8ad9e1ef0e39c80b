import type { App } from 'electron';
import { type StartRequest, requestFrom } from './start-arguments';

/**
 * Further starts of Coffer with the same profile, and files that macOS hands over: they end up here, in the first one. What comes before
 * anybody listens waits.
 */
export class OtherStarts {
  #listener: ((request: StartRequest) => void) | null = null;
  #waiting: StartRequest[] = [];

  /** @param app - To be called before it is ready: macOS names the file of the start itself that early. */
  constructor(app: Pick<App, 'on'>) {
    app.on('second-instance', (_event, _argv, _folder, sent) => {
      const request = requestFrom(sent);
      if (request !== null) this.#take(request);
    });
    app.on('open-file', (event, file) => {
      event.preventDefault();
      const request = requestFrom({ file, isHidden: false });
      if (request !== null) this.#take(request);
    });
  }

  /** Takes out the newest file that was asked for so far. Null: none. */
  takeFile(): string | null {
    const named = this.#waiting.filter(({ file }) => file !== null).at(-1);
    this.#waiting = this.#waiting.filter(({ file }) => file === null);
    return named?.file ?? null;
  }

  /** Hands each start to a listener from now on, and those that wait. */
  listen(listener: (request: StartRequest) => void): void {
    this.#listener = listener;
    for (const request of this.#waiting.splice(0)) listener(request);
  }

  #take(request: StartRequest): void {
    if (this.#listener === null) this.#waiting.push(request);
    else this.#listener(request);
  }
}
