/** Stops what a subscription or a timer would still do. Calling it twice is harmless. */
export type Cancel = () => void;

/**
 * One value and those who want to know when it changes. Knows no DOM: pages subscribe, tests read.
 * Listeners are called at once, in the order they came; a value identical to the last tells nobody.
 */
export class Store<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  get value(): T {
    return this.#value;
  }

  set(next: T): void {
    if (Object.is(next, this.#value)) return;
    this.#value = next;
    for (const listener of [...this.#listeners]) listener(next);
  }

  /** Replaces some fields of an object value. */
  patch(fields: Partial<T>): void {
    this.set({ ...this.#value, ...fields });
  }

  subscribe(listener: (value: T) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with the first value, now or later, that fits. */
  when(fits: (value: T) => boolean): Promise<T> {
    if (fits(this.#value)) return Promise.resolve(this.#value);
    return new Promise((resolve) => {
      const cancel = this.subscribe((value) => {
        if (!fits(value)) return;
        cancel();
        resolve(value);
      });
    });
  }
}
