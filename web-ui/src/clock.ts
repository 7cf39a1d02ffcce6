import type { Cancel } from './store';

/** Time as the stores see it; tests bring their own. */
export interface Clock {
  nowMillis(): number;
  after(delayMillis: number, action: () => void): Cancel;
}

export const systemClock: Clock = {
  nowMillis: () => Date.now(),
  after: (delayMillis, action) => {
    const timer = setTimeout(action, delayMillis);
    return () => clearTimeout(timer);
  },
};
