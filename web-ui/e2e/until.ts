const POLL_MILLIS = 100;

/** Waits until `condition` holds, looking ten times a second. What it throws ends the wait. */
export async function until(
  what: string,
  timeoutMillis: number,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutMillis;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`${what}: not within ${timeoutMillis} ms`);
    }
    await new Promise((wake) => setTimeout(wake, POLL_MILLIS));
  }
}
