import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AckPacer } from './ack-pacer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a burst is acknowledged at most four times a second, ending with the newest', () => {
  const sent: [number, number][] = [];
  const acks = new AckPacer((generation) => sent.push([Date.now(), generation]), Date.now);
  const start = Date.now();
  for (let generation = 1; generation <= 100; generation++) {
    acks.applied(generation);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1_000);
  expect(sent[0]).toEqual([start, 1]);
  expect(sent.at(-1)?.[1]).toBe(100);
  expect(sent.length).toBeLessThanOrEqual(5);
  for (let i = 1; i < sent.length; i++) {
    expect(sent[i]![0] - sent[i - 1]![0]).toBeGreaterThanOrEqual(250);
  }
});

test('the same generation is acknowledged again, as a sign of life', () => {
  const sent: number[] = [];
  const acks = new AckPacer((generation) => sent.push(generation), Date.now);
  acks.applied(5);
  vi.advanceTimersByTime(2_000);
  acks.applied(5);
  expect(sent).toEqual([5, 5]);
});

test('a stopped pacer sends nothing more', () => {
  const sent: number[] = [];
  const acks = new AckPacer((generation) => sent.push(generation), Date.now);
  acks.applied(1);
  acks.applied(2);
  acks.stop();
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([1]);
});
