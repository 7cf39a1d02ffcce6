/** How somebody who watches live keeps up with it. */
export type Step = { rate: number } | 'jump';

/** Farther behind than this, nobody would wait for a faster pace to make it good. */
const jumpSeconds = 8;
const fasterRate = 1.1;
const slowerRate = 0.9;

/**
 * Live is a place that moves as fast as the clock; stalls and holes leave a viewer behind it, or with
 * nothing left to play. So the pace changes a little, too little to be heard, until all is well.
 *
 * @param behindSeconds less than 0 is nearer than live is meant to be watched
 * @param rate the pace now: what began goes on until it has had its effect
 */
export function followStep(behindSeconds: number, rate: number): Step {
  if (behindSeconds > jumpSeconds) return 'jump';
  if (behindSeconds > (rate > 1 ? 0.3 : 1.5)) return { rate: fasterRate };
  if (behindSeconds < (rate < 1 ? -0.2 : -1)) return { rate: slowerRate };
  return { rate: 1 };
}
