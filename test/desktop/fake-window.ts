import { CofferError } from '../../main/errors';

/** Stands in for a window, which needs a screen; the real one is in test/e2e/desktop.spec.ts. */
export class FakeWindow {
  isOpen = false;
  opened = 0;
  /** The bytes that the last PDF was given in. */
  pdf: Uint8Array | null = null;
  printing: () => Promise<void> = () => Promise.resolve();
  #tell: () => void = () => undefined;

  open(): void {
    this.isOpen = true;
    this.opened++;
  }

  close(): void {
    this.isOpen = false;
  }

  onClosed(tell: () => void): void {
    this.#tell = tell;
  }

  /** As the user does it, by the frame. */
  closeByUser(): void {
    this.isOpen = false;
    this.#tell();
  }

  print(): Promise<void> {
    return this.printing();
  }

  toPdf(): Promise<Uint8Array> {
    if (!this.isOpen) return Promise.reject(new CofferError('not-found', 'window: closed'));
    this.pdf = new TextEncoder().encode('%PDF code');
    return Promise.resolve(this.pdf);
  }
}
