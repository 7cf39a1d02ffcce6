import type { Connectivity } from '../upload/connectivity';

/** The browser's belief about the network, told by the test. */
export class ManualConnectivity implements Connectivity {
  readonly #listeners = new Set<() => void>();

  onOnline(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  comeOnline(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
