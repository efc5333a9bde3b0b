import { expect, test } from 'vitest';
import { steadyClock } from './clock';

test('the clock counts sleep, and a wall clock set back does not stop it', () => {
  let monotonic = 0;
  let wall = 1_000_000;
  const clock = steadyClock(
    () => monotonic,
    () => wall,
  );
  monotonic += 100;
  wall += 100;
  expect(clock()).toBe(100);
  // The machine slept: the monotonic clock stood still.
  wall += 60_000;
  expect(clock()).toBe(60_100);
  // Somebody set the wall clock back by an hour.
  wall -= 3_600_000;
  monotonic += 50;
  expect(clock()).toBe(60_150);
});
