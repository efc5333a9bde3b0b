/** Milliseconds that only grow; differences are what counts. */
export type Clock = () => number;

/**
 * A clock for judging freshness. It takes the larger step of the monotonic and the wall clock, so
 * that neither a sleeping machine (monotonic stands still) nor a wall clock set back can make old
 * data look young.
 */
export function steadyClock(
  monotonic: Clock = () => performance.now(),
  wall: Clock = () => Date.now(),
): Clock {
  let total = 0;
  let lastMonotonic = monotonic();
  let lastWall = wall();
  return () => {
    const nowMonotonic = monotonic();
    const nowWall = wall();
    total += Math.max(nowMonotonic - lastMonotonic, nowWall - lastWall, 0);
    lastMonotonic = nowMonotonic;
    lastWall = nowWall;
    return total;
  };
}
