import type { Clock } from '../clock';
import type { Cancel } from '../store';

/** A clock that moves only when told to. */
export class ManualClock implements Clock {
  #nowMillis: number;
  #timers: { dueMillis: number; action: () => void }[] = [];

  constructor(startMillis = 0) {
    this.#nowMillis = startMillis;
  }

  nowMillis(): number {
    return this.#nowMillis;
  }

  after(delayMillis: number, action: () => void): Cancel {
    const timer = { dueMillis: this.#nowMillis + delayMillis, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How long until the next timer, if any is set. */
  get nextDelayMillis(): number | undefined {
    if (this.#timers.length === 0) return undefined;
    return Math.min(...this.#timers.map((timer) => timer.dueMillis)) - this.#nowMillis;
  }

  /** Moves on, firing what falls due in order, and lets promises settle in between. */
  async advance(millis: number): Promise<void> {
    const target = this.#nowMillis + millis;
    await settle();
    for (;;) {
      const due = this.#timers
        .filter((timer) => timer.dueMillis <= target)
        .sort((a, b) => a.dueMillis - b.dueMillis)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#nowMillis = Math.max(this.#nowMillis, due.dueMillis);
      due.action();
      await settle();
    }
    this.#nowMillis = target;
  }
}

/** Lets everything that is already resolved run to its end. */
export async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
}
