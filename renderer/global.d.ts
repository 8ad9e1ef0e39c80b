import type { CofferApi } from '../preload/contract';

declare global {
  interface Window {
    /** The typed bridge; put there by the preload script before the page runs. */
    readonly coffer: CofferApi;
  }
}
