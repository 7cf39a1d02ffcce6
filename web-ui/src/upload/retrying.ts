import { Backoff } from './backoff';
import type { UploaderWorld } from './chunkUploader';
import { judge, type Verdict } from './verdict';

/**
 * Does something until it succeeds, however long the server is away. Throws the error itself once it
 * is one that waiting does not cure.
 *
 * @param onVerdict told about each failure that will be followed by another attempt
 * @param mayGoOn asked before each further attempt; `false` throws the last error
 */
export async function retrying<T>(
  world: UploaderWorld,
  action: () => Promise<T>,
  onVerdict: (verdict: Verdict) => void = () => {},
  mayGoOn: () => boolean = () => true,
): Promise<T> {
  const backoff = new Backoff(world.random);
  for (;;) {
    try {
      return await action();
    } catch (error) {
      const verdict = judge(error);
      const waits = verdict.kind === 'unreachable' || verdict.kind === 'later';
      if (!waits || !mayGoOn()) throw error;
      onVerdict(verdict);
      await pause(world, backoff.failed(verdict.kind === 'later' ? verdict.retryAfterMillis : 0));
    }
  }
}

/** Waits, or until the browser comes back online. */
function pause(world: UploaderWorld, delayMillis: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancelTimer();
      cancelOnline();
      resolve();
    };
    const cancelTimer = world.clock.after(delayMillis, end);
    const cancelOnline = world.connectivity.onOnline(end);
  });
}
